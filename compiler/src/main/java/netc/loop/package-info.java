/**
 * Loops as one would write them in Java: kernels over arrays, with typed scalars, and a printer that
 * shows them so. In: what {@code netc.schedule} decided. Out: what {@code netc.emit} turns into
 * bytecode. Knows neither tensors nor ASM, and uses no other room. Open {@link netc.loop.Kernel} first.
 */
package netc.loop;

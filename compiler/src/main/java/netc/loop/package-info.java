/**
 * Loops as one would write them in Java: kernels over arrays, with typed scalars, a printer that shows
 * them so, and their rules. In: what {@code netc.schedule} decided. Out: what {@code netc.emit} turns
 * into bytecode. Guaranteed by {@link netc.loop.Verifier}: names are declared before their use, types
 * agree. Knows neither tensors nor ASM, and uses no other room. Open {@link netc.loop.Kernel} first.
 */
package netc.loop;

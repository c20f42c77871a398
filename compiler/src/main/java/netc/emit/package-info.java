/**
 * Loops to bytecode, through ASM; the only room that knows it. In: a {@link netc.ir.Model} and the
 * {@link netc.schedule.Schedule}s of its forms. Out: class files (version 61) by class name: the typed
 * class the user sees, its code, kernels and workspace. Guaranteed: the same input gives the same bytes,
 * no method is near 8,000 bytes. Open {@link netc.emit.ModelToClasses} first.
 */
package netc.emit;

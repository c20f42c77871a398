/**
 * What a program means: slow, obvious, in double. In: an {@link netc.ir.Program} and values of its
 * inputs. Out: the values of all its tensors. Every generated class is compared with it. May use {@code
 * netc.ir} and the numeric helpers of the runtime. Open {@link netc.interpret.Interpreter} first.
 */
package netc.interpret;

/**
 * The chain rule on the IR. In: a program, objectives with the tensors their adjoints start from, and
 * what to differentiate to. Out: the program extended by adjoint equations, gathers wherever an index
 * map can be inverted. May use {@code netc.ir}. Open {@link netc.grad.Gradient} first; the derivative
 * of every primitive stands in {@link netc.grad.Derivatives}.
 */
package netc.grad;

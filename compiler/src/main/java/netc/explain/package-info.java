/**
 * A net and its derivative as a textbook prints them. In: a {@link netc.ir.Model}. Out: formulas of one
 * example as plain text or LaTeX. May use {@code netc.source}, {@code netc.ir}, {@code netc.grad} and
 * {@code netc.rewrite}. Open {@link netc.explain.Explanation} first.
 */
package netc.explain;

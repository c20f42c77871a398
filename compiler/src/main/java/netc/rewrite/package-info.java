/**
 * From a model to the programs that are compiled, and to faster programs of the same meaning. In: an
 * {@link netc.ir.Model}. Out: one {@link netc.ir.Program} a form, rewritten by one class a pass, each
 * verified. May use {@code netc.ir} and {@code netc.grad}. Open {@link netc.rewrite.Pipeline} first,
 * then {@link netc.rewrite.Forms}.
 */
package netc.rewrite;

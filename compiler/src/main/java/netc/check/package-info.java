/**
 * The meaning of the text. In: a {@link netc.syntax.Unit} and the prelude's. Out: a {@link
 * netc.ir.Model} a net, all layers instantiated, every size a number, every access proved in bounds, or
 * diagnostics that name both places that disagree. May use source, syntax and ir; the wording of every
 * message stands in {@code netc.check.errors}. Open {@link netc.check.Checker} first, then {@link
 * netc.check.Elaborator}.
 */
package netc.check;

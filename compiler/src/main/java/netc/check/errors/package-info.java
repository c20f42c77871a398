/**
 * What the checker says. In: the facts of a mistake. Out: {@link netc.source.Diagnostic}s, one class a
 * family, one method a mistake. Nothing is checked here. May use source and ir. Open {@link
 * netc.check.errors.Code} first: the catalogue of all codes.
 */
package netc.check.errors;

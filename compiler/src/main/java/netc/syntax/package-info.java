/**
 * The text as a tree. In: a {@link netc.source.SourceFile}. Out: a {@link netc.syntax.Unit} of sealed
 * records, each with its span, or the syntax errors of the whole file. Nothing is resolved here.
 * May use {@code netc.source} and the grammar. Open {@link netc.syntax.Expression} first.
 */
package netc.syntax;

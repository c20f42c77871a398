package netc.syntax;

import netc.source.Span;

/** Anything that stands in the text of a {@code .net} file. */
public sealed interface Node
    permits Declaration, Expression, Statement, Name, Import, Unit, Parameter, TypeName, LeftSide, Binder, Range {
  Span span();
}

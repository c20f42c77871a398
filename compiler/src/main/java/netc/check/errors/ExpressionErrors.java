package netc.check.errors;

import netc.source.Diagnostic;
import netc.source.Span;

/** Expressions that cannot stand where they stand. */
public final class ExpressionErrors {
  private ExpressionErrors() {}

  public static Diagnostic notSupported(Span span, String what) {
    return Report.of(Code.E901, "not supported yet: " + what).at(span).build();
  }

  public static Diagnostic needsParentheses(Span span, boolean isPipe) {
    String text = span.text();
    return Report.of(
            Code.E307, (isPipe ? "a pipe" : "an `if`") + " needs parentheses here")
        .at(span)
        .fix("put parentheses:   (" + Wording.text(span) + ")", span, "(" + text + ")")
        .build();
  }

  public static Diagnostic pipeNeedsParentheses(Span pipe, Span left, Span operand, Span target) {
    Span inner = operand.to(target);
    return Report.of(Code.E307, "what goes into this pipe is not clear")
        .at(left, "`|>` would take all of this")
        .at(target, "into this")
        .fix(
            "put parentheses:   "
                + new Span(left.file(), left.start(), operand.start()).text()
                + "("
                + Wording.text(inner)
                + ")",
            inner,
            "(" + inner.text() + ")")
        .fix("or   (" + Wording.text(left) + ") |> …", left, "(" + left.text() + ")")
        .build();
  }

  public static Diagnostic badReductionCall(Span span, String name) {
    return Report.of(Code.E204, "`" + name + "( )` takes one tensor")
        .at(span)
        .note(
            name.equals("max") || name.equals("min")
                ? "or two numbers: `" + name + "(a, b)` is element-wise"
                : "over an index it is written `" + name + "[i] x[i]`")
        .build();
  }

  public static Diagnostic totalOfNumber(Span span, Span argument, String name) {
    return Report.of(Code.E309, "`" + name + "( )` of a single number")
        .at(argument, "has no axis to reduce")
        .at(span)
        .help("declare the parameter as a vector, e.g. `a[J]`, or drop the `" + name + "`")
        .build();
  }

  public static Diagnostic rangeAsArgument(Span span) {
    return Report.of(Code.E110, "a range is no argument here").at(span).build();
  }
}

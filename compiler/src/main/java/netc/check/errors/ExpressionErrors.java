package netc.check.errors;

import netc.source.Diagnostic;
import netc.source.Span;

/** Expressions that cannot stand where they stand. */
public final class ExpressionErrors {
  private ExpressionErrors() {}

  public static Diagnostic notSupported(Span span, String what) {
    return Report.of(Code.E901, "not supported yet: " + what).at(span).build();
  }

  public static Diagnostic badReductionCall(Span span, String name) {
    boolean isExtremum = name.equals("max") || name.equals("min");
    return Report.of(
            Code.E204,
            "`" + name + "( )` takes one tensor" + (isExtremum ? ", or two numbers" : ""))
        .at(span)
        .note(
            isExtremum
                ? "of three it is   " + name + "(a, " + name + "(b, c))   or   " + name + "([a, b, c])"
                : "over an index it is written   " + name + "[i] x[i]")
        .build();
  }

  public static Diagnostic totalOfNumber(Span span, Span argument, String name) {
    return Report.of(Code.E309, "`" + name + "( )` of a single number")
        .at(argument, "has no axis to reduce")
        .fix("leave it as it is:   " + Wording.text(argument), span, argument.text())
        .note("a parameter without axes is a single number; for a vector declare it as   a[J]")
        .build();
  }

  public static Diagnostic rangeAsArgument(Span span) {
    return Report.of(Code.E110, "a range is no value")
        .at(span)
        .note("ranges stand behind `in`:   sum[i in 0..3] x[i]")
        .build();
  }
}

package netc.check.errors;

import java.util.List;
import netc.source.Diagnostic;
import netc.source.Span;

/** Types that do not go together. */
public final class TypeErrors {
  private TypeErrors() {}

  public static Diagnostic datumAsNumber(Span span, int size) {
    return Report.of(
            Code.E304,
            (size > 0 ? "an index(" + size + ") from data" : "an integer from data")
                + " is not a number to compute with")
        .at(span, "a class label or position has no distance to others")
        .fix(
            "if you mean its number, write   real(" + Wording.text(span) + ")",
            span,
            "real(" + span.text() + ")")
        .build();
  }

  public static Diagnostic truthAsNumber(Span span) {
    return Report.of(Code.E303, "a truth value is no number here")
        .at(span)
        .note("only in metrics does true count as 1")
        .help("write   if … then 1 else 0")
        .build();
  }

  public static Diagnostic text(Span span) {
    return Report.of(Code.E303, "a text can stand only in settings").at(span).build();
  }

  public static Diagnostic notTruth(Span span, String operator, String type) {
    return Report.of(Code.E303, "`" + operator + "` needs truth values")
        .at(span, "this is of type " + type)
        .build();
  }

  public static Diagnostic truthHasNoOrder(Span span) {
    return Report.of(Code.E303, "truth values have no order").at(span).build();
  }

  public static Diagnostic notInteger(Span span, String name) {
    return Report.of(Code.E303, "`" + name + "` is for integers")
        .at(span, "this is a real number")
        .help("use floor(a / b) for real numbers")
        .build();
  }

  public static Diagnostic rangesDiffer(Span whole, Span a, int size, Span b, int otherSize) {
    return Report.of(Code.E304, "indices of different ranges are compared")
        .at(b, "0.." + (otherSize - 1))
        .at(a, "0.." + (size - 1))
        .at(whole)
        .build();
  }

  public static Diagnostic badCondition(Span span, String type, List<Integer> shape) {
    return Report.of(Code.E305, "a condition must be a single truth value")
        .at(span, shape.isEmpty() ? "this is of type " + type : "this has shape " + shape)
        .help("compare elements by an index, or reduce with `all` or `any`")
        .build();
  }

  public static Diagnostic branchesDiffer(Span a, String type, Span b, String other) {
    return Report.of(Code.E303, "these values have no common type")
        .at(b, "of type " + other)
        .at(a, "of type " + type)
        .build();
  }

  public static Diagnostic outsideType(Span span, String type, String wanted) {
    return Report.of(Code.E303, "what lies outside must have the type of what is read")
        .at(span, "this is of type " + type + ", not " + wanted)
        .build();
  }

  public static Diagnostic wrongArgument(
      Span span, String title, String name, String wanted, String type, Span declared) {
    return Report.of(Code.E303, "`" + name + "` of " + title + " must be of type " + wanted)
        .at(span, "this is of type " + type)
        .at(declared, "declared here")
        .build();
  }

  public static Diagnostic badSubscript(Span span, String type, List<Integer> shape) {
    return Report.of(Code.E108, "a subscript must be a single integer")
        .at(span, shape.isEmpty() ? "this is of type " + type : "this has shape " + shape)
        .build();
  }

  public static Diagnostic tooMuchForDerivative(Span span) {
    return Report.of(
            Code.E310,
            "a function with a `deriv`, and the `deriv` itself, are made of scalar operations only")
        .at(span)
        .build();
  }

  public static Diagnostic derivativeNeedsOne(Span span) {
    return Report.of(Code.E310, "`deriv` is for a real function of one number").at(span).build();
  }
}

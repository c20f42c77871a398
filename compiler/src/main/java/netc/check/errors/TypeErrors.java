package netc.check.errors;

import java.util.List;
import netc.source.Diagnostic;
import netc.source.Span;

/** Types that do not go together. */
public final class TypeErrors {
  private TypeErrors() {}

  public static Diagnostic datumAsNumber(Span span, int size) {
    String what = size > 0 ? "an index(" + size + ") from data" : "an integer from data";
    return Report.of(Code.E304, what + " is not a number to compute with")
        .at(span, "a class or position has no distance to another")
        .fix("if its number is meant, write   real(" + Wording.text(span) + ")", span, "real(" + span.text() + ")")
        .build();
  }

  public static Diagnostic truthAsNumber(Span span) {
    String counted = "(if " + span.text() + " then 1 else 0)";
    return Report.of(Code.E303, "a truth value is no number here")
        .at(span)
        .note("only in metrics does `true` count as 1")
        .fix("write   (if " + Wording.text(span) + " then 1 else 0)", span, counted)
        .build();
  }

  public static Diagnostic text(Span span) {
    return Report.of(Code.E303, "a text is no value")
        .at(span)
        .note("texts stand in `data` and `train` blocks, and behind `assert`")
        .build();
  }

  public static Diagnostic notTruth(Span span, String operator, String type) {
    return Report.of(Code.E303, "`" + operator + "` is for truth values")
        .at(span, "this is " + Wording.type(type))
        .note("a comparison gives one, as in   x > 0")
        .build();
  }

  public static Diagnostic truthHasNoOrder(Span span) {
    return Report.of(Code.E303, "truth values have no order")
        .at(span)
        .note("they can be equal (`==`) or different (`!=`)")
        .build();
  }

  public static Diagnostic notInteger(Span span, String name) {
    return Report.of(Code.E303, "`" + name + "` is for integers")
        .at(span, "this is a real number")
        .note("for real numbers there is   floor(a / b)")
        .build();
  }

  public static Diagnostic rangesDiffer(Span a, int size, Span b, int otherSize) {
    return Report.of(Code.E304, "two indices of different ranges are compared")
        .at(b, "is 0.." + (otherSize - 1))
        .at(a, "is 0.." + (size - 1))
        .note("what one of them means, the other cannot mean")
        .build();
  }

  public static Diagnostic badCondition(Span span, String type, List<Integer> shape) {
    var report =
        Report.of(Code.E305, "a condition must be a single truth value")
            .at(span, "this " + (shape.isEmpty() ? "is " + Wording.type(type) : "has shape " + shape));
    return shape.isEmpty()
        ? report.note("a comparison gives one, as in   if x > 0 then …").build()
        : report.note("compare elements, with an index on the left; or reduce with `any` or `all`").build();
  }

  public static Diagnostic branchesDiffer(Span a, String type, Span b, String other) {
    return Report.of(Code.E303, "these two have no common type")
        .at(b, Wording.type(other))
        .at(a, Wording.type(type))
        .build();
  }

  public static Diagnostic outsideType(Span span, String type, String wanted) {
    return Report.of(Code.E303, "what lies outside must have the type of what is read")
        .at(span, "this is " + Wording.type(type) + ", what is read is " + Wording.type(wanted))
        .build();
  }

  public static Diagnostic wrongArgument(
      Span span, String title, String name, String wanted, String type, Span declared) {
    return Report.of(Code.E303, "`" + name + "` of " + title + " must be " + Wording.type(wanted))
        .at(span, "this is " + Wording.type(type))
        .context(declared, "declared here")
        .build();
  }

  public static Diagnostic badSubscript(Span span, String type, List<Integer> shape) {
    var report =
        Report.of(Code.E108, "a subscript must be a single integer")
            .at(span, "this " + (shape.isEmpty() ? "is " + Wording.type(type) : "has shape " + shape));
    return shape.isEmpty()
        ? report.note("an index, a size, or data declared as   index(N)").build()
        : report.note("read one element a time:   y[j] = x[" + Wording.text(span) + "[j]]").build();
  }

  public static Diagnostic tooMuchForDerivative(Span span) {
    return Report.of(Code.E310, "a function with a `deriv` computes on single numbers only")
        .at(span, "this is more than a scalar operation")
        .note("that holds for the formula and for the `deriv` itself")
        .build();
  }

  public static Diagnostic derivativeNeedsOne(Span span) {
    return Report.of(Code.E310, "`deriv` is for a real function of one real number")
        .at(span)
        .note("without `deriv` the derivative is found by the chain rule")
        .build();
  }
}

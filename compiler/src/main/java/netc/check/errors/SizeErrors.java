package netc.check.errors;

import java.util.List;
import java.util.Optional;
import netc.source.Diagnostic;
import netc.source.Span;
import netc.syntax.Expression;

/** Numbers that must be known, whole or small enough when the net is built. */
public final class SizeErrors {
  private SizeErrors() {}

  public static Diagnostic arithmetic(Span span, String reason) {
    String why = reason == null ? "" : reason;
    String title =
        why.contains("overflow")
            ? "this is too large for a 64-bit number"
            : why.isEmpty() ? "this cannot be computed" : why;
    return Report.of(Code.E203, title).at(span).build();
  }

  public static Diagnostic notConstant(Span span, String what) {
    return Report.of(Code.E207, what + " must be known when the net is compiled")
        .at(span, "this is known only when the net runs")
        .build();
  }

  public static Diagnostic notWhole(
      Span span, String what, String value, Optional<Expression.Binary> division) {
    if (division.isPresent()) {
      String left = division.get().left().span().text();
      String right = division.get().right().span().text();
      String rounded = "div(" + left + ", " + right + ")";
      return Report.of(Code.E202, "dimensions do not divide")
          .at(span, value + " is not a whole number")
          .note("`/` between sizes is exact; use " + rounded + " to round down on purpose")
          .fix("round down:   " + rounded, division.get().span(), rounded)
          .build();
    }
    return Report.of(Code.E202, what + " must be a whole number")
        .at(span, "this is " + value)
        .build();
  }

  public static Diagnostic badSize(Span span, long size) {
    String title = size < 1 ? "a size must be at least 1" : "this size is too large for an array";
    return Report.of(Code.E206, title).at(span, "this is " + size).build();
  }

  public static Diagnostic tooLarge(Span span, List<Integer> shape) {
    return Report.of(Code.E206, "a tensor of shape " + shape + " is too large")
        .at(span)
        .note("a tensor has at most 2147483647 elements")
        .build();
  }

  public static Diagnostic tooManyElements(Span span) {
    return Report.of(Code.E206, "this tensor is too large")
        .at(span)
        .note("a tensor has at most 2147483647 elements")
        .build();
  }

  public static Diagnostic tooManyIterations(Span span, int count) {
    return Report.of(Code.E206, "a `for` of " + count + " iterations is too long to unroll")
        .at(span)
        .build();
  }

  public static Diagnostic divisorNotPositive(Span divisor, String name, Span call) {
    return Report.of(Code.E203, "the divisor of `" + name + "` must be at least 1")
        .at(divisor, "this may be 0 or negative")
        .at(call)
        .build();
  }

  public static Diagnostic assertionFailed(Span span, Optional<String> text) {
    return Report.of(Code.E209, text.orElse("an assertion does not hold")).at(span, "is false").build();
  }

  public static Diagnostic tooDeep(Span span) {
    return Report.of(Code.E206, "this file is nested too deeply").at(span).build();
  }

  public static Diagnostic endless(Span call, String title, Span declared) {
    return Report.of(Code.E107, "`" + title + "` is nested too deeply: it seems to call itself")
        .at(call)
        .at(declared, "declared here")
        .note("functions and layers cannot call themselves; use `for` to repeat")
        .build();
  }
}

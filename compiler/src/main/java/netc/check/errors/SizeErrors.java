package netc.check.errors;

import java.util.List;
import java.util.Optional;
import netc.source.Diagnostic;
import netc.source.Span;
import netc.syntax.Expression;

/** Numbers that must be known, whole or small enough when the net is built. */
public final class SizeErrors {
  private SizeErrors() {}

  /**
   * @param what is computed, before the reason
   * @param failure without a message when it is an overflow that the JIT compiler's code has found
   */
  public static Diagnostic arithmetic(Span span, String what, ArithmeticException failure) {
    String why = failure.getMessage();
    boolean isOverflow = why == null || why.contains("overflow");
    String title = isOverflow ? "this is too large for exact arithmetic" : what + why;
    var report = Report.of(Code.E203, title).at(span);
    return isOverflow
        ? report
            .note("whole numbers known at compile time are computed exactly, in 64 bits")
            .note("with a point or an exponent a number is a double:   1e20")
            .build()
        : report.build();
  }

  /** A whole number with too many digits. */
  public static Diagnostic literal(Span span) {
    return Report.of(Code.E203, "this whole number is too large")
        .at(span, "whole numbers have 64 bits")
        .fix("as a real number:   " + Wording.text(span) + ".0", span, span.text() + ".0")
        .build();
  }

  public static Diagnostic notConstant(Span span, String what) {
    return Report.of(Code.E207, what + " must be known when the net is compiled")
        .at(span, "this is known only when the net runs")
        .note("known are numbers, `dim`, `const`, settings and shapes")
        .build();
  }

  /** The rows of a batch where a size must be known. */
  public static Diagnostic rowsAsSize(Span span, String what) {
    return Report.of(Code.E207, what + " must be known when the net is compiled")
        .at(span, "this is the number of rows of the batch, which is known only when the net runs")
        .note("an axis over the rows can be indexed, reduced and passed to a function")
        .build();
  }

  /** Several indices on one axis, of which one runs over the rows. */
  public static Diagnostic fusedRows(Span span) {
    return Report.of(Code.E207, "an index over the rows of the batch stands alone on its axis")
        .at(span, "the number of rows is known only when the net runs")
        .note("an axis of its own can be reduced by itself, one index after the other")
        .build();
  }

  /** A quotient of two known numbers that is not whole. */
  public record Division(Expression.Binary expression, Optional<String> left, Optional<String> right) {}

  public static Diagnostic notWhole(
      Span span, String what, String value, Optional<Division> division) {
    if (division.isEmpty()) {
      return Report.of(Code.E202, what + " must be a whole number").at(span, "this is " + value).build();
    }
    Division d = division.get();
    Span quotient = d.expression.span();
    String left = d.expression.left().span().text();
    String right = d.expression.right().span().text();
    String rounded = "div(" + left + ", " + right + ")";
    String shown = d.left.orElse(left) + " / " + d.right.orElse(right);
    var report =
        Report.of(Code.E202, "sizes do not divide")
            .at(quotient, shown + " is not a whole number")
            .note("`/` between sizes is exact; use " + rounded + " to round down on purpose");
    divisors(d).ifPresent(report::note);
    return report.fix("round down:   " + rounded, quotient, rounded).build();
  }

  /** The divisors next to the one that does not fit. */
  private static Optional<String> divisors(Division division) {
    try {
      long left = Long.parseLong(division.left.orElse(""));
      long right = Long.parseLong(division.right.orElse(""));
      if (left < 1 || right < 1 || right > left || right > 1_000_000) {
        return Optional.empty();
      }
      long below = right;
      while (left % below != 0) {
        below--;
      }
      long above = right;
      while (left % above != 0 && above < 1_000_000) {
        above++;
      }
      return below == 1 || above == left
          ? Optional.empty()
          : Optional.of(below + " and " + above + " divide " + left);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** {@code x[2*N]} where nothing to the left says what N is. */
  public static Diagnostic notSolved(Span axis, String variable) {
    return Report.of(
            Code.E201, "`" + Wording.text(axis) + "` does not say what `" + variable + "` is")
        .at(axis, "a formula is checked, not solved")
        .note("a data axis is a lone variable, or a formula of settings and of variables to its left")
        .build();
  }

  /** The size of an axis, or a setting that is one. */
  public static Diagnostic badSize(Span span, long size) {
    return size < 1
        ? Report.of(Code.E206, "a size must be at least 1").at(span, "this is " + size).build()
        : Report.of(Code.E206, "this size is too large for an array")
            .at(span, "this is " + size)
            .note("an axis has at most 2147483647 elements")
            .build();
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
        .at(span, "each iteration becomes formulas of its own, at most 10000")
        .note("what runs over elements is an index:   y[i] = …")
        .build();
  }

  public static Diagnostic divisorNotPositive(Span divisor, String name, Span call) {
    return Report.of(Code.E203, "the divisor of `" + name + "` must be at least 1")
        .at(divisor, "can be 0 or negative")
        .context(call, "")
        .build();
  }

  public static Diagnostic assertionFailed(Span span, Optional<String> text) {
    return Report.of(Code.E209, text.orElse("an assertion does not hold"))
        .at(span, "is false here").build();
  }

  public static Diagnostic tooDeep(Span span) {
    return Report.of(Code.E206, "this is nested too deeply").at(span).build();
  }

  public static Diagnostic endless(Span call, String title, Span declared) {
    return Report.of(Code.E107, "`" + title + "` is nested too deeply: it seems to call itself")
        .at(call)
        .context(declared, "declared here")
        .note("functions and layers cannot call themselves; `for` repeats")
        .build();
  }

  public static Diagnostic callsItself(Span call, String name, Span declared) {
    return Report.of(Code.E107, "`" + name + "` calls itself")
        .at(call)
        .context(declared, "declared here")
        .note("functions and layers cannot call themselves; `for` repeats")
        .build();
  }
}

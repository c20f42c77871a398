package netc.check.errors;

import java.util.List;
import netc.ir.Interval;
import netc.source.Diagnostic;
import netc.source.Span;

/** Indices: where they are visible, how far they run, and what they reach. */
public final class IndexErrors {
  private IndexErrors() {}

  public static Diagnostic rangesDiffer(
      String index,
      Span first,
      String firstText,
      int firstSize,
      Span second,
      String secondText,
      int secondSize) {
    return Report.of(Code.E102, "index `" + index + "` runs over two different sizes")
        .at(second, "here " + index + " is " + range(secondSize) + " (" + secondText + ")")
        .at(first, "here " + index + " is " + range(firstSize) + " (" + firstText + ")")
        .note("an index without a written range must fit every axis on which it stands alone")
        .help(
            "to use a part of the longer axis, write the range:   "
                + index
                + " in "
                + Math.min(firstSize, secondSize))
        .build();
  }

  private static String range(long size) {
    return "0.." + (size - 1);
  }

  public static Diagnostic notVisible(Span span, String index, Span reduction) {
    String text = reduction.text().strip().replaceAll("\\s+", " ");
    return Report.of(Code.E103, "`" + index + "` is not visible here: its sum ended before")
        .at(span)
        .at(reduction, "what is reduced over " + index + " is this part")
        .note("as on paper, a sum reaches over products but stops at + and -")
        .help("to include more, put it in parentheses:   " + withParentheses(text))
        .build();
  }

  private static String withParentheses(String reduction) {
    int end = reduction.indexOf(']');
    return end < 0
        ? reduction
        : reduction.substring(0, end + 1) + " (" + reduction.substring(end + 1).strip() + " …)";
  }

  public static Diagnostic cannotTell(Span span, String index, List<Span> composite) {
    var report = Report.of(Code.E104, "I cannot tell how far index `" + index + "` runs").at(span);
    composite.forEach(c -> report.at(c, index + " does not stand alone here"));
    if (composite.isEmpty()) {
      report.note("`" + index + "` stands alone in no subscript of a tensor");
    }
    return report
        .fix("write its range:   " + index + " in N", span, index + " in N")
        .build();
  }

  public static Diagnostic outside(
      Span access, Span subscript, String tensor, Interval reached, int size) {
    boolean isBelow = reached.low() < 0;
    String reaches =
        isBelow && reached.high() >= size
            ? "reaches " + reached.low() + " and " + reached.high()
            : "reaches " + (isBelow ? reached.low() : reached.high());
    String text = Wording.text(subscript);
    return Report.of(Code.E105, "`" + Wording.text(access) + "` reads outside " + tensor)
        .at(subscript, reaches + ", but " + tensor + " is " + range(size) + " there")
        .fix(
            "say what lies outside:   " + tensor + "[… else 0]",
            new Span(access.file(), access.end() - 1, access.end()),
            " else 0]")
        .fix("or repeat the border:   clamp(" + text + ")", subscript, "clamp(" + text + ")")
        .help("or write a shorter range for the index")
        .build();
  }

  public static Diagnostic rangeTooLong(Span span) {
    return Report.of(Code.E110, "this range is too long for a tensor").at(span).build();
  }

  public static Diagnostic rangeInSubscript(Span span) {
    return Report.of(Code.E110, "a subscript is one position, not a range")
        .at(span)
        .help("for a slice, name an index on the left:   y[i in 3] = x[i]")
        .build();
  }

  public static Diagnostic leftRangeStart(Span span, String index, long start, int size) {
    String shifted = index + (start < 0 ? " - " + -start : " + " + start);
    return Report.of(Code.E110, "the range of `" + index + "` on the left must start at 0")
        .at(span)
        .fix(
            "write `" + index + " in " + size + "` and `" + shifted + "` on the right",
            span,
            index + " in " + size)
        .build();
  }

  public static Diagnostic batchOnTheLeft(Span span) {
    return Report.of(Code.E110, "`batch` cannot be an index of a definition")
        .at(span)
        .note("formulas are written for one example; the batch is implied")
        .build();
  }

  public static Diagnostic badAxisRange(Span span) {
    return Report.of(Code.E110, "the range of a function along an axis must be 0..n with n at least 1")
        .at(span)
        .build();
  }

  public static Diagnostic noOuterIndex(Span span, String index) {
    return Report.of(
            Code.E103,
            "the result is a vector over `" + index + "`, but there is no index `" + index + "` outside")
        .at(span)
        .help("name it on the left, as in   p[t," + index + "] = softmax[" + index + "](s[t," + index + "])")
        .build();
  }

  public static Diagnostic tooLarge(Span span) {
    return Report.of(Code.E203, "the numbers in this subscript are too large").at(span).build();
  }

  public static Diagnostic badForm(Span span) {
    return Report.of(Code.E108, "this is not a form that a subscript can have")
        .at(span)
        .note(
            "a position is a sum of indices with constant factors, div(a, c) and mod(a, c) with a"
                + " constant c, and at most one integer from data")
        .build();
  }

  public static Diagnostic divisionNeedsElse(Span span) {
    return Report.of(Code.E108, "a division in a subscript needs an `else`")
        .at(span, "where it leaves a remainder, the access lies outside")
        .help("write `… else 0`, or div(a, c) to round down")
        .build();
  }

  public static Diagnostic badFusedPart(Span span) {
    return Report.of(Code.E111, "the parts of a fused subscript are bare indices and at most one constant")
        .at(span)
        .build();
  }

  public static Diagnostic fusedConstantOutside(Span span, long constant, int size) {
    return Report.of(Code.E105, constant + " lies outside its part of the fused subscript")
        .at(span, "the other parts leave 0.." + (size - 1) + " for this one")
        .build();
  }

  public static Diagnostic fusedProduct(Span span, List<Integer> parts, long product, int size) {
    return Report.of(Code.E111, "the parts of a fused subscript do not make the axis")
        .at(span, "the ranges multiply to " + product + ", the axis has " + size)
        .note("the ranges are " + parts)
        .build();
  }
}

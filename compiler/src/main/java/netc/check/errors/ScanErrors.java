package netc.check.errors;

import java.util.List;
import netc.source.Diagnostic;
import netc.source.Span;
import netc.syntax.Expression;

/** Scans: what stands in them, and what a step may know of the others. */
public final class ScanErrors {
  private ScanErrors() {}

  private static String past(String time, boolean isReverse, int steps) {
    return time + (isReverse ? "+" : "-") + steps;
  }

  /** {@code h[t-1]} in the first step. */
  public static Diagnostic noInitialValue(
      Expression.Access access, Span subscript, String time, int first, int there) {
    String tensor = Wording.text(access.base().span());
    Span all = access.span();
    var end = new Span(all.file(), all.end() - 1, all.end());
    String text = Wording.text(all);
    return Report.of(Code.E401, "`" + text + "` has no value at the first step")
        .at(subscript, "when " + time + " = " + first + " this is " + tensor + "[" + there + "]")
        .fix(
            "give the initial value   " + text.substring(0, text.length() - 1) + " else 0]",
            end,
            " else 0]")
        .build();
  }

  public static Diagnostic future(Span subscript, String tensor, String time, boolean isReverse) {
    String order =
        isReverse
            ? "the scan runs from the last step to the first, so only later positions are known"
            : "the scan runs from the first step to the last, so only earlier ones are known";
    return Report.of(Code.E402, "this step of `" + tensor + "` lies in the future")
        .at(subscript)
        .note(order)
        .help(
            "read "
                + past(time, isReverse, 1)
                + ", or run the scan the other way:   scan "
                + time
                + " in "
                + (isReverse ? "T" : "reverse(T)"))
        .build();
  }

  public static Diagnostic notYet(
      Span subscript, String tensor, Span line, String time, boolean isReverse) {
    return Report.of(
            Code.E402, "`" + tensor + "[" + time + "]` is not computed yet in this step")
        .at(subscript)
        .at(line, "it is computed here")
        .help(
            "read the step before, "
                + past(time, isReverse, 1)
                + ", or move this line behind that of "
                + tensor)
        .build();
  }

  public static Diagnostic notConstant(
      Span subscript, String tensor, String time, boolean isReverse) {
    return Report.of(
            Code.E402, "inside its scan `" + tensor + "` is read a fixed number of steps back")
        .at(subscript, "this is not " + time + (isReverse ? " + " : " - ") + "a constant")
        .note("behind the scan it is a tensor like any other")
        .build();
  }

  public static Diagnostic whole(Span span, String tensor, String time, boolean isReverse) {
    return Report.of(Code.E402, "inside its scan `" + tensor + "` is read one step at a time")
        .at(span, "this is " + tensor + " at all steps")
        .help(
            "say which step:   "
                + tensor
                + "["
                + past(time, isReverse, 1)
                + " else 0], or read it behind the scan")
        .build();
  }

  public static Diagnostic cannotStandInside(Span span, String what, String instead) {
    return Report.of(Code.E403, what + " cannot stand in a scan").at(span).help(instead).build();
  }

  public static Diagnostic nested(Span span, boolean isInLayer) {
    return Report.of(
            Code.E403, isInLayer ? "a layer with a scan cannot be called in a scan" : "a scan cannot stand in a scan")
        .at(span)
        .help(
            (isInLayer ? "call" : "write") + " it in front of the scan, or behind it, on whole sequences")
        .build();
  }

  public static Diagnostic badRange(Span span, long start) {
    return Report.of(Code.E403, "a scan starts at 0, not at " + start)
        .at(span)
        .help("scan over all steps, and read the rest through an index:   scan t in T, x[t+2]")
        .build();
  }

  public static Diagnostic timeHasRange(Span span, String time) {
    return Report.of(Code.E403, "`" + time + "` has its range from the scan").at(span).build();
  }

  public static Diagnostic nothingCarried(Span span, String time) {
    return Report.of(Code.E403, "this scan defines no tensor over `" + time + "`")
        .at(span)
        .note("a name without " + time + " is known inside one step only")
        .help("define what is carried with " + time + " in front:   h[" + time + ",j] = …")
        .build();
  }

  public static Diagnostic sizeNotKnown(Span read, String tensor, Span line) {
    return Report.of(Code.E404, "how large `" + tensor + "` is, is not known yet")
        .at(read, "this reads whole axes of it before its line")
        .at(line, "it is defined here")
        .help("write the ranges on its left side:   h[t, j in N] = …, or declare its shape")
        .build();
  }

  public static Diagnostic moreAxes(
      Span line, String tensor, Span read, List<Integer> shape, int named) {
    return Report.of(
            Code.E404,
            "`" + tensor + "` has " + Wording.axes(shape.size()) + " but names " + named)
        .at(line, "it becomes " + Wording.shape(shape))
        .at(read, "it is read before its line")
        .help("name all of its axes:   h[t,k] = …")
        .build();
  }

  public static Diagnostic otherType(
      Span line, String tensor, Span read, String assumed, String actual) {
    return Report.of(Code.E404, "`" + tensor + "` is " + actual + ", but was read as " + assumed)
        .at(line, "it is defined here")
        .at(read, "it is read before its line")
        .help("move its line in front of this read, or convert with real( )")
        .build();
  }

  public static Diagnostic unbounded(Span line, String tensor) {
    return Report.of(Code.E404, "the whole number `" + tensor + "` can grow with every step")
        .at(line)
        .help("keep it in a range with clamp(…, 0, N-1) or mod(…, N), or make it a real: real(…)")
        .build();
  }
}

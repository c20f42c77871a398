package netc.check.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import netc.ir.Extent;
import netc.ir.Interval;
import netc.source.Diagnostic;
import netc.source.Span;

/** Indices: where they are visible, how far they run, and what they reach. */
public final class IndexErrors {
  private IndexErrors() {}

  /**
   * @param binder where the index is bound without a range, if a range may be written there
   */
  public static Diagnostic rangesDiffer(
      String index, Alone first, Alone second, Optional<Span> binder) {
    var report =
        Report.of(Code.E102, "index `" + index + "` runs over two different sizes")
            .at(second.span(), "here " + index + " is " + range(second.size()) + " (" + second.text() + ")")
            .at(first.span(), "here " + index + " is " + range(first.size()) + " (" + first.text() + ")");
    for (Alone place : List.of(first, second)) {
      place
          .declared()
          .filter(d -> d.shape().size() > 1)
          .ifPresent(d -> report.context(d.span(), d.name() + " has shape " + d.shape()));
    }
    boolean isSwap =
        swap(report, index, first, second.size()) || swap(report, index, second, first.size());
    if (!isSwap) {
      report.note("without a written range an index fits every axis on which it stands alone");
    }
    boolean isRows = first.size() == Extent.MOST || second.size() == Extent.MOST;
    if (!isSwap && !isRows) {
      String shorter = index + " in " + Math.min(first.size(), second.size());
      binder.ifPresent(
          b -> report.fix("to use only a part of the longer axis, write   " + shorter, b, shorter));
    }
    return report.build();
  }

  private static boolean swap(Report report, String index, Alone place, int wanted) {
    if (place.swapped().filter(s -> s.size() == wanted).isEmpty()) {
      return false;
    }
    Alone.Swapped swap = place.swapped().get();
    String base = swap.access().text();
    String text =
        base.substring(0, base.indexOf('[')) + "[" + firstOf(swap) + ", " + secondOf(swap) + "]";
    report.fix(
        text + " fits: then " + index + " is " + range(wanted),
        List.of(
            new Diagnostic.Edit(swap.here(), swap.other().text()),
            new Diagnostic.Edit(swap.other(), swap.here().text())));
    return true;
  }

  private static String firstOf(Alone.Swapped swap) {
    return swap.here().start() < swap.other().start() ? swap.other().text() : swap.here().text();
  }

  private static String secondOf(Alone.Swapped swap) {
    return swap.here().start() < swap.other().start() ? swap.here().text() : swap.other().text();
  }

  private static String range(long size) {
    return size == 1 ? "0" : "0.." + (size - 1);
  }

  /**
   * @param reduction the reduction over {@code index} that ended
   * @param extended what would have to stand in parentheses, if that would do
   */
  public static Diagnostic notVisible(
      Span span, String index, Span reduction, Span body, Optional<Span> extended) {
    String source = reduction.file().text();
    int end = reduction.end();
    String next = source.substring(end, Math.min(source.length(), end + 40)).strip();
    String head = reduction.text().substring(0, Math.max(0, body.start() - reduction.start())).strip();
    String what = head.replaceAll("\\[.*", "");
    var report =
        Report.of(
                Code.E103,
                "`" + index + "` is not visible here: its " + what + " ended at the `"
                    + next.replaceAll("^([^\\w\\s]|\\w+).*", "$1").lines().findFirst().orElse("") + "`")
            .at(span)
            .context(reduction, "the " + what + " over " + index + " is this part")
            .note("as on paper, it reaches over products but stops at + and -");
    extended.ifPresent(
        e ->
            report.fix(
                "to take all of it into the " + what + ", write   " + head + " (" + Wording.text(e) + ")",
                List.of(
                    new Diagnostic.Edit(new Span(e.file(), e.start(), e.start()), "("),
                    new Diagnostic.Edit(new Span(e.file(), e.end(), e.end()), ")"))));
    return report.build();
  }

  /** How far an index may run so that all stays inside, and what says so. */
  public record Guess(int size, String tensor, int axisSize, boolean isGuarded) {}

  public static Diagnostic cannotTell(
      Span span, String index, List<Span> composite, Optional<Guess> guess) {
    var report = Report.of(Code.E104, "I cannot tell how far index `" + index + "` runs").at(span);
    for (Span place : composite) {
      boolean isLast = place.equals(composite.getLast());
      report.context(place, isLast ? index + " never stands alone in a subscript" : "");
    }
    if (composite.isEmpty()) {
      report.note("`" + index + "` stands in no subscript of a tensor");
    }
    if (guess.isPresent()) {
      Guess g = guess.get();
      String wanted = index + " in " + g.size;
      String axis = g.tensor + " has " + Wording.count(g.axisSize, "element") + " there";
      return report
          .note(g.isGuarded ? axis : axis + ", so " + range(g.size) + " are the values that stay inside")
          .fix((g.isGuarded ? "for as many write   " : "write   ") + wanted, span, wanted)
          .build();
    }
    return report.note("write how far, as in   " + index + " in 10").build();
  }

  /**
   * @param when the index values that lead outside, such as {@code when i = 7}; may be empty
   * @param shorter the index that could end earlier, where it is bound, and how long it could be
   */
  public static Diagnostic outside(
      Span access,
      Span subscript,
      String tensor,
      Interval reached,
      int size,
      String when,
      Optional<Shorter> shorter,
      boolean isFromData) {
    boolean isBelow = reached.low() < 0;
    boolean isAbove = reached.high() >= size;
    boolean isAnything = reached.low() <= Integer.MIN_VALUE && reached.high() >= Integer.MAX_VALUE;
    String reaches =
        isAnything
            ? "can be any integer"
            : "reaches "
                + (isBelow ? Long.toString(reached.low()) : "")
                + (isBelow && isAbove ? " and " : "")
                + (isAbove ? Long.toString(reached.high()) : "");
    String text = Wording.text(subscript);
    var report =
        Report.of(Code.E105, "`" + Wording.text(access) + "` reads outside `" + tensor + "`")
            .at(subscript, reaches + ", but " + tensor + " is " + range(size) + " there" + when);
    var end = new Span(access.file(), access.end() - 1, access.end());
    if (isFromData) {
      report.note("data declared as   index(" + size + ")   is checked when it enters, and fits");
    }
    String inside = Wording.text(new Span(access.file(), access.start(), access.end() - 1));
    String before = new Span(access.file(), access.start(), subscript.start()).text();
    String behind = new Span(access.file(), subscript.end(), access.end()).text();
    return report
        .fix("say what lies outside         " + inside + " else 0]", end, " else 0]")
        .fix("or repeat the border          " + before + "clamp(" + text + ")" + behind, subscript, "clamp(" + subscript.text() + ")")
        .shorter(shorter)
        .build();
  }

  /** A position that is not surely that of a row. */
  public static Diagnostic outsideRows(Span access, Span subscript, String tensor) {
    String inside = Wording.text(new Span(access.file(), access.start(), access.end() - 1));
    return Report.of(Code.E105, "`" + Wording.text(access) + "` may read outside `" + tensor + "`")
        .at(subscript, "not every batch has a row at this position")
        .note("sure to be there are an index over the rows, `batch_index()`, an `argmax` over rows, and 0")
        .fix(
            "say what lies outside         " + inside + " else 0]",
            new Span(access.file(), access.end() - 1, access.end()),
            " else 0]")
        .build();
  }

  /** An index that could run less far: {@code text} in place of {@code binder}. */
  public record Shorter(Span binder, String text) {}

  /** A constant position that does not exist. */
  public static Diagnostic noSuchElement(
      Span access, Span subscript, String tensor, long position, int size) {
    var report =
        Report.of(Code.E105, "`" + tensor + "` has no element " + position)
            .at(subscript, "its positions are " + range(size));
    if (position == size) {
      report.note("positions begin at 0");
    }
    long nearest = position < 0 ? 0 : size - 1;
    String name = position < 0 ? "first" : "last";
    return report
        .fix("the " + name + " one is   " + nearest, subscript, Long.toString(nearest))
        .build();
  }

  public static Diagnostic rangeTooLong(Span span) {
    return Report.of(Code.E110, "this range is too long for a tensor").at(span).build();
  }

  public static Diagnostic rangeInSubscript(Span span) {
    return Report.of(Code.E110, "a subscript is one position, not a range")
        .at(span)
        .note("a part of a tensor is a definition with a written range:   y[i in 3] = x[i]")
        .build();
  }

  /**
   * @param uses the places on the right that read the index
   */
  public static Diagnostic leftRangeStart(
      Span span, String index, long start, int size, List<Span> uses) {
    String shifted = index + (start < 0 ? "-" + -start : "+" + start);
    var edits = new ArrayList<Diagnostic.Edit>();
    edits.add(new Diagnostic.Edit(span, index + " in " + size));
    uses.forEach(u -> edits.add(new Diagnostic.Edit(u, shifted)));
    return Report.of(Code.E110, "the range of `" + index + "` on the left must start at 0")
        .at(span, "starts at " + start)
        .note("the positions of what is defined here are 0, 1, 2, …")
        .fix("write `" + index + " in " + size + "`, and `" + shifted + "` on the right", edits)
        .build();
  }

  public static Diagnostic emptyRange(Span span, String index) {
    return Report.of(Code.E110, "`" + index + "` runs over nothing here")
        .at(span, "this range is empty")
        .note("a tensor has at least one element; only a reduction may be empty")
        .build();
  }

  /** {@code sum[j in 0..i]}: a filter is meant. */
  public static Diagnostic rangeDependsOnIndex(
      Span range, String end, String index, String filter, String whole, boolean canEdit) {
    var report =
        Report.of(Code.E110, "the end of a range cannot depend on the index `" + index + "`")
            .at(range)
            .note("ranges are constants; what depends on an index is a filter");
    String text = whole + " if " + filter;
    return canEdit
        ? report.fix("write   " + text, range, text).build()
        : report.note("as in   sum[j in 8 if j < i] …").build();
  }

  public static Diagnostic batchOnTheLeft(Span span) {
    return Report.of(Code.E110, "`batch` cannot be an index of a definition")
        .at(span)
        .note("formulas are written for one example; the axis of the examples is implied")
        .build();
  }

  public static Diagnostic badAxisRange(Span span) {
    return Report.of(Code.E110, "along an axis the range must be 0..n, with n at least 1")
        .at(span)
        .note("for a part of a vector name the part first:   v[i in 3] = x[i+2]")
        .build();
  }

  public static Diagnostic noOuterIndex(Span span, String function, String index) {
    return Report.of(
            Code.E103, "`" + function + "[" + index + "]( )` is read at `" + index + "`, but there is no such index outside")
        .at(span, "gives one number for each " + index)
        .note("name the index on the left, as in   p[t," + index + "] = " + function + "[" + index + "](s[t," + index + "])")
        .build();
  }

  public static Diagnostic tooLarge(Span span) {
    return Report.of(Code.E203, "the numbers in this subscript are too large")
        .at(span, "leaves 32 bits")
        .build();
  }

  public static Diagnostic badForm(Span span) {
    return Report.of(Code.E108, "a subscript cannot have this form")
        .at(span)
        .note(
            "it is a sum of indices with constant factors, div(a, c) and mod(a, c) with a constant c,\n"
                + "and at most one integer from data, so that it can be proved to stay inside")
        .build();
  }

  public static Diagnostic divisionNeedsElse(Span access, Span division, String rounded) {
    return Report.of(Code.E108, "a division in a subscript needs an `else`")
        .at(division, "where this leaves a remainder, there is no element")
        .fix(
            "say what stands there         " + Wording.text(new Span(access.file(), access.start(), access.end() - 1)) + " else 0]",
            new Span(access.file(), access.end() - 1, access.end()),
            " else 0]")
        .fix("or round down                 " + rounded, division, rounded)
        .build();
  }

  public static Diagnostic badFusedPart(Span span) {
    return Report.of(Code.E111, "this cannot be a part of a fused subscript")
        .at(span)
        .note("its parts are bare indices, and at most one constant")
        .build();
  }

  public static Diagnostic fusedConstantOutside(Span span, long constant, int size) {
    return Report.of(Code.E105, constant + " lies outside its part of the fused subscript")
        .at(span, "the other parts leave " + range(size) + " for this one")
        .build();
  }

  /**
   * @param parts the lengths of the indices; 0 stands for a constant
   */
  public static Diagnostic fusedProduct(Span span, List<Integer> parts, long product, int size) {
    String factors =
        parts.stream().filter(p -> p > 0).map(String::valueOf).collect(Collectors.joining(" * "));
    boolean hasConstant = parts.contains(0);
    var report = Report.of(Code.E111, "the parts of this fused subscript do not make up the axis");
    return hasConstant
        ? report.at(span, "the axis has " + size + " elements, which " + product + " does not divide").build()
        : report
            .at(span, factors + (parts.size() > 1 ? " = " + product : "") + ", but the axis has " + size + " elements")
            .build();
  }
}

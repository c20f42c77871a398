package netc.check.errors;

import java.util.List;
import java.util.Optional;
import netc.source.Diagnostic;
import netc.source.Span;

/** The blocks {@code data} and {@code train}. */
public final class SettingErrors {
  private SettingErrors() {}

  public static Diagnostic twice(Span span, String key, Span first) {
    return Report.of(Code.E501, "`" + key + "` is set twice")
        .at(span)
        .context(first, "set here first")
        .build();
  }

  public static Diagnostic unknownKey(
      Span span, String block, String key, Optional<String> similar, List<String> known) {
    return Report.of(Code.E501, "`" + block + "` has no setting called `" + key + "`")
        .at(span)
        .note("it has " + Wording.list(known))
        .meant(span, similar)
        .build();
  }

  public static Diagnostic badValue(Span span, String key, String wanted, List<String> choices) {
    String text = choices.isEmpty() ? wanted : wanted + ": " + Wording.list(choices);
    return Report.of(Code.E502, "`" + key + "` must be " + text).at(span).build();
  }

  public static Diagnostic unknownChoice(
      Span span, String key, String name, Optional<String> similar, List<String> known) {
    return Report.of(Code.E502, "I do not know the " + key.replace('_', ' ') + " `" + name + "`")
        .at(span)
        .note("there " + (known.size() == 1 ? "is " : "are ") + Wording.list(known))
        .meant(span, similar)
        .build();
  }

  public static Diagnostic unknownArgument(
      Span span, String name, String argument, Optional<String> similar, List<String> known) {
    return Report.of(Code.E502, "`" + name + "` has no setting called `" + argument + "`")
        .at(span)
        .note("it has " + Wording.list(known))
        .meant(span, similar)
        .build();
  }

  public static Diagnostic badArgument(Span span, String name, String argument, String wanted) {
    return Report.of(Code.E502, "`" + argument + "` of `" + name + "` must be " + wanted)
        .at(span)
        .build();
  }

  public static Diagnostic tooManyArguments(Span span, String name, int most) {
    return Report.of(
            Code.E502,
            "`" + name + "` takes " + Wording.count(most, "argument") + " without a name at most")
        .at(span)
        .build();
  }

  public static Diagnostic unknownMetric(
      Span span, String key, String name, Optional<String> similar, List<String> known) {
    return Report.of(Code.E502, "`" + key + "` watches `" + name + "`, which is no metric of this net")
        .at(span)
        .note(
            known.isEmpty()
                ? "this net has no metric; there is `loss`"
                : "there are " + Wording.list(known) + " and `loss`")
        .meant(span, similar.map(s -> '"' + s + '"'))
        .build();
  }

  /** What the reader of settings says of a value. */
  public static Diagnostic senseless(Span span, String what) {
    return Report.of(Code.E502, what).at(span).build();
  }

  public static Diagnostic columnCount(Span span, String name, long columns, int elements) {
    return Report.of(
            Code.E503,
            "`" + name + "` has " + Wording.count(elements, "element") + ", but "
                + Wording.count((int) Math.min(columns, Integer.MAX_VALUE), "column")
                + (columns == 1 ? " is" : " are") + " given for it")
        .at(span)
        .note("columns fill a tensor in row-major order, one for each element")
        .build();
  }

  public static Diagnostic noColumn(Span span, String call, boolean isFile) {
    var report =
        Report.of(Code.E502, "`" + call + "` needs " + (isFile ? "the name of a file" : "columns"))
            .at(span, "this is none");
    return isFile
        ? report.note("as in   " + call + "(\"iris.csv\")").build()
        : report
            .note("a column is its name in quotes, or its position; several are   \"a\", \"b\"   or   0..4")
            .build();
  }

  public static Diagnostic labelTwice(Span span, String label) {
    return Report.of(Code.E503, "the label \"" + label + "\" stands for two classes").at(span).build();
  }

  /** A metric says which way is better. */
  public static Diagnostic noDirection(Span span, String key, String metric) {
    return Report.of(Code.E502, "`" + key + "` must say which way `" + metric + "` is better")
        .at(span)
        .note("write   better = \"higher\"   or   better = \"lower\"")
        .build();
  }

  public static Diagnostic labelCount(Span span, String name, int labels, long size) {
    var report =
        Report.of(
                Code.E503,
                "`" + name + "` "
                    + (size > 0 ? "has " + size + " classes" : "is a number")
                    + ", but " + Wording.count(labels, "label") + (labels == 1 ? " is" : " are") + " given for it")
            .at(span);
    return size > 0
        ? report.build()
        : report.note("labels belong to classes:   target " + name + " : index(" + labels + ")").build();
  }
}

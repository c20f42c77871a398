package netc.check.errors;

import java.util.List;
import java.util.Optional;
import netc.source.Diagnostic;
import netc.source.Span;

/** The blocks {@code data} and {@code train}. */
public final class SettingErrors {
  private SettingErrors() {}

  public static Diagnostic twice(Span span, String key) {
    return Report.of(Code.E501, "`" + key + "` is set twice").at(span).build();
  }

  public static Diagnostic unknownKey(
      Span span, String block, String key, Optional<String> similar, List<String> known) {
    var report =
        Report.of(Code.E501, "I do not know the setting `" + key + "` of `" + block + "`").at(span);
    similar.ifPresent(s -> report.fix("did you mean `" + s + "`?", span, s));
    return report.note("there are " + Wording.list(known)).build();
  }

  public static Diagnostic badValue(Span span, String key, String wanted, List<String> choices) {
    String text = choices.isEmpty() ? wanted : wanted + ": " + Wording.list(choices);
    return Report.of(Code.E502, "`" + key + "` must be " + text).at(span).build();
  }

  public static Diagnostic unknownChoice(
      Span span, String key, String name, Optional<String> similar, List<String> known) {
    var report = Report.of(Code.E502, "I do not know the " + key + " `" + name + "`").at(span);
    similar.ifPresent(s -> report.help("did you mean `" + s + "`?"));
    return report.note("there are " + Wording.list(known)).build();
  }

  public static Diagnostic unknownArgument(
      Span span, String name, String argument, Optional<String> similar, List<String> known) {
    var report =
        Report.of(Code.E502, "`" + name + "` has no setting called `" + argument + "`").at(span);
    similar.ifPresent(s -> report.help("did you mean `" + s + "`?"));
    return report.note("it has " + Wording.list(known)).build();
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
    var report = Report.of(Code.E502, "`" + key + "` watches `" + name + "`, which is no metric").at(span);
    similar.ifPresent(s -> report.help("did you mean `" + s + "`?"));
    return report
        .note(
            known.isEmpty()
                ? "this net has no metric; there is `loss`"
                : "there are " + Wording.list(known) + " and `loss`")
        .build();
  }

  public static Diagnostic columnCount(Span span, String name, long columns, int elements) {
    return Report.of(
            Code.E503,
            "`" + name + "` has " + Wording.count(elements, "element") + ", but "
                + Wording.count((int) Math.min(columns, Integer.MAX_VALUE), "column") + " fill it")
        .at(span)
        .build();
  }

  public static Diagnostic labelCount(Span span, String name, int labels, long size) {
    String wanted = size > 0 ? "has " + size + " classes" : "is no index(N)";
    return Report.of(
            Code.E503, "`" + name + "` " + wanted + ", but there are " + Wording.count(labels, "label"))
        .at(span)
        .build();
  }
}

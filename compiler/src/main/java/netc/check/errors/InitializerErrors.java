package netc.check.errors;

import java.util.List;
import java.util.Optional;
import netc.source.Diagnostic;
import netc.source.Span;

/** What stands behind {@code ~}. */
public final class InitializerErrors {
  private InitializerErrors() {}

  public static Diagnostic none(Span span, List<String> known) {
    return Report.of(Code.E605, "this is no initialiser")
        .at(span)
        .note("there are " + Wording.list(known))
        .build();
  }

  public static Diagnostic unknown(
      Span span, String name, Optional<String> similar, List<String> known) {
    var report =
        Report.of(Code.E605, "I do not know an initialiser called `" + name + "`").at(span);
    similar.ifPresent(s -> report.fix("did you mean `" + s + "`?", span, s));
    return report.note("there are " + Wording.list(known)).build();
  }

  public static Diagnostic wrongCount(Span span, String name, int wanted, int given) {
    return Report.of(
            Code.E605, "`" + name + "` takes " + Wording.count(wanted, "number") + ", not " + given)
        .at(span)
        .build();
  }

  public static Diagnostic notNumber(Span span, String name) {
    return Report.of(Code.E605, "`" + name + "` takes numbers").at(span).build();
  }
}

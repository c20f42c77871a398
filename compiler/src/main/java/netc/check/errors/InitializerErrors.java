package netc.check.errors;

import java.util.List;
import java.util.Optional;
import netc.source.Diagnostic;
import netc.source.Span;

/** What stands behind {@code ~}. */
public final class InitializerErrors {
  private InitializerErrors() {}

  public static Diagnostic none(Span span, String what, List<String> known) {
    return Report.of(Code.E605, "this is no " + what)
        .at(span)
        .note("there are " + Wording.list(known))
        .build();
  }

  public static Diagnostic unknown(
      Span span, String what, String name, Optional<String> similar, List<String> known) {
    var report =
        Report.of(Code.E605, "I do not know " + Wording.article(what) + " called `" + name + "`").at(span);
    similar.ifPresent(s -> report.fix("did you mean `" + s + "`?", span, s));
    return report.note("there are " + Wording.list(known)).build();
  }

  public static Diagnostic wrongCount(Span span, String name, int wanted, int given) {
    return Report.of(
            Code.E605, "`" + name + "` takes " + Wording.count(wanted, "number") + ", not " + given)
        .at(span)
        .build();
  }

  public static Diagnostic impossible(Span span, String name, String why) {
    return Report.of(Code.E605, "`" + name + "` cannot be drawn from").at(span, why).build();
  }

  public static Diagnostic notNumber(Span span, String name) {
    return Report.of(Code.E605, "`" + name + "` takes numbers").at(span).build();
  }
}

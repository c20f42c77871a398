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

  /** A number where an initialiser should stand. */
  public static Diagnostic number(Span span, boolean hasConstant) {
    var report =
        Report.of(Code.E605, "behind `~` stands how the values are drawn")
            .at(span, "this is a number");
    if (!hasConstant) {
      return report.build();
    }
    return report
        .fix("to begin with this number everywhere   constant(" + Wording.text(span) + ")", span, "constant(" + span.text() + ")")
        .build();
  }

  public static Diagnostic order(Span span) {
    return Report.of(Code.E605, "`uniform(a, b)` draws between a and b, so a must be below b")
        .at(span)
        .build();
  }

  public static Diagnostic deviation(Span span) {
    return Report.of(Code.E605, "the deviation of `normal(mean, deviation)` cannot be negative")
        .at(span)
        .build();
  }

  public static Diagnostic unknown(
      Span span, String what, String name, Optional<String> similar, List<String> known) {
    return Report.of(
            Code.E605, "I do not know " + Wording.article(what) + " called `" + name + "`")
        .at(span)
        .note("there are " + Wording.list(known))
        .meant(span, similar)
        .build();
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

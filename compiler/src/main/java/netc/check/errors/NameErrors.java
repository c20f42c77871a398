package netc.check.errors;

import java.util.List;
import java.util.Optional;
import netc.source.Diagnostic;
import netc.source.Span;

/** Names that are unknown, or defined twice. */
public final class NameErrors {
  private NameErrors() {}

  /** A name like the one that was written, and where it is defined unless it is part of the language. */
  public record Similar(String name, Optional<Span> defined) {}

  public static Diagnostic unknown(Span span, String name, Optional<Similar> similar) {
    var report = Report.of(Code.E101, "I do not know the name `" + name + "`").at(span);
    similar.ifPresent(
        s ->
            report.fix(
                "did you mean `"
                    + s.name
                    + "`"
                    + s.defined.map(d -> " (" + d.place() + ")").orElse("")
                    + "?",
                span,
                s.name));
    return report.build();
  }

  public static Diagnostic indexInScope(Span span, String name, Span first) {
    return Report.of(Code.E106, "`" + name + "` is already an index here")
        .at(span, "bound a second time")
        .at(first, "bound here first")
        .help("give the inner index another name")
        .build();
  }

  public static Diagnostic indexHidesValue(Span span, String name, Span value) {
    return Report.of(Code.E106, "index `" + name + "` has the name of a value that is visible here")
        .at(span, "an index is a new name")
        .at(value, "`" + name + "` is defined here")
        .help("give the index another name")
        .build();
  }

  public static Diagnostic definedTwice(Span span, String name, Span first) {
    return Report.of(Code.E106, "`" + name + "` is defined twice")
        .at(span, "defined again")
        .at(first, "first defined here")
        .note("each name is defined once: these are equations, not assignments")
        .build();
  }

  public static Diagnostic definedOutsideLoop(Span span, String name, Span first, String loop) {
    return Report.of(Code.E106, "`" + name + "` is defined outside of this `for` already")
        .at(span, "defined again in each iteration")
        .at(first, "first defined here")
        .help("make it a family with one member an iteration: `" + name + "@l`")
        .build();
  }

  public static Diagnostic nameAndFamily(Span span, String base) {
    return Report.of(
            Code.E106, "`" + base + "` is both a plain name and a family `" + base + "@…`")
        .at(span)
        .help("rename one of the two")
        .build();
  }

  public static Diagnostic duplicatePath(Span span, String path, Span first) {
    return Report.of(Code.E109, "two parameters or states have the path `" + path + "`")
        .at(span)
        .at(first, "the first one")
        .note("paths are the keys in weight files: each is used once")
        .build();
  }

  public static Diagnostic cycle(Span span, List<String> names) {
    return Report.of(Code.E107, "`" + names.getFirst() + "` depends on itself")
        .at(span)
        .note(String.join(" → ", names) + " → " + names.getFirst())
        .build();
  }

  public static Diagnostic netAsName(Span span, String name) {
    return Report.of(Code.E101, "`" + name + "` is a net: it cannot be used inside another")
        .at(span)
        .help("make it a `layer` to use it as a part")
        .build();
  }

  public static Diagnostic javaNames(Span span, String name, Span first, String other, String java) {
    return Report.of(
            Code.E109, "`" + name + "` and `" + other + "` are both called `" + java + "` in Java")
        .at(span)
        .at(first, "the other one")
        .help("rename one of the two")
        .build();
  }
}

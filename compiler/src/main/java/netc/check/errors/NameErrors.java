package netc.check.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.source.Diagnostic;
import netc.source.Span;

/** Names that are unknown, or defined twice. */
public final class NameErrors {
  private NameErrors() {}

  /**
   * A name like the one that was written.
   *
   * @param defined where, unless it is part of the language
   * @param documentation what its {@code ///} says, or empty
   */
  public record Similar(String name, Optional<Span> defined, String documentation) {}

  public static Diagnostic unknown(
      Span span, String name, boolean isCalled, Optional<Similar> similar) {
    String what = isCalled ? "a function or layer called `" : "the name `";
    var report = Report.of(Code.E101, "I do not know " + what + name + "`").at(span);
    if (similar.isEmpty()) {
      report.note(
          isCalled
              ? "neither this file nor the library has one of that name, or of one like it"
              : "no input, parameter, size or definition above has that name, or one like it");
    }
    similar.ifPresent(
        s -> report.fix("did you mean `" + s.name + "`" + about(s) + "?", span, s.name));
    return report.build();
  }

  private static String about(Similar similar) {
    var parts = new ArrayList<String>();
    similar.defined.ifPresent(d -> parts.add(d.file().name() + ":" + d.place().line()));
    String first = firstSentence(similar.documentation);
    if (!first.isEmpty()) {
      parts.add('"' + first + '"');
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static String firstSentence(String documentation) {
    String text = documentation.strip().replaceAll("\\s+", " ");
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    return first.length() > 90 ? first.substring(0, 87) + "…" : first.replaceAll("\\.$", "");
  }

  public static Diagnostic importNotFound(Span span, String why) {
    return Report.of(Code.E112, "I cannot import this: " + why)
        .at(span)
        .note("paths are relative to the file in which the import stands")
        .build();
  }

  public static Diagnostic importCycle(Span span, String file) {
    return Report.of(Code.E112, "files import each other in a circle")
        .at(span, file + " is being read already")
        .help("move what both need into a third file")
        .build();
  }

  public static Diagnostic importedTwice(Span span, String name) {
    return Report.of(Code.E112, "`" + name + "` is imported twice").at(span).build();
  }

  public static Diagnostic importsClash(Span span, String declared, String target) {
    return Report.of(Code.E112, "two imports declare `" + declared + "`")
        .at(span)
        .help("give this one a name, and write it in front of its declarations:   import … as v")
        .build();
  }

  public static Diagnostic noImport(Span span, String qualifier, List<String> known) {
    var report =
        Report.of(Code.E101, "nothing is imported under the name `" + qualifier + "`").at(span);
    return known.isEmpty()
        ? report.note("this file imports nothing").build()
        : report.note("imported are " + Wording.list(known)).build();
  }

  /** Inside a body a name is defined before its use. */
  public static Diagnostic usedBefore(Span span, String name, Span defined) {
    return Report.of(Code.E101, "`" + name + "` is used before its definition")
        .at(span)
        .context(defined, "defined here, further down")
        .note("a name is defined before it is used; move the definition up")
        .build();
  }

  /** A definition that mentions the name that it defines. */
  public static Diagnostic usesItself(Span span, String name, Span defined) {
    return Report.of(Code.E107, "`" + name + "` is defined by itself")
        .at(span, "not known yet")
        .context(defined, "being defined here")
        .note("a recurrence over an index stands in a `scan`:   scan t in T { h[t] = … h[t-1 else 0] … }")
        .build();
  }

  /** A layer's body does not see the names of the net that calls it. */
  public static Diagnostic ofTheCaller(Span span, String name, Span defined) {
    return Report.of(Code.E101, "`" + name + "` is not visible in this body")
        .at(span)
        .context(defined, "this `" + name + "` belongs to the caller")
        .note("a layer or function sees its own parameters and the declarations of its file; hand it over as a setting or as data")
        .build();
  }

  /** What is defined in each turn of a {@code for} is not visible behind it. */
  public static Diagnostic localToLoop(Span span, String name, Span defined) {
    return Report.of(Code.E101, "`" + name + "` is not visible outside of its `for`")
        .at(span)
        .context(defined, "defined in each iteration")
        .note("to read it from outside make it a family:   " + name + "@l = …")
        .build();
  }

  public static Diagnostic indexInScope(Span span, String name, Span first) {
    return Report.of(Code.E106, "`" + name + "` is already an index here")
        .at(span, "bound a second time")
        .context(first, "bound here first")
        .note("give one of the two another name")
        .build();
  }

  public static Diagnostic indexHidesValue(Span span, String name, Span value) {
    return Report.of(Code.E106, "index `" + name + "` has the name of a value that is visible here")
        .at(span, "an index is a new name")
        .context(value, "`" + name + "` is defined here")
        .note("give one of the two another name")
        .build();
  }

  public static Diagnostic definedTwice(Span span, String name, Span first) {
    return Report.of(Code.E106, "`" + name + "` is defined twice")
        .at(span, "defined again")
        .context(first, "first defined here")
        .note("each name is defined once: these are equations, not assignments")
        .build();
  }

  public static Diagnostic definedOutsideLoop(Span span, String name, Span first) {
    return Report.of(Code.E106, "`" + name + "` is defined outside of this `for` already")
        .at(span, "defined again in each iteration")
        .context(first, "first defined here")
        .note("each name is defined once; make it a family with one member an iteration:   " + name + "@0 = …   and   " + name + "@l = … " + name + "@(l-1) …")
        .build();
  }

  public static Diagnostic nameAndFamily(Span span, String base, Optional<Span> first) {
    var report =
        Report.of(Code.E106, "`" + base + "` is both a plain name and a family `" + base + "@…`")
            .at(span);
    first.ifPresent(f -> report.context(f, "first defined here"));
    return report
        .note("in weight files and in Java they could not be told apart; rename one of the two")
        .build();
  }

  public static Diagnostic duplicatePath(Span span, String path, Span first) {
    return Report.of(Code.E109, "two parameters or states have the path `" + path + "`")
        .at(span)
        .context(first, "the first one")
        .note("paths are the keys in weight files: each is used once")
        .build();
  }

  public static Diagnostic cycle(Span span, List<String> names) {
    var report = Report.of(Code.E107, "`" + names.getFirst() + "` depends on itself").at(span);
    return names.size() == 1
        ? report.build()
        : report.note("by way of   " + String.join(" → ", names) + " → " + names.getFirst()).build();
  }

  public static Diagnostic netAsName(Span span, String name, Span declared) {
    return Report.of(Code.E205, "`" + name + "` is a net and cannot be a part of another")
        .at(span)
        .context(declared, "declared here")
        .note("make it a `layer` to use it in several nets")
        .build();
  }

  public static Diagnostic javaNames(Span span, String name, Span first, String other, String java) {
    return Report.of(
            Code.E109, "`" + other + "` and `" + name + "` would both be `" + java + "` in Java")
        .at(span)
        .context(first, "the other one")
        .note("rename one of the two")
        .build();
  }
}

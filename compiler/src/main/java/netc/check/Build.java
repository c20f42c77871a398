package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import netc.check.errors.CallErrors;
import netc.check.errors.SizeErrors;
import netc.ir.Model;
import netc.source.Diagnostic;
import netc.source.Diagnostics;
import netc.source.Span;
import netc.syntax.Name;

/** One net in the making: all that grows while its text is read. */
final class Build {
  private final Names names = new Names();
  private final FreshIndices indices = new FreshIndices();
  private final Equations equations = new Equations(names, indices);
  private final Uses uses;
  private final Map<String, ParameterDraft> parameters = new LinkedHashMap<>();
  private final Map<String, ParameterDraft> states = new LinkedHashMap<>();
  private final Map<String, Model.Sample> samples = new LinkedHashMap<>();
  private final List<FitDraft> fits = new ArrayList<>();
  private final List<Model.Update> updates = new ArrayList<>();
  private final List<Ended> ended = new ArrayList<>();
  private final Diagnostics diagnostics;
  private final Set<String> reported = new LinkedHashSet<>();
  private int dry;

  Build(Diagnostics diagnostics, Uses uses) {
    this.diagnostics = diagnostics;
    this.uses = uses;
  }

  private record Ended(String index, Span reduction) {}

  FreshIndices indices() {
    return indices;
  }

  Equations equations() {
    return equations;
  }

  Uses uses() {
    return uses;
  }

  /** By path. */
  Map<String, ParameterDraft> parameters() {
    return parameters;
  }

  Map<String, ParameterDraft> states() {
    return states;
  }

  /** By path. */
  Map<String, Model.Sample> samples() {
    return samples;
  }

  List<FitDraft> fits() {
    return fits;
  }

  List<Model.Update> updates() {
    return updates;
  }

  boolean hasErrors() {
    return diagnostics.hasErrors();
  }

  /** Reports a message once for its place, with the calls that lead there. */
  void report(Diagnostic diagnostic, Frame frame) {
    if (isDry()) {
      return;
    }
    Span span = diagnostic.span();
    if (reported.add(diagnostic.code() + " " + span.file().name() + " " + span.start())) {
      diagnostics.add(CallErrors.inside(diagnostic, chain(frame)));
    }
  }

  private static List<CallErrors.Step> chain(Frame frame) {
    var steps = new ArrayList<CallErrors.Step>();
    for (Frame f = frame; f != null; f = f.parent().orElse(null)) {
      steps.add(new CallErrors.Step(f.title(), f.call()));
    }
    return steps;
  }

  /** Notes that a call's body is entered; too many nested calls are an endless recursion. */
  Frame enter(Context context, String title, Span call, boolean isFunction, Span declared) {
    Frame frame = Frame.of(context.frame(), title, call, isFunction);
    if (frame.depth() > Frame.DEEPEST) {
      throw new CheckFailure(SizeErrors.endless(call, title, declared));
    }
    return frame;
  }

  /** A new statement: the indices of the last one are forgotten. */
  void nextStatement() {
    ended.clear();
  }

  /** Notes that an index is no longer visible. */
  void ended(String index, Span reduction) {
    ended.add(new Ended(index, reduction));
  }

  /** The reduction over {@code name} that ended before {@code place}. */
  Optional<Span> endedIndex(String name, Span place) {
    return ended.reversed().stream()
        .filter(e -> e.index.equals(name) && e.reduction.end() <= place.start())
        .map(Ended::reduction)
        .findFirst();
  }

  /** Whether nothing that happens now may leave a trace. */
  boolean isDry() {
    return dry > 0;
  }

  /** Tries something whose failure is no mistake of the user. */
  <T> Optional<T> tryQuietly(Supplier<T> attempt) {
    dry++;
    int before = ended.size();
    try {
      return Optional.ofNullable(attempt.get());
    } catch (CheckFailure _) {
      return Optional.empty();
    } finally {
      dry--;
      ended.subList(Math.min(before, ended.size()), ended.size()).clear();
    }
  }

  /** Equations that are thrown away. */
  Equations scratch() {
    return new Equations(new Names(), indices);
  }

  /** What a statement defines when it is wrong. */
  static void poison(Scope scope, String key, Name name) {
    scope.put(key, new Entity.Broken(name.span()));
  }
}

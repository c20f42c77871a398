package netc.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import netc.check.errors.CallErrors;
import netc.check.errors.SizeErrors;
import netc.ir.Index;
import netc.ir.Model;
import netc.source.Diagnostic;
import netc.source.Diagnostics;
import netc.source.Span;
import netc.syntax.Declaration;
import netc.syntax.Expression;
import netc.syntax.Name;
import netc.syntax.Statement;

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
  private final Deque<Expression.Binary> binaries = new ArrayDeque<>();
  private final Deque<Span> statements = new ArrayDeque<>();
  private final Map<Index, Span> binders = new HashMap<>();
  private int dry;
  private boolean isWrong;

  Build(Diagnostics diagnostics, Uses uses) {
    this.diagnostics = diagnostics;
    this.uses = uses;
  }

  private record Ended(String index, Expression.Reduce reduction) {}

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

  /** Whether something of this net is wrong, or rests on something that is. */
  boolean isWrong() {
    return isWrong;
  }

  /** Notes that a statement was given up. */
  void giveUp() {
    isWrong = true;
  }

  /** Reports a message once for its place, with the calls that lead there. */
  void report(Diagnostic diagnostic, Frame frame) {
    if (isDry()) {
      return;
    }
    isWrong |= diagnostic.isError();
    Span span = diagnostic.span();
    if (reported.add(diagnostic.code() + " " + span.file().name() + " " + span.start())) {
      add(CallErrors.inside(diagnostic, chain(frame)));
    }
  }

  /** Reports a message once for a statement. */
  void reportOnce(Diagnostic diagnostic, Frame frame) {
    String place = statement().map(Span::toString).orElse("");
    if (!isDry() && reported.add(diagnostic.code() + " in " + place)) {
      report(diagnostic, frame);
    }
  }

  /** Of several mistakes inside one call that read alike, the first is enough. */
  private void add(Diagnostic diagnostic) {
    boolean isCall = diagnostic.labels().getFirst().text().startsWith("in this call");
    if (!isCall || reported.add(diagnostic.title() + " " + diagnostic.span())) {
      diagnostics.add(diagnostic);
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
  Frame enter(
      Context context, String title, Span call, boolean isFunction, Declaration declaration) {
    Name name = name(declaration);
    Span body = body(declaration);
    boolean isInside =
        call.file() == body.file() && body.start() <= call.start() && call.end() <= body.end();
    if (isInside && call.text().startsWith(name.text())) {
      throw new CheckFailure(SizeErrors.callsItself(call, name.text(), name.span()));
    }
    Frame frame = Frame.of(context.frame(), title, call, context.scope(), isFunction);
    if (frame.depth() > Frame.DEEPEST) {
      throw new CheckFailure(SizeErrors.endless(call, name.text(), name.span()));
    }
    return frame;
  }

  private static Name name(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Function function -> function.name();
      case Declaration.Layer layer -> layer.name();
      case Declaration.Net net -> net.name();
      case Declaration.Constant constant -> constant.name();
      case Declaration.Dimensions dimensions -> dimensions.items().getFirst().name();
    };
  }

  /** Where a call would be a recursion; a {@code deriv} may name its function. */
  private static Span body(Declaration declaration) {
    return declaration instanceof Declaration.Function function
            && function.body() instanceof Declaration.ExpressionBody body
        ? body.value().span()
        : declaration.span();
  }

  /** Does what belongs to a call's body: its mistakes are reported with the calls that lead there. */
  <T> T within(Frame frame, Supplier<T> work) {
    try {
      return work.get();
    } catch (CheckFailure failure) {
      if (isDry() || failure.diagnostic().isEmpty()) {
        throw failure;
      }
      report(failure.diagnostic().get(), frame);
      throw CheckFailure.poisoned();
    }
  }

  /** A new statement: the indices of the last one are forgotten. */
  void nextStatement() {
    ended.clear();
  }

  /** Notes that an index is no longer visible. */
  void ended(String index, Expression.Reduce reduction) {
    ended.add(new Ended(index, reduction));
  }

  /** The reduction over {@code name} that ended before {@code place}. */
  Optional<Expression.Reduce> endedIndex(String name, Span place) {
    return ended.reversed().stream()
        .filter(e -> e.index.equals(name) && e.reduction.span().end() <= place.start())
        .map(Ended::reduction)
        .findFirst();
  }

  /** Notes which statement is checked now. */
  void enter(Statement statement) {
    statements.push(statement.span());
  }

  void leaveStatement() {
    statements.pop();
  }

  /** The statement that is checked now, in the innermost body. */
  Optional<Span> statement() {
    return Optional.ofNullable(statements.peek());
  }

  /** Notes the sum or product whose operands are computed now. */
  void enter(Expression.Binary binary) {
    binaries.push(binary);
  }

  void leave() {
    binaries.pop();
  }

  /** The operations around the place that is computed now, the innermost first. */
  Iterable<Expression.Binary> around() {
    return binaries;
  }

  /** Notes where an index is bound, so that a message can offer another range. */
  void binder(Index index, Span binder) {
    binders.put(index, binder);
  }

  Optional<Span> binder(Index index) {
    return Optional.ofNullable(binders.get(index));
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

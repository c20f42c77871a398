package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.errors.IndexErrors;
import netc.check.errors.NameErrors;
import netc.source.Diagnostic;
import netc.source.Span;
import netc.source.Suggestions;
import netc.syntax.Expression;
import netc.syntax.Name;

/** Why a name is not known: it is out of sight, not there yet, or misspelt. */
final class UnknownNames {
  private final Build build;

  UnknownNames(Build build) {
    this.build = build;
  }

  Diagnostic unknown(Name name, String key, boolean isCalled, Context context) {
    Span span = name.span();
    var ended = build.endedIndex(key, span);
    if (ended.isPresent()) {
      Expression.Reduce reduction = ended.get();
      return IndexErrors.notVisible(
          span, key, reduction.span(), reduction.body().span(), extended(reduction, span));
    }
    var announced = context.scope().announced(key);
    if (announced.isPresent() && announced.get().name().file() == span.file()) {
      Span statement = announced.get().statement();
      boolean isInside = statement.start() <= span.start() && span.end() <= statement.end();
      return isInside
          ? NameErrors.usesItself(span, key, announced.get().name())
          : NameErrors.usedBefore(span, key, announced.get().name());
    }
    var gone = context.scope().gone(key);
    if (gone.isPresent()) {
      return NameErrors.localToLoop(span, key, gone.get());
    }
    return ofTheCaller(span, key, context)
        .orElseGet(() -> NameErrors.unknown(span, key, isCalled, similar(key, isCalled, context)));
  }

  /** From the reduction's body up to the end of the operand in which {@code use} stands. */
  private Optional<Span> extended(Expression.Reduce reduction, Span use) {
    for (Expression.Binary binary : build.around()) {
      Span right = binary.right().span();
      boolean isThis =
          right.file() == use.file()
              && right.start() <= use.start()
              && use.end() <= right.end()
              && binary.left().span().start() <= reduction.span().start()
              && reduction.span().end() <= binary.left().span().end();
      if (isThis) {
        var whole = new Span(use.file(), reduction.body().span().start(), right.end());
        return isBalanced(whole.text()) ? Optional.of(whole) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isBalanced(String text) {
    int depth = 0;
    for (int i = 0; i < text.length() && depth >= 0; i++) {
      char c = text.charAt(i);
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    }
    return depth == 0;
  }

  private static Optional<Diagnostic> ofTheCaller(Span span, String key, Context context) {
    for (Frame f = context.frame(); f != null; f = f.parent().orElse(null)) {
      var found = f.caller().find(key);
      if (found.isPresent() && f.call().file() == span.file()) {
        return Optional.of(NameErrors.ofTheCaller(span, key, found.get().span()));
      }
    }
    return Optional.empty();
  }

  /** Before an argument list a function or layer is meant, elsewhere rather a value. */
  private static Optional<NameErrors.Similar> similar(
      String key, boolean isCalled, Context context) {
    var likely = new ArrayList<String>();
    var others = new ArrayList<String>();
    for (String name : context.scope().visible()) {
      boolean isCallable =
          context.scope().find(name).orElse(null) instanceof Entity.Bound bound
              && bound.value() instanceof Callable;
      (isCallable == isCalled ? likely : others).add(name);
    }
    (isCalled ? likely : others).addAll(Operations.names());
    return closest(key, likely, context).or(() -> closest(key, others, context));
  }

  private static Optional<NameErrors.Similar> closest(
      String key, List<String> names, Context context) {
    return Suggestions.closest(key, names)
        .map(
            s -> {
              var entity = context.scope().find(s);
              return new NameErrors.Similar(
                  s, entity.map(Entity::span), entity.map(UnknownNames::documentation).orElse(""));
            });
  }

  private static String documentation(Entity entity) {
    if (!(entity instanceof Entity.Bound bound)) {
      return "";
    }
    return switch (bound.value()) {
      case Callable.UserFunction function -> function.declaration().documentation();
      case Callable.Template template -> template.declaration().documentation();
      default -> "";
    };
  }
}

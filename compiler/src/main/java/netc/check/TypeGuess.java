package netc.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netc.syntax.Expression;
import netc.syntax.Statement;

/**
 * The type that a carried tensor will have, from its text alone, for reads before its line. It is
 * compared with the real type when the line is reached.
 */
final class TypeGuess {
  private final Map<String, Expression> definitions = new HashMap<>();
  private final Scope outside;
  private final Set<String> open = new HashSet<>();

  private enum Kind {
    /** Whole numbers of the text, which become what stands beside them. */
    NUMBER,
    INT,
    REAL,
    BOOL
  }

  TypeGuess(List<Statement> statements, Scope outside) {
    this.outside = outside;
    collect(statements);
  }

  private void collect(List<Statement> statements) {
    for (Statement statement : statements) {
      switch (statement) {
        case Statement.Definition definition when definition.left().size() == 1 ->
            definitions.put(definition.left().getFirst().name().text(), definition.value());
        case Statement.For loop -> collect(loop.body().statements());
        default -> {}
      }
    }
  }

  Type of(Expression expression) {
    return switch (kind(expression)) {
      case INT -> Type.DATUM;
      case BOOL -> Type.BOOL;
      case REAL, NUMBER -> Type.REAL;
    };
  }

  private Kind kind(Expression expression) {
    return switch (expression) {
      case Expression.Whole _ -> Kind.NUMBER;
      case Expression.Truth _, Expression.Not _ -> Kind.BOOL;
      case Expression.Builtin builtin ->
          builtin.kind() == Expression.Builtin.Kind.TRAINING ? Kind.BOOL : Kind.REAL;
      case Expression.Parenthesized parenthesized -> kind(parenthesized.inner());
      case Expression.Negate negate -> kind(negate.value());
      case Expression.If conditional ->
          both(kind(conditional.then()), kind(conditional.otherwise()));
      case Expression.Binary binary -> kind(binary);
      case Expression.Reduce reduce -> reduced(reduce.reduction(), kind(reduce.body()));
      case Expression.ReduceCall call ->
          reduced(
              call.reduction(),
              call.arguments().stream()
                  .map(a -> kind(a.value().first()))
                  .reduce(Kind.NUMBER, TypeGuess::both));
      case Expression.Call call -> kind(call);
      case Expression.Access access -> kind(access.base());
      case Expression.Reference reference -> kind(reference);
      case Expression.Decimal _, Expression.Text _, Expression.Pipe _ -> Kind.REAL;
      case Expression.RealOf _, Expression.Stack _ -> Kind.REAL;
    };
  }

  private Kind kind(Expression.Binary binary) {
    return switch (binary.operator()) {
      case PLUS, MINUS, TIMES -> both(kind(binary.left()), kind(binary.right()));
      case OVER, POWER -> Kind.REAL;
      default -> Kind.BOOL;
    };
  }

  private static Kind reduced(Expression.ReductionName name, Kind body) {
    return switch (name) {
      case ARGMAX, ARGMIN, COUNT -> Kind.INT;
      case ANY, ALL -> Kind.BOOL;
      case MEAN -> Kind.REAL;
      case SUM, PROD, MAX, MIN -> body;
    };
  }

  /** Whole numbers kept in a range are whole. */
  private Kind kind(Expression.Call call) {
    if (!(call.callee() instanceof Expression.Reference reference)) {
      return Kind.REAL;
    }
    return switch (reference.name().text()) {
      case "mod", "div" -> Kind.INT;
      case "clamp" -> {
        Kind all = arguments(call);
        yield all == Kind.NUMBER ? Kind.INT : all;
      }
      case "abs", "stop" -> arguments(call);
      default -> Kind.REAL;
    };
  }

  private Kind arguments(Expression.Call call) {
    return call.arguments().stream()
        .map(a -> kind(a.value().first()))
        .reduce(Kind.NUMBER, TypeGuess::both);
  }

  private Kind kind(Expression.Reference reference) {
    String name = reference.name().text();
    if (definitions.containsKey(name)) {
      if (!open.add(name)) {
        return Kind.NUMBER;
      }
      Kind kind = kind(definitions.get(name));
      open.remove(name);
      return kind;
    }
    return outside
        .find(name)
        .filter(Entity.Bound.class::isInstance)
        .map(entity -> ((Entity.Bound) entity).value())
        .map(value -> value instanceof Term term ? kind(term.type()) : Kind.NUMBER)
        .orElse(Kind.NUMBER);
  }

  private static Kind kind(Type type) {
    return switch (type.kind()) {
      case REAL -> Kind.REAL;
      case BOOL -> Kind.BOOL;
      case DATUM -> Kind.INT;
      case COUNTING -> Kind.NUMBER;
    };
  }

  private static Kind both(Kind left, Kind right) {
    if (left == Kind.NUMBER) {
      return right;
    }
    return right == Kind.NUMBER || left == right ? left : Kind.REAL;
  }
}

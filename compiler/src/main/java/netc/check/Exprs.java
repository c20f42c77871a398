package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Primitive;

/** Makes expressions, deciding at once what is already known: conditions and whole numbers. */
final class Exprs {
  private Exprs() {}

  static Expr of(Affine form) {
    var parts = new ArrayList<Expr>();
    for (Map.Entry<Index, Long> term : form.coefficients().entrySet()) {
      Expr position = new Expr.Position(term.getKey());
      parts.add(
          term.getValue() == 1
              ? position
              : Expr.apply(Primitive.MULTIPLY, new Expr.Int(term.getValue()), position));
    }
    if (form.constant() != 0 || parts.isEmpty()) {
      parts.add(new Expr.Int(form.constant()));
    }
    return parts.stream().reduce((a, b) -> Expr.apply(Primitive.ADD, a, b)).orElseThrow();
  }

  static Expr apply(Primitive primitive, Expr... arguments) {
    return apply(primitive, List.of(arguments));
  }

  static Expr apply(Primitive primitive, List<Expr> arguments) {
    return switch (primitive) {
      case AND -> and(arguments.get(0), arguments.get(1));
      case OR -> or(arguments.get(0), arguments.get(1));
      case NOT -> not(arguments.getFirst());
      case TO_REAL ->
          switch (arguments.getFirst()) {
            case Expr.Int(long value) -> new Expr.Real(value);
            case Expr.Select(Expr condition, Expr.Int(long then), Expr.Int(long otherwise)) ->
                select(condition, new Expr.Real(then), new Expr.Real(otherwise));
            default -> new Expr.Apply(primitive, arguments);
          };
      default ->
          primitive.isComparison()
              ? comparison(primitive, arguments)
              : new Expr.Apply(primitive, arguments);
    };
  }

  static Expr and(Expr a, Expr b) {
    if (a instanceof Expr.Bool(boolean value)) {
      return value ? b : a;
    }
    if (b instanceof Expr.Bool(boolean value)) {
      return value ? a : b;
    }
    return Expr.apply(Primitive.AND, a, b);
  }

  private static Expr or(Expr a, Expr b) {
    if (a instanceof Expr.Bool(boolean value)) {
      return value ? a : b;
    }
    if (b instanceof Expr.Bool(boolean value)) {
      return value ? b : a;
    }
    return Expr.apply(Primitive.OR, a, b);
  }

  static Expr not(Expr a) {
    return a instanceof Expr.Bool(boolean value)
        ? new Expr.Bool(!value)
        : Expr.apply(Primitive.NOT, a);
  }

  static Expr select(Expr condition, Expr then, Expr otherwise) {
    return condition instanceof Expr.Bool(boolean value)
        ? (value ? then : otherwise)
        : new Expr.Select(condition, then, otherwise);
  }

  /** Decided where both sides are known whole numbers. */
  private static Expr comparison(Primitive primitive, List<Expr> arguments) {
    var a = Affine.of(arguments.get(0));
    var b = Affine.of(arguments.get(1));
    if (a.isPresent() && b.isPresent() && a.get().isConstant() && b.get().isConstant()) {
      int order = Long.compare(a.get().constant(), b.get().constant());
      return new Expr.Bool(
          switch (primitive) {
            case EQUAL -> order == 0;
            case DIFFERENT -> order != 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            default -> order >= 0;
          });
    }
    return new Expr.Apply(primitive, arguments);
  }
}

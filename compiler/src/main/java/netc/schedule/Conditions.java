package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.Algebra;
import netc.ir.Bounds;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.FixedPosition;
import netc.ir.Linear;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.Reads;
import netc.ir.Reduction.Operator;
import netc.ir.RowPositions;
import netc.loop.Scalar;
import netc.loop.ScalarType;

/**
 * The conditions under which a point takes part in a reduction: the filter, and the guards whose other
 * branch contributes nothing ({@code … * x[i+u-1 else 0]} in a sum).
 *
 * @param facts each is at least 0; of loop indices only, so that they narrow loops
 * @param tests everything else that can be decided outside of the lane loop
 * @param body what is reduced where all hold
 */
record Conditions(List<Linear> facts, List<Expr> tests, Expr body) {

  /**
   * @param inLanes whether the body is computed in a lane loop, where tests of the lane's own data
   *     remain a part of it
   */
  static Conditions of(Operator operator, Optional<Expr> filter, Expr body, boolean inLanes) {
    var facts = new ArrayList<Linear>();
    var tests = new ArrayList<Expr>();
    var known = new ArrayList<Expr>();
    filter.ifPresent(f -> add(f, known, facts, tests));
    Expr rest = body;
    for (Optional<Expr> found = neutral(operator, rest); found.isPresent(); ) {
      add(found.get(), known, facts, tests);
      rest = assume(rest, found.get(), true);
      found = neutral(operator, rest);
    }
    if (inLanes) {
      for (Expr test : List.copyOf(tests)) {
        if (!Lanes.areEqualFor(test)) {
          tests.remove(test);
          rest = new Expr.Select(test, rest, nothing(operator, rest));
        }
      }
    }
    return new Conditions(List.copyOf(facts), List.copyOf(tests), rest);
  }

  /** What leaves the accumulator as it is. */
  private static Expr nothing(Operator operator, Expr body) {
    return switch (body.type()) {
      case BOOL -> new Expr.Bool(operator == Operator.ALL);
      case INT -> new Expr.Int(((Scalar.IntLiteral) Terms.neutral(operator, ScalarType.INT)).value());
      case REAL ->
          new Expr.Real(((Scalar.RealLiteral) Terms.neutral(operator, ScalarType.DOUBLE)).value());
    };
  }

  /** The expression where a condition is known. */
  static Expr assume(Expr expr, Expr condition, boolean truth) {
    return new Mapper() {
      @Override
      protected Expr rebuilt(Expr rebuilt) {
        if (!(rebuilt instanceof Expr.Select(var c, var then, var otherwise))) {
          return rebuilt;
        }
        if (c.equals(condition)) {
          return truth ? then : otherwise;
        }
        return truth && areExclusive(c, condition) ? otherwise : rebuilt;
      }
    }.map(expr);
  }

  /** Whether one says that an index is at one position, and the other that it is at another. */
  private static boolean areExclusive(Expr a, Expr b) {
    return FixedPosition.of(a)
        .flatMap(one -> FixedPosition.of(b).filter(one::excludes))
        .isPresent();
  }

  /** A condition without which the body contributes nothing. */
  private static Optional<Expr> neutral(Operator operator, Expr body) {
    return switch (operator) {
      case SUM ->
          selections(body).stream()
              .filter(c -> isZero(assume(body, c, false)))
              .findFirst();
      case MAX -> outermost(body, Double.NEGATIVE_INFINITY);
      case MIN -> outermost(body, Double.POSITIVE_INFINITY);
      case PROD, ARGMAX, ARGMIN, ANY, ALL -> Optional.empty();
    };
  }

  private static Optional<Expr> outermost(Expr body, double neutral) {
    return body instanceof Expr.Select(var condition, _, Expr.Real(double value))
            && value == neutral
        ? Optional.of(condition)
        : Optional.empty();
  }

  private static List<Expr> selections(Expr expr) {
    return switch (expr) {
      case Expr.Select(var condition, _, _) -> List.of(condition);
      case Expr.Apply(var primitive, var arguments) ->
          switch (primitive) {
            case MULTIPLY, ADD, SUBTRACT, NEGATE, DIVIDE ->
                arguments.stream().flatMap(a -> selections(a).stream()).toList();
            default -> List.of();
          };
      default -> List.of();
    };
  }

  /** Zero as the language means it at a border: nothing is there, whatever the other factor. */
  private static boolean isZero(Expr expr) {
    return switch (expr) {
      case Expr.Real(double value) -> value == 0;
      case Expr.Int(long value) -> value == 0;
      case Expr.Apply(var primitive, var arguments) ->
          switch (primitive) {
            case MULTIPLY -> arguments.stream().anyMatch(Conditions::isZero);
            case ADD, SUBTRACT -> arguments.stream().allMatch(Conditions::isZero);
            case NEGATE, DIVIDE, TO_REAL -> isZero(arguments.getFirst());
            default -> false;
          };
      default -> false;
    };
  }

  /**
   * Adds a condition. Each is tested as far outside as its indices allow; so one that may only be
   * computed where those before it hold is tested together with them.
   */
  private static void add(
      Expr condition, List<Expr> known, List<Linear> facts, List<Expr> tests) {
    if (condition instanceof Expr.Apply(var primitive, var sides) && primitive == Primitive.AND) {
      sides.forEach(side -> add(side, known, facts, tests));
      return;
    }
    if (standsAlone(condition)) {
      addAlone(condition, facts, tests);
    } else {
      tests.add(Algebra.and(Algebra.all(known), condition));
    }
    known.add(condition);
  }

  /** Whether everything that it reads is inside wherever it is computed. */
  static boolean standsAlone(Expr condition) {
    boolean[] inside = {true};
    Reads.each(condition, read -> inside[0] &= read.outside().isPresent() || isInside(read));
    return inside[0];
  }

  private static boolean isInside(Expr.Read read) {
    for (int axis = 0; axis < read.at().size(); axis++) {
      boolean isInside =
          switch (read.tensor().shape().get(axis)) {
            case Extent.Batch() -> true;
            case Extent.Const(int size) ->
                Bounds.NONE.of(read.at().get(axis)).isWithin(0, size - 1L);
            case Extent.Rows() -> RowPositions.areInside(read.at().get(axis), Bounds.NONE);
          };
      if (!isInside) {
        return false;
      }
    }
    return true;
  }

  private static void addAlone(Expr condition, List<Linear> facts, List<Expr> tests) {
    if (condition instanceof Expr.Apply(var primitive, var sides)) {
      if (primitive.isComparison() && isAffine(sides.get(0)) && isAffine(sides.get(1))) {
        Linear left = Linear.of(sides.get(0));
        Linear right = Linear.of(sides.get(1));
        switch (primitive) {
          case LESS -> facts.add(right.plus(left, -1).plus(-1));
          case AT_MOST -> facts.add(right.plus(left, -1));
          case GREATER -> facts.add(left.plus(right, -1).plus(-1));
          case AT_LEAST -> facts.add(left.plus(right, -1));
          case EQUAL -> {
            facts.add(left.plus(right, -1));
            facts.add(right.plus(left, -1));
          }
          default -> tests.add(condition);
        }
        return;
      }
    }
    tests.add(condition);
  }

  private static boolean isAffine(Expr expr) {
    return expr.type() == netc.ir.ElementType.INT
        && Linear.of(expr).coefficients().keySet().stream()
            .allMatch(
                part -> part instanceof Expr.Position(var index) && !index.extent().isBatch());
  }
}

package netc.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a condition says of integers.
 *
 * @param atLeast0 each is at least 0
 * @param not0 none is 0
 */
record Facts(List<Linear> atLeast0, List<Linear> not0) {

  /** What follows from a condition that is {@code truth}; what is no comparison of integers teaches nothing. */
  static Facts of(Expr condition, boolean truth) {
    var facts = new Facts(new ArrayList<>(), new ArrayList<>());
    facts.learn(condition, truth);
    for (Linear fact : List.copyOf(facts.atLeast0)) {
      fact.coefficients().keySet().forEach(facts::quotient);
    }
    return facts;
  }

  private void learn(Expr condition, boolean truth) {
    if (!(condition instanceof Expr.Apply(var primitive, var arguments))) {
      return;
    }
    switch (primitive) {
      case NOT -> learn(arguments.getFirst(), !truth);
      case AND -> {
        if (truth) {
          arguments.forEach(a -> learn(a, true));
        }
      }
      case OR -> {
        if (!truth) {
          arguments.forEach(a -> learn(a, false));
        }
      }
      case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST -> {
        if (arguments.getFirst().type() == ElementType.INT) {
          compare(truth ? primitive : primitive.opposite(), arguments);
        }
      }
      default -> {}
    }
  }

  private void compare(Primitive comparison, List<Expr> sides) {
    Linear left = Linear.of(sides.get(0));
    Linear right = Linear.of(sides.get(1));
    switch (comparison) {
      case LESS -> atLeast0.add(right.plus(left, -1).plus(-1));
      case AT_MOST -> atLeast0.add(right.plus(left, -1));
      case GREATER -> atLeast0.add(left.plus(right, -1).plus(-1));
      case AT_LEAST -> atLeast0.add(left.plus(right, -1));
      case EQUAL -> {
        equal(left.plus(right, -1));
        remainder(sides.get(0), right);
        remainder(sides.get(1), left);
      }
      case DIFFERENT -> not0.add(left.plus(right, -1));
      default -> {}
    }
  }

  private void equal(Linear difference) {
    atLeast0.add(difference);
    atLeast0.add(new Linear(0, Map.of()).plus(difference, -1));
  }

  /** What {@code mod(of, by) = rest} says: {@code of = by · div(of, by) + rest}. */
  private void remainder(Expr side, Linear rest) {
    if (side instanceof Expr.Apply(var primitive, var sides)
        && primitive == Primitive.REMAINDER
        && sides.get(1) instanceof Expr.Int(long by)
        && by > 0) {
      Linear quotient = Linear.of(new Expr.Apply(Primitive.FLOOR_DIVIDE, sides));
      equal(Linear.of(sides.get(0)).plus(quotient, -by).plus(rest, -1));
    }
  }

  /** {@code by · div(of, by) <= of < by · div(of, by) + by}. */
  private void quotient(Expr part) {
    if (part instanceof Expr.Apply(var primitive, var sides)
        && primitive == Primitive.FLOOR_DIVIDE
        && sides.get(1) instanceof Expr.Int(long by)
        && by > 0) {
      Linear rest = Linear.of(sides.get(0)).plus(Linear.of(part), -by);
      atLeast0.add(rest);
      atLeast0.add(new Linear(by - 1, Map.of()).plus(rest, -1));
    }
  }
}

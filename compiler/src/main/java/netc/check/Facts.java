package netc.check;

import java.util.ArrayList;
import java.util.List;
import netc.ir.Expr;
import netc.ir.Primitive;

/**
 * What is known where an expression stands, because of the conditions around it: each form is at least 0.
 */
record Facts(List<Affine> atLeastZero) {
  static final Facts NONE = new Facts(List.of());

  Facts {
    atLeastZero = List.copyOf(atLeastZero);
  }

  /** What is known besides where {@code condition} has the value {@code holds}. */
  Facts and(Expr condition, boolean holds) {
    var more = new ArrayList<>(atLeastZero);
    try {
      collect(condition, holds, more);
    } catch (ArithmeticException overflow) {
      return this;
    }
    return new Facts(more);
  }

  private static void collect(Expr condition, boolean holds, List<Affine> facts) {
    if (!(condition instanceof Expr.Apply(Primitive primitive, List<Expr> operands))) {
      return;
    }
    switch (primitive) {
      case NOT -> collect(operands.getFirst(), !holds, facts);
      case AND -> {
        if (holds) {
          operands.forEach(o -> collect(o, true, facts));
        }
      }
      case OR -> {
        if (!holds) {
          operands.forEach(o -> collect(o, false, facts));
        }
      }
      case LESS, AT_LEAST -> order(operands, (primitive == Primitive.LESS) == holds, facts);
      case GREATER, AT_MOST ->
          order(operands.reversed(), (primitive == Primitive.GREATER) == holds, facts);
      case EQUAL, DIFFERENT -> {
        if ((primitive == Primitive.EQUAL) == holds) {
          order(operands, false, facts);
          order(operands.reversed(), false, facts);
        } else {
          notAtTheEnd(operands, facts);
        }
      }
      default -> {}
    }
  }

  /** An index that is not its first value is at least 1; likewise for its last. */
  private static void notAtTheEnd(List<Expr> operands, List<Affine> facts) {
    var a = Affine.of(operands.get(0));
    var b = Affine.of(operands.get(1));
    if (a.isEmpty() || b.isEmpty()) {
      return;
    }
    Affine difference = a.get().plus(b.get().times(-1));
    if (difference.coefficients().size() == 1) {
      var only = difference.coefficients().entrySet().iterator().next();
      Affine index = Affine.of(only.getKey());
      int last = only.getKey().extent().most() - 1;
      if (difference.constant() == 0) {
        facts.add(index.plus(-1));
      } else if (difference.constant() == -only.getValue() * last) {
        facts.add(index.times(-1).plus(last - 1L));
      }
    }
  }

  /** {@code a < b} when {@code less}, else {@code a >= b}. */
  private static void order(List<Expr> operands, boolean less, List<Affine> facts) {
    var a = Affine.of(operands.get(0));
    var b = Affine.of(operands.get(1));
    if (a.isPresent() && b.isPresent()) {
      Affine difference = a.get().plus(b.get().times(-1));
      facts.add(less ? difference.times(-1).plus(-1) : difference);
    }
  }
}

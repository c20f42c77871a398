package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Linear;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.Scalar.Comparison;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * The loops over the reduced indices. Affine conditions narrow the loops instead of being tested at
 * each point; the innermost index may be unrolled, several taps at once.
 */
final class ReductionNest {
  private final KernelBuilder kernel;
  private final List<Index> order;
  private final int taps;
  private final Conditions conditions;
  private final Function<List<List<Point>>, List<Statement>> leaf;

  /**
   * @param order the reduced indices from outside to inside; the last is unrolled by {@code taps}
   * @param leaf makes the body for the points [copy][tap]
   */
  ReductionNest(
      KernelBuilder kernel,
      List<Index> order,
      int taps,
      Conditions conditions,
      Function<List<List<Point>>, List<Statement>> leaf) {
    this.kernel = kernel;
    this.order = order;
    this.taps = taps;
    this.conditions = conditions;
    this.leaf = leaf;
  }

  /** The nest for the output points {@code copies}, which differ in no index that a condition mentions. */
  List<Statement> loops(List<Point> copies) {
    List<Statement> nest = level(copies, 0);
    for (Expr test : conditions.tests()) {
      if (lastOf(Indices.in(test)).isEmpty()) {
        nest = List.of(new Statement.If(ExprToScalar.at(copies.getFirst(), test), nest, List.of()));
      }
    }
    for (Linear fact : conditions.facts()) {
      if (lastOf(indices(fact)).isEmpty()) {
        Scalar holds =
            new Scalar.Compare(
                Comparison.AT_LEAST, scalar(fact, copies.getFirst()), Ints.of(0));
        nest = List.of(new Statement.If(holds, nest, List.of()));
      }
    }
    return nest;
  }

  private List<Statement> level(List<Point> copies, int depth) {
    if (depth == order.size()) {
      return leaf.apply(copies.stream().map(List::of).toList());
    }
    Index index = order.get(depth);
    Point point = copies.getFirst();
    var statements = new ArrayList<Statement>();
    Scalar from = Ints.of(0);
    Scalar to = Sizes.of(index.extent(), kernel);
    for (Linear fact : conditions.facts()) {
      if (lastOf(indices(fact)).filter(index::equals).isPresent()) {
        long coefficient = fact.coefficients().get(new Expr.Position(index));
        Linear rest = without(fact, index);
        if (coefficient > 0) {
          from = Ints.max(from, ceiling(Ints.times(scalar(rest, point), -1), coefficient));
        } else {
          to = Ints.min(to, Ints.plus(floor(scalar(rest, point), -coefficient), Ints.of(1)));
        }
      }
    }
    boolean unrolled = depth == order.size() - 1 && taps > 1;
    if (!unrolled) {
      statements.add(loop(copies, index, from, to, depth));
      return statements;
    }
    unroll(copies, index, named("from", from, statements), named("to", to, statements), statements);
    return statements;
  }

  private Scalar named(String hint, Scalar value, List<Statement> statements) {
    if (value instanceof Scalar.IntLiteral) {
      return value;
    }
    String name = kernel.fresh(hint);
    statements.add(new Statement.Let(name, value));
    return Ints.local(name);
  }

  private Statement loop(List<Point> copies, Index index, Scalar from, Scalar to, int depth) {
    String variable = kernel.fresh("r");
    List<Point> inside =
        copies.stream().map(p -> p.with(index, Ints.local(variable))).toList();
    List<Statement> body = level(inside, depth + 1);
    return new Statement.For(variable, from, to, 1, tested(index, inside, body));
  }

  /** {@code taps} points at once while there are so many, then the rest: at once if it is known, else one by one. */
  private void unroll(
      List<Point> copies, Index index, Scalar from, Scalar to, List<Statement> statements) {
    Scalar middle = named("middle", middle(from, to), statements);
    if (!middle.equals(from)) {
      String variable = kernel.fresh("r");
      statements.add(
          new Statement.For(
              variable, from, middle, taps, atOnce(copies, index, Ints.local(variable), taps)));
    }
    if (middle instanceof Scalar.IntLiteral(int first)
        && to instanceof Scalar.IntLiteral(int last)
        && last > first) {
      statements.addAll(atOnce(copies, index, middle, last - first));
    } else if (!middle.equals(to)) {
      statements.add(loop(copies, index, middle, to, order.size() - 1));
    }
  }

  private List<Statement> atOnce(List<Point> copies, Index index, Scalar first, int count) {
    List<List<Point>> points = copies.stream().map(copy -> copy.upwards(index, first, count)).toList();
    return tested(index, copies.stream().map(p -> p.with(index, first)).toList(), leaf.apply(points));
  }

  private Scalar middle(Scalar from, Scalar to) {
    if (from instanceof Scalar.IntLiteral(int first) && to instanceof Scalar.IntLiteral(int last)) {
      return Ints.of(first + Math.max(0, last - first) / taps * taps);
    }
    Scalar length = Ints.max(Ints.of(0), new Scalar.Arithmetic(Scalar.Operator.SUBTRACT, to, from));
    return Ints.plus(from, Ints.times(floor(length, taps), taps));
  }

  /** The body under the tests that can be made once this index is bound. */
  private List<Statement> tested(Index index, List<Point> copies, List<Statement> body) {
    List<Statement> inside = body;
    for (Expr test : conditions.tests()) {
      if (lastOf(Indices.in(test)).filter(index::equals).isPresent()) {
        inside =
            List.of(new Statement.If(ExprToScalar.at(copies.getFirst(), test), inside, List.of()));
      }
    }
    return inside;
  }

  private Optional<Index> lastOf(Iterable<Index> indices) {
    Optional<Index> last = Optional.empty();
    int depth = -1;
    for (Index index : indices) {
      int at = order.indexOf(index);
      if (at > depth) {
        depth = at;
        last = Optional.of(index);
      }
    }
    return last;
  }

  static List<Index> indices(Linear fact) {
    return fact.coefficients().keySet().stream()
        .flatMap(part -> Indices.in(part).stream())
        .toList();
  }

  private static Linear without(Linear fact, Index index) {
    Expr position = new Expr.Position(index);
    return fact.plus(
        new Linear(0, Map.of(position, 1L)), -fact.coefficients().get(position));
  }

  private static Scalar scalar(Linear linear, Point point) {
    Scalar sum = Ints.of(0);
    for (Map.Entry<Expr, Long> term : linear.coefficients().entrySet()) {
      Index index = ((Expr.Position) term.getKey()).index();
      sum = Ints.plus(sum, Ints.times(point.index(index), Math.toIntExact(term.getValue())));
    }
    return Ints.plus(sum, Ints.of(Math.toIntExact(linear.constant())));
  }

  private static Scalar floor(Scalar value, long divisor) {
    if (divisor == 1) {
      return value;
    }
    return new Scalar.Call(
        Scalar.Function.FLOOR_DIVIDE,
        List.of(value, Ints.of(Math.toIntExact(divisor))),
        ScalarType.INT);
  }

  private static Scalar ceiling(Scalar value, long divisor) {
    return floor(Ints.plus(value, Ints.of(Math.toIntExact(divisor - 1))), divisor);
  }
}

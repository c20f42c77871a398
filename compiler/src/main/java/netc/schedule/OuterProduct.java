package netc.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Primitive;
import netc.ir.Reduction.Operator;
import netc.ir.Step.Equation;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * The weight gradient of a dense layer, {@code W[j,k] = sum[batch] z[batch,j] * a[batch,k]}: a dot
 * product over the lanes, which the JIT compiler would leave scalar. Instead the examples of {@code a} are
 * copied into rows of their own, {@code [example][k]}, and added up four at a time along k.
 */
final class OuterProduct {
  private static final int SHORTEST_ROW = 8;

  private final Arrays arrays;
  private final Equation equation;
  private final Index batch;
  private final List<Index> outer;
  private final List<Index> inner;
  private final Expr outerFactor;
  private final Expr innerFactor;

  private OuterProduct(
      Arrays arrays,
      Equation equation,
      Index batch,
      int split,
      Expr outerFactor,
      Expr innerFactor) {
    this.arrays = arrays;
    this.equation = equation;
    this.batch = batch;
    this.outer = equation.outputs().subList(0, split);
    this.inner = equation.outputs().subList(split, equation.outputs().size());
    this.outerFactor = outerFactor;
    this.innerFactor = innerFactor;
  }

  static Optional<OuterProduct> match(Equation equation, Arrays arrays) {
    if (!arrays.hasLanes()
        || equation.target().type() != ElementType.REAL
        || equation.target().isPerExample()
        || equation.reduction().isEmpty()) {
      return Optional.empty();
    }
    var reduction = equation.reduction().get();
    boolean overRowsOnly =
        reduction.operator() == Operator.SUM
            && reduction.filter().isEmpty()
            && reduction.indices().size() == 1
            && reduction.indices().getFirst().extent().isBatch();
    if (!overRowsOnly
        || !(Guards.explicit(equation.body()) instanceof Expr.Apply(var primitive, var factors))
        || primitive != Primitive.MULTIPLY) {
      return Optional.empty();
    }
    Index batch = reduction.indices().getFirst();
    return split(equation, arrays, batch, factors.get(0), factors.get(1))
        .or(() -> split(equation, arrays, batch, factors.get(1), factors.get(0)));
  }

  private static Optional<OuterProduct> split(
      Equation equation, Arrays arrays, Index batch, Expr outerFactor, Expr innerFactor) {
    Set<Index> outer = new HashSet<>(Indices.in(outerFactor));
    Set<Index> inner = new HashSet<>(Indices.in(innerFactor));
    int split = equation.outputs().size();
    while (split > 0 && !outer.contains(equation.outputs().get(split - 1))) {
      split--;
    }
    boolean disjoint =
        equation.outputs().subList(0, split).stream().noneMatch(inner::contains)
            && inner.contains(batch)
            && outer.contains(batch)
            && equation.outputs().stream().skip(split).noneMatch(i -> i.extent().isRows());
    var product = new OuterProduct(arrays, equation, batch, split, outerFactor, innerFactor);
    return disjoint && split > 0 && product.length() >= SHORTEST_ROW
        ? Optional.of(product)
        : Optional.empty();
  }

  private int length() {
    return inner.stream().mapToInt(i -> i.extent().size()).reduce(1, Math::multiplyExact);
  }

  List<KernelCall> lower(int blockRows) {
    var type = new ArrayType(arrays.real(), 2);
    ArrayReference examples =
        arrays.scratchRows(type, blockRows, length());
    ArrayReference sums = arrays.scratchRows(type, RowSums.RESULTS, length());
    return List.of(transposed(examples, type), added(examples, sums, type));
  }

  // ---------- the copy ----------

  private KernelCall transposed(ArrayReference examples, ArrayType type) {
    return KernelBuilder.fitting(
            arrays,
            Optional.empty(),
            equation.place(),
            kernel -> copyLoops(kernel, kernel.array(examples, type), Point.outermost(kernel), 0))
        .as(new Role.Copy(false, true));
  }

  private List<Statement> copyLoops(KernelBuilder kernel, String copy, Point point, int depth) {
    if (depth == inner.size()) {
      return new LaneLoop(kernel, Optional.of(batch))
          .over(
              List.of(List.of(point)),
              innerFactor,
              (points, value, lane) ->
                  List.of(
                      new Statement.StoreLane(
                          copy,
                          lane,
                          Sizes.position(inner, point),
                          ExprToScalar.at(points.getFirst().getFirst(), value))));
    }
    Index index = inner.get(depth);
    String variable = kernel.fresh("i");
    return List.of(
        new Statement.For(
            variable,
            Ints.of(0),
            Sizes.of(index.extent(), kernel),
            1,
            copyLoops(kernel, copy, point.with(index, Ints.local(variable)), depth + 1)));
  }

  // ---------- the sums ----------

  private KernelCall added(ArrayReference examples, ArrayReference sums, ArrayType type) {
    return KernelBuilder.fitting(
        arrays,
        Optional.empty(),
        equation.place(),
        kernel -> {
          String rows = kernel.array(examples, type);
          String scratch = kernel.array(sums, type);
          return outerLoops(kernel, rows, scratch, List.of(Point.outermost(kernel)), 0);
        });
  }

  private List<Statement> outerLoops(
      KernelBuilder kernel, String rows, String scratch, List<Point> copies, int depth) {
    if (depth == outer.size()) {
      return new Sums(kernel, rows, scratch, copies).lower();
    }
    Index index = outer.get(depth);
    Scalar size = Sizes.of(index.extent(), kernel);
    Scalar paired =
        depth == outer.size() - 1 ? Sizes.even(index.extent(), kernel) : Ints.of(0);
    var loops = new ArrayList<Statement>();
    if (!paired.equals(Ints.of(0))) {
      String variable = kernel.fresh("i");
      Point point = copies.getFirst();
      List<Point> both =
          List.of(
              point.with(index, Ints.local(variable)),
              point.with(index, Ints.plus(Ints.local(variable), Ints.of(1))));
      loops.add(
          new Statement.For(
              variable,
              Ints.of(0),
              paired,
              2,
              outerLoops(kernel, rows, scratch, both, depth + 1)));
    }
    if (!paired.equals(size)) {
      String variable = kernel.fresh("i");
      List<Point> one =
          copies.stream().map(p -> p.with(index, Ints.local(variable))).toList();
      loops.add(
          new Statement.For(
              variable,
              paired,
              size,
              1,
              outerLoops(kernel, rows, scratch, one, depth + 1)));
    }
    return loops;
  }

  /** The rows of the weight for one or two values of the outer indices. */
  private final class Sums {
    private final KernelBuilder kernel;
    private final String rows;
    private final List<Point> copies;
    private final RowSums sums;

    Sums(KernelBuilder kernel, String rows, String scratch, List<Point> copies) {
      this.kernel = kernel;
      this.rows = rows;
      this.copies = copies;
      sums = new RowSums(kernel, scratch, copies.size(), length());
    }

    List<Statement> lower() {
      var statements = new ArrayList<>(sums.zeros());
      Scalar all = kernel.rowArgument(Kernel.ROWS);
      String middle = kernel.fresh("middle");
      Scalar groups =
          new Scalar.Call(
              Scalar.Function.FLOOR_DIVIDE, List.of(all, Ints.of(RowSums.TAPS)), ScalarType.INT);
      statements.add(new Statement.Let(middle, Ints.times(groups, RowSums.TAPS)));
      statements.add(examples(Ints.of(0), Ints.local(middle), RowSums.TAPS));
      statements.add(examples(Ints.local(middle), all, 1));
      String target = kernel.array(equation.target());
      for (int copy = 0; copy < copies.size(); copy++) {
        String sum = sums.row(copy);
        String start = kernel.fresh("start");
        statements.add(
            new Statement.Let(
                start, Ints.times(Sizes.position(outer, copies.get(copy)), length())));
        statements.add(
            sums.along(
                k ->
                    List.of(
                        new Statement.Store(
                            target,
                            Ints.plus(Ints.local(start), k),
                            new Scalar.Load(sum, k, arrays.real())))));
      }
      return statements;
    }

    private Statement examples(Scalar from, Scalar to, int taps) {
      String example = kernel.fresh("b");
      RowSums.Factor factor =
          (copy, tap) -> {
            Scalar at = Ints.plus(Ints.local(example), Ints.of(tap));
            return ExprToScalar.at(copies.get(copy).with(batch, at), outerFactor);
          };
      return new Statement.For(
          example, from, to, taps, sums.add(rows, Ints.local(example), taps, factor));
    }
  }
}

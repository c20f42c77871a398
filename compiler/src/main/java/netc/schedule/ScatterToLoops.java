package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Scans;
import netc.ir.Step.Scatter;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Tensor;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/** A scatter-add as one kernel: the target set to zero, then a sequential loop over the domain. */
final class ScatterToLoops {
  private final KernelBuilder kernel;
  private final Scatter scatter;
  private final List<Index> domain;
  private final Optional<Index> batch;
  private final boolean lanes;
  private final ScalarType element;

  private ScatterToLoops(KernelBuilder kernel, Scatter scatter) {
    this.kernel = kernel;
    this.scatter = scatter;
    this.domain = kernel.looped(scatter.domain());
    this.batch = scatter.domain().stream().filter(Lanes::isBatch).findFirst();
    this.lanes = kernel.arrays().hasLanes() && batch.isPresent();
    this.element = kernel.arrays().scalarType(scatter.target().type());
  }

  /**
   * @param time the index of the scan of which the kernel sets and fills the elements of one step
   */
  static KernelCall lower(Scatter scatter, Arrays arrays, Optional<Index> time) {
    return KernelBuilder.fitting(
        arrays, time, scatter.place(), kernel -> new ScatterToLoops(kernel, scatter).lower());
  }

  private List<Statement> lower() {
    var statements = new ArrayList<Statement>();
    statements.add(zero());
    Point point = Point.outermost(kernel);
    if (!lanes && batch.isPresent()) {
      point = point.with(batch.get(), Ints.of(0));
    }
    statements.addAll(loops(point, 0));
    return statements;
  }

  /** All elements set to 0; in a scan those of the step's time. */
  private Statement zero() {
    Tensor target = scatter.target();
    if (kernel.time().isEmpty()) {
      return zero(Ints.of(0), elements(target.shape()));
    }
    int axis = Scans.axis(scatter, kernel.time().get()).orElseThrow();
    Scalar inner = elements(target.shape().subList(axis + 1, target.rank()));
    int steps = target.shape().get(axis).size();
    String outer = kernel.fresh("i");
    Scalar slice = Ints.plus(Ints.times(Ints.local(outer), steps), Ints.local(Kernel.TIME));
    Scalar outerSize = elements(target.shape().subList(0, axis));
    return new Statement.For(
        outer, Ints.of(0), outerSize, 1, List.of(zero(Ints.times(slice, inner), inner)));
  }

  /** The elements of one example. */
  private Scalar elements(List<Extent> shape) {
    Scalar product = Ints.of(1);
    for (Extent extent : shape) {
      product = extent.isBatch() ? product : Ints.times(product, Sizes.of(extent, kernel));
    }
    return product;
  }

  private Statement zero(Scalar first, Scalar elements) {
    Tensor target = scatter.target();
    String array = kernel.array(target);
    String variable = kernel.fresh("i");
    Scalar position = Ints.plus(first, Ints.local(variable));
    Scalar none = element.isReal() ? new Scalar.RealLiteral(0, element) : Ints.of(0);
    List<Statement> body;
    if (kernel.arrays().isLanes(target)) {
      String row = kernel.fresh("y");
      String lane = kernel.fresh("b");
      body =
          List.of(
              new Statement.LetRow(row, array, element, position),
              rows(lane, List.of(new Statement.Store(row, Ints.local(lane), none))));
    } else {
      body = List.of(new Statement.Store(array, position, none));
    }
    return new Statement.For(variable, Ints.of(0), elements, 1, body);
  }

  private List<Statement> loops(Point point, int depth) {
    if (depth < domain.size()) {
      Index index = domain.get(depth);
      String variable = kernel.fresh("i");
      return List.of(
          new Statement.For(
              variable,
              Ints.of(0),
              Sizes.of(index.extent(), kernel),
              1,
              loops(point.with(index, Ints.local(variable)), depth + 1)));
    }
    if (!lanes) {
      return List.of(add(point));
    }
    String lane = kernel.fresh("b");
    // Nothing is hoisted: the conditions around the addition may be needed to stay inside.
    Point inner = point.with(batch.get(), Ints.local(lane));
    return List.of(rows(lane, List.of(add(inner))));
  }

  private Statement add(Point point) {
    Tensor target = scatter.target();
    String array = kernel.array(target);
    List<Subscript> position = scatter.at().stream().map(Guards::explicit).toList();
    List<Subscript> at = position.stream().map(Guards::divided).toList();
    List<Extent> shape = target.shape();
    Scalar value = ExprToScalar.at(point, Guards.explicit(scatter.body()));
    Statement addition;
    if (kernel.arrays().isLanes(target)) {
      Scalar row = offset(point, at.subList(1, at.size()), shape.subList(1, shape.size()));
      Scalar lane = point.index(batch.get());
      Scalar old = new Scalar.LoadLane(array, row, lane, element);
      addition = new Statement.StoreLane(array, row, lane, sum(old, value));
    } else {
      int first = target.isPerExample() ? 1 : 0;
      Scalar offset =
          offset(point, at.subList(first, at.size()), shape.subList(first, shape.size()));
      Scalar old = new Scalar.Load(array, offset, element);
      addition = new Statement.Store(array, offset, sum(old, value));
    }
    Optional<Expr> inside = Guards.inside(position, shape);
    if (inside.isPresent()) {
      addition =
          new Statement.If(
              ExprToScalar.at(point, inside.get()), List.of(addition), List.of());
    }
    if (scatter.filter().isPresent()) {
      Expr filter = Guards.explicit(scatter.filter().get());
      addition =
          new Statement.If(ExprToScalar.at(point, filter), List.of(addition), List.of());
    }
    return addition;
  }

  private static Scalar sum(Scalar old, Scalar value) {
    return new Scalar.Arithmetic(Scalar.Operator.ADD, old, value);
  }

  private Scalar offset(Point point, List<Subscript> at, List<Extent> shape) {
    Scalar offset = Ints.of(0);
    for (int axis = 0; axis < at.size(); axis++) {
      Scalar position = ExprToScalar.at(point, Subscripts.toExpr(at.get(axis)));
      Scalar size = axis == 0 ? Ints.of(1) : Sizes.of(shape.get(axis), kernel);
      offset = Ints.plus(Ints.times(offset, size), position);
    }
    return offset;
  }

  private Statement rows(String lane, List<Statement> body) {
    return new Statement.For(lane, Ints.of(0), kernel.rowArgument(Kernel.ROWS), 1, body);
  }
}

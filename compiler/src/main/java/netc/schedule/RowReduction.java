package netc.schedule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.ir.ElementType;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Reduction.Operator;
import netc.ir.Step.Equation;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * A sum, product or extremum of one example in vectors: with several results side by side, as the
 * channels of a pool, else with values side by side, as the terms of a row's sum. Accumulators lie in
 * memory, since vectors that live across nested loops would be boxed on Java 17.
 */
final class RowReduction {
  private static final Set<Operator> OPERATORS =
      EnumSet.of(Operator.SUM, Operator.PROD, Operator.MAX, Operator.MIN);

  private final KernelBuilder kernel;
  private final Equation equation;
  private final Operator operator;
  private final Conditions conditions;
  private final List<Index> outputs;
  private final List<Index> reduced;
  private final ScalarType real;

  /** The variables of the loops that have to become loops over vectors. */
  private final Set<String> lanes = new HashSet<>();

  private RowReduction(Equation equation, Arrays arrays) {
    this.kernel = new KernelBuilder(arrays, Optional.empty());
    this.equation = equation;
    this.operator = equation.reduction().get().operator();
    this.conditions =
        Conditions.of(
            operator,
            equation.reduction().get().filter().map(Guards::explicit),
            Guards.explicit(EquationToLoops.value(equation.body())),
            false);
    this.outputs = equation.outputs().stream().filter(i -> !Lanes.isBatch(i)).toList();
    this.reduced =
        equation.reduction().get().indices().stream().filter(i -> !Lanes.isBatch(i)).toList();
    this.real = arrays.real();
  }

  /** The kernel; empty where no axis suits vectors. */
  static Optional<KernelCall> lower(Equation equation, Arrays arrays, Refusals refusals) {
    if (!suits(equation)) {
      return Optional.empty();
    }
    return new RowReduction(equation, arrays)
        .ofResults(arrays, refusals)
        .or(() -> new RowReduction(equation, arrays).ofTerms(arrays, refusals));
  }

  private static boolean suits(Equation equation) {
    return equation.target().type() == ElementType.REAL
        && OPERATORS.contains(equation.reduction().get().operator())
        && Indices.of(equation).stream()
            .allMatch(i -> Lanes.isBatch(i) || i.extent() instanceof Extent.Const);
  }

  // ---------- results side by side ----------

  private Optional<KernelCall> ofResults(Arrays arrays, Refusals refusals) {
    if (outputs.isEmpty()) {
      return Optional.empty();
    }
    Index lane = outputs.getLast();
    int length = lane.extent().size();
    boolean mayOverlap = operator == Operator.MAX || operator == Operator.MIN;
    boolean fits = length >= LaneRuns.LINE && (mayOverlap || length % LaneRuns.LINE == 0);
    if (!fits || decides(lane)) {
      return Optional.empty();
    }
    List<Statement> loops =
        over(
            outputs.subList(0, outputs.size() - 1),
            outermost(),
            point -> {
              var statements = new ArrayList<Statement>();
              statements.add(
                  alongLane(
                      length,
                      at ->
                          new Statement.Store(
                              target(),
                              offset(point.with(lane, at)),
                              Terms.neutral(operator, real))));
              statements.addAll(
                  nest(
                      reduced,
                      point.with(lane, Ints.of(0)),
                      tap ->
                          List.of(
                              alongLane(length, at -> accumulated(tap.with(lane, at))))));
              return statements;
            });
    return inVectors(loops, arrays, refusals);
  }

  private Statement accumulated(Point point) {
    Scalar before = new Scalar.Load(target(), offset(point), real);
    return new Statement.Store(
        target(),
        offset(point),
        Terms.accumulate(operator, before, point, conditions.body()));
  }

  // ---------- terms side by side ----------

  /** So many accumulators whatever the machine, so that the order of a sum is the same everywhere. */
  private Optional<KernelCall> ofTerms(Arrays arrays, Refusals refusals) {
    Optional<Index> found =
        reduced.stream()
            .filter(i -> i.extent().size() >= LaneRuns.LINE && !decides(i))
            .reduce((_, second) -> second);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Index along = found.get();
    List<Index> others = reduced.stream().filter(i -> !i.equals(along)).toList();
    String sums = kernel.scratch(new ArrayType(real, 1), LaneRuns.LINE);
    List<Statement> loops =
        over(
            outputs,
            outermost(),
            point -> {
              var statements = new ArrayList<Statement>();
              statements.add(
                  alongLane(
                      LaneRuns.LINE,
                      at -> new Statement.Store(sums, at, Terms.neutral(operator, real))));
              statements.addAll(nest(others, point, tap -> terms(tap, along, sums)));
              statements.add(
                  new Statement.Store(
                      target(), offset(point), joined(sums, 0, LaneRuns.LINE)));
              return statements;
            });
    return inVectors(loops, arrays, refusals);
  }

  private List<Statement> terms(Point point, Index along, String sums) {
    int size = along.extent().size();
    int whole = size / LaneRuns.LINE * LaneRuns.LINE;
    var statements = new ArrayList<Statement>();
    String line = kernel.fresh("line");
    statements.add(
        new Statement.For(
            line,
            Ints.of(0),
            Ints.of(whole),
            LaneRuns.LINE,
            List.of(
                alongLane(
                    LaneRuns.LINE,
                    at -> term(point.with(along, Ints.plus(Ints.local(line), at)), sums, at)))));
    if (whole < size) {
      String rest = kernel.fresh("rest");
      Scalar at = Ints.local(rest);
      statements.add(
          new Statement.For(
              rest,
              Ints.of(0),
              Ints.of(size - whole),
              1,
              List.of(term(point.with(along, Ints.plus(at, Ints.of(whole))), sums, at))));
    }
    return statements;
  }

  private Statement term(Point point, String sums, Scalar at) {
    Scalar before = new Scalar.Load(sums, at, real);
    return new Statement.Store(
        sums, at, Terms.accumulate(operator, before, point, conditions.body()));
  }

  private Scalar joined(String sums, int first, int end) {
    if (end - first == 1) {
      return new Scalar.Load(sums, Ints.of(first), real);
    }
    int middle = (first + end) / 2;
    return Terms.join(operator, joined(sums, first, middle), joined(sums, middle, end));
  }

  // ---------- loops ----------

  private interface At {
    List<Statement> statements(Point point);
  }

  private interface OfLane {
    Statement at(Scalar lane);
  }

  private Point outermost() {
    Point point = Point.outermost(kernel);
    for (Index index : Indices.of(equation)) {
      if (Lanes.isBatch(index)) {
        point = point.with(index, Ints.of(0));
      }
    }
    return point;
  }

  private List<Statement> over(List<Index> indices, Point point, At inside) {
    if (indices.isEmpty()) {
      return inside.statements(point);
    }
    Index index = indices.getFirst();
    String variable = kernel.fresh("i");
    return List.of(
        new Statement.For(
            variable,
            Ints.of(0),
            Ints.of(index.extent().size()),
            1,
            over(
                indices.subList(1, indices.size()),
                point.with(index, Ints.local(variable)),
                inside)));
  }

  private List<Statement> nest(List<Index> indices, Point point, At inside) {
    return new ReductionNest(
            kernel,
            Jam.none(indices, conditions).order(),
            1,
            conditions,
            points -> inside.statements(points.getFirst().getFirst()))
        .loops(List.of(point));
  }

  private Statement alongLane(int length, OfLane body) {
    String variable = kernel.fresh("k");
    lanes.add(variable);
    return new Statement.For(
        variable, Ints.of(0), Ints.of(length), 1, List.of(body.at(Ints.local(variable))));
  }

  private String target() {
    return kernel.array(equation.target());
  }

  private Scalar offset(Point point) {
    return Sizes.position(outputs, point);
  }

  /** Whether a condition depends on the index: then it is not the same for all lanes. */
  private boolean decides(Index index) {
    return conditions.facts().stream().anyMatch(f -> ReductionNest.indices(f).contains(index))
        || conditions.tests().stream().anyMatch(t -> Indices.in(t).contains(index));
  }

  private Optional<KernelCall> inVectors(List<Statement> loops, Arrays arrays, Refusals refusals) {
    KernelCall plain = kernel.call(loops, equation.place());
    return RowVectors.of(plain.kernel(), arrays, refusals)
        .filter(vectors -> !isLeft(vectors.body()))
        .map(vectors -> plain.with(vectors).as(new Role.RowVectors()));
  }

  /** Whether a loop over lanes is none over vectors. */
  private boolean isLeft(List<Statement> statements) {
    return statements.stream()
        .anyMatch(
            statement ->
                switch (statement) {
                  case Statement.For loop ->
                      lanes.contains(loop.variable()) || isLeft(loop.body());
                  case Statement.If choice -> isLeft(choice.then()) || isLeft(choice.otherwise());
                  default -> false;
                });
  }
}

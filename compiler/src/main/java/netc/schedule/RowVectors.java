package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * A kernel of one example with its innermost loops, along the last axis of what it stores, as loops over
 * vectors. The last vector of a row overlaps the one before it, where the row is no multiple. Conditions
 * that are the same along the row are decided in front of it.
 */
final class RowVectors {
  private static final int MOST_CONDITIONS = 3;

  private final ScalarType real;
  private final Lifting lifting;

  private RowVectors(ScalarType real) {
    this.real = real;
    this.lifting = new Lifting(real);
  }

  /**
   * The kernel with vectors; empty when it has no loop of that kind.
   *
   * @param kernel of an equation without a reduction: no turn of a loop reads what another one stores
   */
  static Optional<Kernel> of(Kernel kernel, Arrays arrays, Refusals refusals) {
    var vectors = new RowVectors(arrays.real());
    return vectors.lifting.kernel(kernel, vectors.block(kernel.body()), refusals);
  }

  /** The call, with vectors where it has loops of that kind. */
  static KernelCall whereThatGoes(KernelCall call, Arrays arrays) {
    return of(call.kernel(), arrays, new Refusals()).map(call::with).orElse(call);
  }

  private List<Statement> block(List<Statement> statements) {
    return statements.stream()
        .flatMap(
            statement ->
                statement instanceof Statement.For loop ? loop(loop).stream() : Stream.of(statement))
        .toList();
  }

  private List<Statement> loop(Statement.For loop) {
    return alongRow(loop, loop.body(), MOST_CONDITIONS)
        .map(List::of)
        .or(() -> ShortRows.of(loop).flatMap(this::behind))
        .orElseGet(() -> List.of(loop.with(block(loop.body()))));
  }

  /** The arguments in rows as they are, then the function of all of them. */
  private Optional<List<Statement>> behind(ShortRows rows) {
    return alongRow(rows.function(), rows.function().body(), 0)
        .map(function -> List.of(rows.arguments(), function));
  }

  private Optional<Statement> alongRow(Statement.For loop, List<Statement> body, int conditions) {
    boolean isRow =
        loop.from().equals(Ints.of(0))
            && loop.step() == 1
            && loop.to() instanceof Scalar.IntLiteral(int length)
            && length >= LaneRuns.LINE
            && body.size() == 1
            && body.getFirst() instanceof Statement.Store;
    if (!isRow) {
      return Optional.empty();
    }
    var store = (Statement.Store) body.getFirst();
    Optional<Scalar> condition =
        conditions > 0 ? sharedCondition(store.value(), loop.variable()) : Optional.empty();
    if (condition.isPresent()) {
      return decided(loop, store, condition.get(), true, conditions)
          .flatMap(
              then ->
                  decided(loop, store, condition.get(), false, conditions)
                      .map(
                          otherwise ->
                              new Statement.If(
                                  condition.get(), List.of(then), List.of(otherwise))));
    }
    int length = ((Scalar.IntLiteral) loop.to()).value();
    return lifting.body(loop, body).map(vectors -> vectors(loop, length, vectors));
  }

  private Optional<Statement> decided(
      Statement.For loop, Statement.Store store, Scalar condition, boolean truth, int conditions) {
    var decided =
        new Statement.Store(store.array(), store.index(), assume(store.value(), condition, truth));
    return alongRow(loop, List.of(decided), conditions - 1);
  }

  private Statement vectors(Statement.For loop, int length, List<Statement> body) {
    if (length % LaneRuns.LINE == 0) {
      return new Statement.ForVectors(
          loop.variable(), Ints.of(0), Ints.of(length), 1, real, body);
    }
    String next = loop.variable() + "_next";
    Scalar last =
        new Scalar.Arithmetic(
            Scalar.Operator.SUBTRACT, Ints.of(length), new Scalar.LaneCount(real));
    var inside = new ArrayList<Statement>();
    inside.add(new Statement.Let(loop.variable(), Ints.min(Ints.local(next), last)));
    inside.addAll(body);
    return new Statement.ForVectors(next, Ints.of(0), Ints.of(length), 1, real, inside);
  }

  // ---------- conditions ----------

  /** A condition of integers that are the same along the row. */
  private static Optional<Scalar> sharedCondition(Scalar value, String variable) {
    return switch (value) {
      case Scalar.Choose(var condition, var then, var otherwise) ->
          isShared(condition, variable)
              ? Optional.of(condition)
              : sharedCondition(then, variable).or(() -> sharedCondition(otherwise, variable));
      case Scalar.Arithmetic(_, var left, var right) ->
          sharedCondition(left, variable).or(() -> sharedCondition(right, variable));
      case Scalar.Negate(var inner) -> sharedCondition(inner, variable);
      case Scalar.Call(_, var arguments, _) ->
          arguments.stream().flatMap(a -> sharedCondition(a, variable).stream()).findFirst();
      default -> Optional.empty();
    };
  }

  /** Whether it can be decided anywhere: it loads nothing. */
  private static boolean isShared(Scalar value, String variable) {
    return switch (value) {
      case Scalar.Local(var name, var type) -> type == ScalarType.INT && !name.equals(variable);
      case Scalar.IntLiteral _, Scalar.BooleanLiteral _ -> true;
      case Scalar.Arithmetic(_, var left, var right) ->
          isShared(left, variable) && isShared(right, variable);
      case Scalar.Compare(_, var left, var right) ->
          isShared(left, variable) && isShared(right, variable);
      case Scalar.Not(var inner) -> isShared(inner, variable);
      case Scalar.And(var left, var right) -> isShared(left, variable) && isShared(right, variable);
      case Scalar.Or(var left, var right) -> isShared(left, variable) && isShared(right, variable);
      default -> false;
    };
  }

  /** The value where the condition is known. */
  private static Scalar assume(Scalar value, Scalar condition, boolean truth) {
    return switch (value) {
      case Scalar.Choose(var chosen, var then, var otherwise) ->
          chosen.equals(condition)
              ? assume(truth ? then : otherwise, condition, truth)
              : new Scalar.Choose(
                  chosen, assume(then, condition, truth), assume(otherwise, condition, truth));
      case Scalar.Arithmetic(var operator, var left, var right) ->
          new Scalar.Arithmetic(
              operator, assume(left, condition, truth), assume(right, condition, truth));
      case Scalar.Negate(var inner) -> new Scalar.Negate(assume(inner, condition, truth));
      case Scalar.Call(var function, var arguments, var type) ->
          new Scalar.Call(
              function, arguments.stream().map(a -> assume(a, condition, truth)).toList(), type);
      default -> value;
    };
  }
}

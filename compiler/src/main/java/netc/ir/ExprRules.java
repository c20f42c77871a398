package netc.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules inside the expressions of one step; part of {@link Verifier}. */
final class ExprRules {
  private final Step.Single step;
  private final Verifier.Stage stage;
  private final Set<Index> bound;
  private final List<String> errors = new ArrayList<>();

  ExprRules(Step.Single step, Verifier.Stage stage) {
    this.step = step;
    this.stage = stage;
    this.bound = new HashSet<>(Indices.of(step));
  }

  List<String> errors() {
    return errors;
  }

  void check() {
    switch (step) {
      case Step.Equation equation -> {
        Bounds bounds = filter(equation.reduction().flatMap(Reduction::filter));
        if (equation.body() instanceof Expr.Custom custom) {
          customStandsAlone(equation);
          expr(custom.value(), bounds);
          expr(custom.argument(), bounds);
          expr(custom.derivative(), bounds);
        } else {
          expr(equation.body(), bounds);
        }
      }
      case Step.Scatter scatter -> {
        Bounds bounds = filter(scatter.filter());
        scatter.at().forEach(s -> subscript(s, bounds));
        expr(scatter.body(), bounds);
      }
    }
  }

  private Bounds filter(Optional<Expr> filter) {
    filter.ifPresent(
        f -> {
          conditionIsBool(f);
          expr(f, Bounds.NONE);
        });
    return filter.map(f -> Bounds.NONE.given(f, true)).orElse(Bounds.NONE);
  }

  private void customStandsAlone(Step.Equation equation) {
    if (equation.reduction().isPresent()) {
      errors.add("a function with its own derivative stands in no reduction");
    }
  }

  private void expr(Expr expr, Bounds bounds) {
    switch (expr) {
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.BatchSize _ -> {}
      case Expr.Position(Index index) -> indexIsBound(index);
      case Expr.Training() -> trainingIsDecided();
      case Expr.Read read -> read(read, bounds);
      case Expr.Apply apply -> {
        argumentsFit(apply);
        arguments(apply, bounds);
      }
      case Expr.Select(var condition, var then, var otherwise) -> {
        conditionIsBool(condition);
        branchesAgree(then, otherwise);
        expr(condition, bounds);
        expr(then, bounds.given(condition, true));
        expr(otherwise, bounds.given(condition, false));
      }
      case Expr.Custom _ ->
          errors.add("a function with its own derivative is the whole body of its equation");
    }
  }

  /** What stands right of AND is computed only where the left holds; of OR, only where it does not. */
  private void arguments(Expr.Apply apply, Bounds bounds) {
    Bounds known = bounds;
    for (Expr argument : apply.arguments()) {
      expr(argument, known);
      if (apply.primitive() == Primitive.AND || apply.primitive() == Primitive.OR) {
        known = known.given(argument, apply.primitive() == Primitive.AND);
      }
    }
  }

  private void indexIsBound(Index index) {
    if (!bound.contains(index)) {
      errors.add("index `" + index.name() + "` is not bound here");
    }
  }

  private void trainingIsDecided() {
    if (stage == Verifier.Stage.FORM) {
      errors.add("`training` is decided in a form");
    }
  }

  private void conditionIsBool(Expr condition) {
    if (condition.type() != ElementType.BOOL) {
      errors.add("a condition is BOOL, not " + condition.type());
    }
  }

  private void branchesAgree(Expr then, Expr otherwise) {
    if (then.type() != otherwise.type()) {
      errors.add("branches are " + then.type() + " and " + otherwise.type());
    }
  }

  private void argumentsFit(Expr.Apply apply) {
    Primitive primitive = apply.primitive();
    if (apply.arguments().size() != primitive.arity()) {
      errors.add(primitive + " takes " + primitive.arity() + " arguments");
      return;
    }
    List<ElementType> types = apply.arguments().stream().map(Expr::type).toList();
    boolean fits =
        switch (primitive) {
          case ADD, SUBTRACT, MULTIPLY, NEGATE, ABS, SIGN, MIN, MAX, CLAMP, LESS, AT_MOST, GREATER,
              AT_LEAST ->
              agree(types) && types.getFirst() != ElementType.BOOL;
          case EQUAL, DIFFERENT, STOP -> agree(types);
          case DIVIDE, POWER, EXP, EXPM1, LOG, LOG1P, SQRT, SIN, COS, TAN, TANH, ATAN, ERF, FLOOR, CEIL,
              ROUND ->
              types.stream().allMatch(t -> t == ElementType.REAL);
          case POWER_WHOLE ->
              types.getFirst() == ElementType.REAL && apply.arguments().get(1) instanceof Expr.Int;
          case FLOOR_DIVIDE, REMAINDER ->
              types.stream().allMatch(t -> t == ElementType.INT) && divisorIsPositive(apply);
          case NOT, AND, OR -> types.stream().allMatch(t -> t == ElementType.BOOL);
          case TO_REAL -> types.getFirst() != ElementType.REAL;
        };
    if (!fits) {
      errors.add(primitive + " does not take " + types);
    }
  }

  private static boolean agree(List<ElementType> types) {
    return types.stream().allMatch(t -> t == types.getFirst());
  }

  private static boolean divisorIsPositive(Expr.Apply apply) {
    return Bounds.NONE.of(apply.arguments().get(1)).low() > 0;
  }

  private void read(Expr.Read read, Bounds bounds) {
    if (read.at().size() != read.tensor().rank()) {
      errors.add("`" + read.tensor().name() + "` is read with " + read.at().size() + " subscripts");
      return;
    }
    read.at().forEach(s -> subscript(s, bounds));
    read.outside()
        .ifPresent(
            outside -> {
              branchesAgree(read, outside);
              expr(outside, bounds);
            });
    for (int axis = 0; axis < read.tensor().rank(); axis++) {
      Extent extent = read.tensor().shape().get(axis);
      switch (extent) {
        case Extent.Batch() -> batchIsReadByRow(read, axis);
        case Extent.Const(int size) when read.outside().isEmpty() ->
            accessIsInside(read, axis, size, bounds);
        case Extent.Rows() when read.outside().isEmpty() -> rowIsInside(read, axis, bounds);
        case Extent.Const _, Extent.Rows _ -> {}
      }
    }
  }

  private void batchIsReadByRow(Expr.Read read, int axis) {
    if (Subscripts.bare(read.at().get(axis)).filter(i -> i.extent().isBatch()).isEmpty()) {
      errors.add("the batch of `" + read.tensor().name() + "` is read by no batch index");
    }
  }

  private void accessIsInside(Expr.Read read, int axis, int size, Bounds bounds) {
    Subscript at = read.at().get(axis);
    if (at instanceof Subscript.Exact) {
      errors.add("`" + read.tensor().name() + "` is read by an exact division without `else`");
      return;
    }
    Interval reach = bounds.of(at);
    if (!reach.isWithin(0, size - 1L)) {
      errors.add(
          "axis " + axis + " of `" + read.tensor().name() + "` is 0.." + (size - 1)
              + " but read at " + reach.low() + ".." + reach.high());
    }
  }

  private void rowIsInside(Expr.Read read, int axis, Bounds bounds) {
    if (!RowPositions.areInside(read.at().get(axis), bounds)) {
      errors.add(
          "axis " + axis + " of `" + read.tensor().name() + "` is all rows but read at no position of one");
    }
  }

  private void subscript(Subscript subscript, Bounds bounds) {
    switch (subscript) {
      case Subscript.Affine affine -> affine(affine);
      case Subscript.Quotient(var of, int by) -> divisor(of, by, bounds);
      case Subscript.Remainder(var of, int by) -> divisor(of, by, bounds);
      case Subscript.Exact(var of, int by) -> divisor(of, by, bounds);
      case Subscript.Clamp(var of, int size) -> divisor(of, size, bounds);
      case Subscript.Wrap(var of, int size) -> divisor(of, size, bounds);
      case Subscript.Gathered(var value) -> {
        if (value.type() != ElementType.INT) {
          errors.add("a gathered position is INT, not " + value.type());
        }
        expr(value, bounds);
      }
      case Subscript.Plus(var left, var right) -> {
        subscript(left, bounds);
        subscript(right, bounds);
      }
    }
  }

  private void affine(Subscript.Affine affine) {
    var seen = new HashSet<Index>();
    for (Subscript.Term term : affine.terms()) {
      indexIsBound(term.index());
      if (term.coefficient() == 0 || !seen.add(term.index())) {
        errors.add("an affine subscript has each index once, and no coefficient 0");
      }
    }
  }

  private void divisor(Subscript of, int by, Bounds bounds) {
    if (by < 1) {
      errors.add("a subscript divides by " + by);
    }
    subscript(of, bounds);
  }
}

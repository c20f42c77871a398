package netc.interpret;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.ir.Subscript;
import netc.ir.Tensor;

/** A scalar expression made ready to be evaluated at any point of its step's domain. */
interface Formula {

  /** The value at a point: one position an index of the step. */
  double at(int[] point);

  /** What the formulas of one step are made from. */
  record Scope(List<Index> indices, Function<Tensor, Values> values, int batchRows) {

    Formula formula(Expr expr) {
      return switch (expr) {
        case Expr.Real(double value) -> _ -> value;
        case Expr.Int(long value) -> _ -> value;
        case Expr.Bool(boolean value) -> _ -> Scalars.truth(value);
        case Expr.Position(Index index) -> position(index);
        case Expr.BatchSize() -> _ -> batchRows;
        case Expr.Training() ->
            throw new IllegalArgumentException("`training` is not decided in this program");
        case Expr.Read read -> new Access(this, read);
        case Expr.Apply(var primitive, var arguments) -> apply(primitive, arguments);
        case Expr.Select(var condition, var then, var otherwise) ->
            select(formula(condition), formula(then), formula(otherwise));
        case Expr.Custom(var value, _, _) -> formula(value);
      };
    }

    private Formula position(Index index) {
      int at = indices.indexOf(index);
      return point -> point[at];
    }

    private Formula apply(Primitive primitive, List<Expr> arguments) {
      Formula[] parts = arguments.stream().map(this::formula).toArray(Formula[]::new);
      if (primitive == Primitive.AND) {
        return select(parts[0], parts[1], _ -> 0);
      }
      if (primitive == Primitive.OR) {
        return select(parts[0], _ -> 1, parts[1]);
      }
      return point -> {
        double[] values = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
          values[i] = parts[i].at(point);
        }
        return Scalars.apply(primitive, values);
      };
    }

    /** Only the taken branch is evaluated. */
    private static Formula select(Formula condition, Formula then, Formula otherwise) {
      return point -> condition.at(point) != 0 ? then.at(point) : otherwise.at(point);
    }

    /** The position on one axis; {@link Position#OUTSIDE} where an exact division does not divide. */
    Position subscript(Subscript subscript) {
      return switch (subscript) {
        case Subscript.Affine(int constant, var terms) -> affine(constant, terms);
        case Subscript.Quotient(var of, int by) -> subscript(of).then(p -> Math.floorDiv(p, by));
        case Subscript.Remainder(var of, int by) -> subscript(of).then(p -> Math.floorMod(p, by));
        case Subscript.Wrap(var of, int size) -> subscript(of).then(p -> Math.floorMod(p, size));
        case Subscript.Clamp(var of, int size) ->
            subscript(of).then(p -> Math.clamp(p, 0, size - 1));
        case Subscript.Exact(var of, int by) ->
            subscript(of).then(p -> Math.floorMod(p, by) == 0 ? p / by : Position.OUTSIDE);
        case Subscript.Gathered(var value) -> {
          Formula formula = formula(value);
          yield point -> (long) formula.at(point);
        }
        case Subscript.Plus(var left, var right) -> sum(subscript(left), subscript(right));
      };
    }

    private Position affine(int constant, List<Subscript.Term> terms) {
      int[] at = terms.stream().mapToInt(t -> indices.indexOf(t.index())).toArray();
      int[] coefficients = terms.stream().mapToInt(Subscript.Term::coefficient).toArray();
      return point -> {
        long sum = constant;
        for (int i = 0; i < at.length; i++) {
          sum += (long) coefficients[i] * point[at[i]];
        }
        return sum;
      };
    }

    private static Position sum(Position left, Position right) {
      return point -> {
        long a = left.at(point);
        long b = right.at(point);
        return a == Position.OUTSIDE || b == Position.OUTSIDE ? Position.OUTSIDE : a + b;
      };
    }
  }

  /** A subscript made ready likewise. */
  interface Position {
    long OUTSIDE = Long.MIN_VALUE;

    long at(int[] point);

    default Position then(java.util.function.LongUnaryOperator next) {
      return point -> {
        long position = at(point);
        return position == OUTSIDE ? OUTSIDE : next.applyAsLong(position);
      };
    }
  }

  /** The row-major place of an access in its tensor, or -1 where a position lies outside. */
  final class Place {
    private final Position[] at;
    private final int[] shape;

    Place(Scope scope, List<Subscript> at, int[] shape) {
      this.at = at.stream().map(scope::subscript).toArray(Position[]::new);
      this.shape = shape;
    }

    int of(int[] point) {
      int place = 0;
      for (int axis = 0; axis < at.length; axis++) {
        long position = at[axis].at(point);
        if (position < 0 || position >= shape[axis]) {
          return -1;
        }
        place = place * shape[axis] + (int) position;
      }
      return place;
    }
  }

  /** The value of an access, or what lies outside. */
  final class Access implements Formula {
    private final Map.Entry<String, double[]> tensor;
    private final Place place;
    private final Formula outside;

    Access(Scope scope, Expr.Read read) {
      Values values = scope.values().apply(read.tensor());
      this.tensor = Map.entry(read.tensor().name(), values.data());
      this.place = new Place(scope, read.at(), values.shape());
      this.outside = read.outside().map(scope::formula).orElse(null);
    }

    @Override
    public double at(int[] point) {
      int at = place.of(point);
      if (at >= 0) {
        return tensor.getValue()[at];
      }
      if (outside == null) {
        throw new IllegalStateException(
            "`" + tensor.getKey() + "` is read outside, at point " + java.util.Arrays.toString(point));
      }
      return outside.at(point);
    }
  }
}

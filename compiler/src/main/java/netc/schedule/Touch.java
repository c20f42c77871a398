package netc.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.Statement;

/**
 * Where a kernel loads or stores an element of one of its arrays, in text order.
 *
 * @param array the name of the kernel's argument
 * @param row of an array of rows; 0 of a flat one
 * @param isWhole whether the whole array may be touched: it is passed to another kernel
 */
record Touch(String array, Scalar row, Scalar index, boolean isStore, boolean isWhole) {

  static List<Touch> of(Kernel kernel) {
    var walk = new Walk();
    walk.block(kernel.body());
    return walk.found;
  }

  /** The names of the arguments that a kernel writes. */
  static Set<String> written(Kernel kernel) {
    return of(kernel).stream().filter(Touch::isStore).map(Touch::array).collect(Collectors.toSet());
  }

  /** Of one statement inside of a kernel, whose rows are known by {@code names}. */
  static List<Touch> of(Statement statement, Map<String, Statement.LetRow> names) {
    var walk = new Walk();
    walk.rows.putAll(names);
    walk.statement(statement);
    return walk.found;
  }

  /** The rows that a kernel gives names to. */
  static Map<String, Statement.LetRow> rows(Kernel kernel) {
    var walk = new Walk();
    walk.block(kernel.body());
    return walk.rows;
  }

  boolean isSamePlace(Touch other) {
    return !isWhole && !other.isWhole && row.equals(other.row) && index.equals(other.index);
  }

  private static final class Walk {
    private final List<Touch> found = new ArrayList<>();
    private final Map<String, Statement.LetRow> rows = new HashMap<>();

    void block(List<Statement> statements) {
      statements.forEach(this::statement);
    }

    void statement(Statement statement) {
      switch (statement) {
        case Statement.For(_, var from, var to, _, var body) -> {
          loads(from);
          loads(to);
          block(body);
        }
        case Statement.ForVectors(_, var from, var to, _, _, var body) -> {
          loads(from);
          loads(to);
          block(body);
        }
        case Statement.If(var condition, var then, var otherwise) -> {
          loads(condition);
          block(then);
          block(otherwise);
        }
        case Statement.Invoke invoke -> invoke(invoke);
        case Statement.Let(_, var value) -> loads(value);
        case Statement.LetRow row -> {
          loads(row.index());
          rows.put(row.name(), row);
        }
        case Statement.Assign(_, var value) -> loads(value);
        case Statement.Store(var array, var index, var value) -> store(array, index, value);
        case Statement.StoreVector(var array, var index, var value) -> store(array, index, value);
        case Statement.StoreLane(var array, var row, var lane, var value) -> {
          loads(row);
          loads(lane);
          loads(value);
          found.add(new Touch(array, row, lane, true, false));
        }
      }
    }

    private void store(String array, Scalar index, Scalar value) {
      loads(index);
      loads(value);
      add(array, index, true);
    }

    private void add(String array, Scalar index, boolean isStore) {
      Statement.LetRow row = rows.get(array);
      found.add(
          row == null
              ? new Touch(array, Ints.of(0), index, isStore, false)
              : new Touch(row.rows(), row.index(), index, isStore, false));
    }

    /** What the other kernel touches, of the arrays as this one calls them. */
    private void invoke(Statement.Invoke invoke) {
      invoke.ints().forEach(this::loads);
      for (Touch inside : of(invoke.kernel())) {
        List<String> names = invoke.kernel().arrays().stream().map(Kernel.Argument::name).toList();
        String passed = invoke.arrays().get(names.indexOf(inside.array()));
        Statement.LetRow row = rows.get(passed);
        found.add(
            new Touch(row == null ? passed : row.rows(), Ints.of(0), Ints.of(0), inside.isStore(), true));
      }
    }

    private void loads(Scalar scalar) {
      switch (scalar) {
        case Scalar.Load(var array, var index, _) -> {
          loads(index);
          add(array, index, false);
        }
        case Scalar.LoadVector(var array, var index, _) -> {
          loads(index);
          add(array, index, false);
        }
        case Scalar.LoadLane(var array, var row, var lane, _) -> {
          loads(row);
          loads(lane);
          found.add(new Touch(array, row, lane, false, false));
        }
        case Scalar.Broadcast(var value) -> loads(value);
        case Scalar.Reinterpret(var value) -> loads(value);
        case Scalar.LaneByLane(_, var argument, _, var value) -> {
          loads(argument);
          loads(value);
        }
        case Scalar.Shift(var value, _) -> loads(value);
        case Scalar.Arithmetic(_, var left, var right) -> {
          loads(left);
          loads(right);
        }
        case Scalar.Negate(var value) -> loads(value);
        case Scalar.Compare(_, var left, var right) -> {
          loads(left);
          loads(right);
        }
        case Scalar.Not(var value) -> loads(value);
        case Scalar.And(var left, var right) -> {
          loads(left);
          loads(right);
        }
        case Scalar.Or(var left, var right) -> {
          loads(left);
          loads(right);
        }
        case Scalar.Choose(var condition, var then, var otherwise) -> {
          loads(condition);
          loads(then);
          loads(otherwise);
        }
        case Scalar.Convert(var value, _) -> loads(value);
        case Scalar.Call(_, var arguments, _) -> arguments.forEach(this::loads);
        case Scalar.JavaRelease _, Scalar.Local _, Scalar.RealLiteral _, Scalar.IntLiteral _, Scalar.BooleanLiteral _,
            Scalar.LaneCount _ -> {}
      }
    }
  }
}

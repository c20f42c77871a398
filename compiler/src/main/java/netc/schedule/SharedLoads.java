package netc.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.loop.Scalar;
import netc.loop.Statement;

/**
 * Statements in which what several of them load is loaded once, in front of all: the JIT compiler cannot
 * do so, since it does not know that the stores between them go elsewhere. What is loaded under a condition
 * alone stays there: elsewhere the position may lie outside of the array.
 */
final class SharedLoads {
  private final Map<Scalar, Integer> uses = new LinkedHashMap<>();
  private final Map<Scalar, String> names = new HashMap<>();

  private SharedLoads() {}

  /**
   * @param statements that store to arrays which they do not load from, but where they store next
   */
  static List<Statement> of(List<Statement> statements) {
    return of(statements, Integer.MAX_VALUE);
  }

  /**
   * The same for a few loads: those that are needed first.
   *
   * @param most so many loads
   */
  static List<Statement> of(List<Statement> statements, int most) {
    var shared = new SharedLoads();
    statements.forEach(statement -> shared.count(value(statement), true));
    var all = new ArrayList<Statement>();
    shared.uses.forEach(
        (load, count) -> {
          if (count > 1 && shared.names.size() < most) {
            String name = "shared" + shared.names.size();
            shared.names.put(load, name);
            all.add(new Statement.Let(name, load));
          }
        });
    statements.forEach(statement -> all.add(shared.replaced(statement)));
    return all;
  }

  private static Scalar value(Statement statement) {
    return switch (statement) {
      case Statement.Let(_, var value) -> value;
      case Statement.Store(_, _, var value) -> value;
      case Statement.StoreVector(_, _, var value) -> value;
      case Statement.For _,
          Statement.ForVectors _,
          Statement.If _,
          Statement.Invoke _,
          Statement.LetRow _,
          Statement.Assign _,
          Statement.StoreLane _ ->
          throw new IllegalArgumentException("no plain line: " + statement);
    };
  }

  private Statement replaced(Statement statement) {
    return switch (statement) {
      case Statement.Store(var array, var index, var value) ->
          new Statement.Store(array, index, replaced(value));
      case Statement.StoreVector(var array, var index, var value) ->
          new Statement.StoreVector(array, index, replaced(value));
      default -> new Statement.Let(((Statement.Let) statement).name(), replaced(value(statement)));
    };
  }

  /**
   * @param isAlways whether the value is computed under no condition; vectors always are
   */
  private void count(Scalar scalar, boolean isAlways) {
    switch (scalar) {
      case Scalar.LoadVector _, Scalar.Broadcast _ -> uses.merge(scalar, 1, Integer::sum);
      case Scalar.Load _ -> {
        if (isAlways) {
          uses.merge(scalar, 1, Integer::sum);
        }
      }
      case Scalar.Arithmetic(_, var left, var right) -> count(left, right, isAlways);
      case Scalar.Negate(var value) -> count(value, isAlways);
      case Scalar.Compare(_, var left, var right) -> count(left, right, isAlways);
      case Scalar.Not(var value) -> count(value, isAlways);
      case Scalar.And(var left, var right) -> {
        count(left, isAlways);
        count(right, false);
      }
      case Scalar.Or(var left, var right) -> {
        count(left, isAlways);
        count(right, false);
      }
      case Scalar.Choose(var condition, var then, var otherwise) -> {
        count(condition, isAlways);
        count(then, otherwise, false);
      }
      // Of fma(a, x, sum) what the sum needs is needed first.
      case Scalar.Call(_, var arguments, _) -> arguments.reversed().forEach(a -> count(a, isAlways));
      case Scalar.LaneByLane(_, var argument, _, var value) -> count(argument, value, isAlways);
      case Scalar.Reinterpret(var value) -> count(value, isAlways);
      case Scalar.Shift(var value, _) -> count(value, isAlways);
      case Scalar.JavaRelease _, Scalar.Local _, Scalar.RealLiteral _, Scalar.IntLiteral _, Scalar.BooleanLiteral _,
          Scalar.LoadLane _, Scalar.LaneCount _, Scalar.Convert _ -> {}
    }
  }

  private void count(Scalar left, Scalar right, boolean isAlways) {
    count(left, isAlways);
    count(right, isAlways);
  }

  private Scalar replaced(Scalar scalar) {
    String name = names.get(scalar);
    if (name != null) {
      return new Scalar.Local(name, scalar.type());
    }
    return switch (scalar) {
      case Scalar.Arithmetic(var operator, var left, var right) ->
          new Scalar.Arithmetic(operator, replaced(left), replaced(right));
      case Scalar.Negate(var value) -> new Scalar.Negate(replaced(value));
      case Scalar.Compare(var comparison, var left, var right) ->
          new Scalar.Compare(comparison, replaced(left), replaced(right));
      case Scalar.Not(var value) -> new Scalar.Not(replaced(value));
      case Scalar.And(var left, var right) -> new Scalar.And(replaced(left), replaced(right));
      case Scalar.Or(var left, var right) -> new Scalar.Or(replaced(left), replaced(right));
      case Scalar.Choose(var condition, var then, var otherwise) ->
          new Scalar.Choose(replaced(condition), replaced(then), replaced(otherwise));
      case Scalar.Call(var function, var arguments, var type) ->
          new Scalar.Call(function, arguments.stream().map(this::replaced).toList(), type);
      case Scalar.LaneByLane(var function, var argument, float bound, var value) ->
          new Scalar.LaneByLane(function, replaced(argument), bound, replaced(value));
      case Scalar.Reinterpret(var value) -> new Scalar.Reinterpret(replaced(value));
      case Scalar.Shift(var value, int by) -> new Scalar.Shift(replaced(value), by);
      case Scalar.JavaRelease _, Scalar.Local _, Scalar.RealLiteral _, Scalar.IntLiteral _, Scalar.BooleanLiteral _,
          Scalar.Load _, Scalar.LoadLane _, Scalar.LoadVector _, Scalar.Broadcast _,
          Scalar.LaneCount _, Scalar.Convert _ ->
          scalar;
    };
  }
}

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
 * do so, since it does not know that the stores between them go elsewhere.
 */
final class SharedLoads {
  private final Map<Scalar, String> names = new HashMap<>();

  private SharedLoads() {}

  /**
   * @param statements that store to arrays which they do not load from, but where they store next
   */
  static List<Statement> of(List<Statement> statements) {
    Map<Scalar, Integer> uses = new LinkedHashMap<>();
    statements.forEach(statement -> count(value(statement), uses));
    var shared = new SharedLoads();
    var all = new ArrayList<Statement>();
    uses.forEach(
        (load, count) -> {
          if (count > 1) {
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
      case Statement.StoreVector(_, _, var value) -> value;
      case Statement.For _,
          Statement.ForVectors _,
          Statement.If _,
          Statement.Invoke _,
          Statement.LetRow _,
          Statement.Assign _,
          Statement.Store _,
          Statement.StoreLane _ ->
          throw new IllegalArgumentException("no plain line of vectors: " + statement);
    };
  }

  private Statement replaced(Statement statement) {
    return statement instanceof Statement.StoreVector(var array, var index, var value)
        ? new Statement.StoreVector(array, index, replaced(value))
        : new Statement.Let(((Statement.Let) statement).name(), replaced(value(statement)));
  }

  private static void count(Scalar scalar, Map<Scalar, Integer> uses) {
    switch (scalar) {
      case Scalar.LoadVector _, Scalar.Broadcast _ -> uses.merge(scalar, 1, Integer::sum);
      case Scalar.Arithmetic(_, var left, var right) -> count(left, right, uses);
      case Scalar.Negate(var value) -> count(value, uses);
      case Scalar.Compare(_, var left, var right) -> count(left, right, uses);
      case Scalar.Not(var value) -> count(value, uses);
      case Scalar.And(var left, var right) -> count(left, right, uses);
      case Scalar.Or(var left, var right) -> count(left, right, uses);
      case Scalar.Choose(var condition, var then, var otherwise) -> {
        count(condition, uses);
        count(then, otherwise, uses);
      }
      case Scalar.Call(_, var arguments, _) -> arguments.forEach(a -> count(a, uses));
      case Scalar.LaneByLane(_, var argument, _, var value) -> count(argument, value, uses);
      case Scalar.Reinterpret(var value) -> count(value, uses);
      case Scalar.Shift(var value, _) -> count(value, uses);
      case Scalar.Local _, Scalar.RealLiteral _, Scalar.IntLiteral _, Scalar.BooleanLiteral _,
          Scalar.Load _, Scalar.LoadLane _, Scalar.LaneCount _, Scalar.Convert _ -> {}
    }
  }

  private static void count(Scalar left, Scalar right, Map<Scalar, Integer> uses) {
    count(left, uses);
    count(right, uses);
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
      case Scalar.Local _, Scalar.RealLiteral _, Scalar.IntLiteral _, Scalar.BooleanLiteral _,
          Scalar.Load _, Scalar.LoadLane _, Scalar.LoadVector _, Scalar.Broadcast _,
          Scalar.LaneCount _, Scalar.Convert _ ->
          scalar;
    };
  }
}

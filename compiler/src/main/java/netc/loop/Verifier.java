package netc.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of a kernel: names are declared before their use, once, and types agree. */
public final class Verifier {
  private final List<String> errors = new ArrayList<>();
  private final Map<String, ArrayType> arrays = new HashMap<>();
  private final Map<String, ScalarType> locals = new HashMap<>();
  private final Set<String> loopVariables = new HashSet<>();

  private Verifier() {}

  /** What is wrong, one sentence a mistake; empty for a good kernel. */
  public static List<String> check(Kernel kernel) {
    var verifier = new Verifier();
    for (Kernel.Argument argument : kernel.arrays()) {
      verifier.declareArray(argument.name(), argument.type());
    }
    for (String name : kernel.intArguments()) {
      verifier.declareLocal(name, ScalarType.INT);
      verifier.loopVariables.add(name); // nobody writes them either
    }
    verifier.block(kernel.body());
    return List.copyOf(verifier.errors);
  }

  // ---------- names ----------

  private void declareArray(String name, ArrayType type) {
    declare(name);
    arrays.put(name, type);
  }

  private void declareLocal(String name, ScalarType type) {
    declare(name);
    locals.put(name, type);
  }

  private void declare(String name) {
    if (arrays.containsKey(name) || locals.containsKey(name)) {
      error("`" + name + "` is declared twice");
    }
  }

  private void block(List<Statement> statements) {
    Set<String> outerArrays = new HashSet<>(arrays.keySet());
    Set<String> outerLocals = new HashSet<>(locals.keySet());
    statements.forEach(this::statement);
    arrays.keySet().retainAll(outerArrays);
    locals.keySet().retainAll(outerLocals);
  }

  // ---------- statements ----------

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.For loop -> loop(loop.variable(), loop.from(), loop.to(), loop.step(), loop.body());
      case Statement.ForVectors loop -> {
        real(loop.element(), "the lanes of");
        loop(loop.variable(), loop.from(), loop.to(), loop.count(), loop.body());
      }
      case Statement.Invoke invoke -> invoke(invoke);
      case Statement.Let(var name, var value) -> {
        scalar(value);
        declareLocal(name, value.type());
      }
      case Statement.LetRow(var name, var rows, var element, var index) -> {
        array(rows, 2, element);
        integer(index, "the index of a row");
        declareArray(name, new ArrayType(element, 1));
      }
      case Statement.Assign(var name, var value) -> {
        scalar(value);
        assignable(name, value.type());
      }
      case Statement.Store(var array, var index, var value) -> {
        array(array, 1, value.type());
        integer(index, "an index");
        scalar(value);
      }
      case Statement.StoreLane(var array, var row, var lane, var value) -> {
        array(array, 2, value.type());
        integer(row, "the index of a row");
        integer(lane, "an index");
        scalar(value);
      }
      case Statement.StoreVector(var array, var index, var value) -> {
        vector(value, "a vector is stored of");
        if (value.type().isVector()) {
          array(array, 1, value.type().counterpart());
        }
        integer(index, "an index");
      }
      case Statement.If(var condition, var then, var otherwise) -> {
        condition(condition);
        block(then);
        block(otherwise);
      }
    }
  }

  private void loop(String variable, Scalar from, Scalar to, int step, List<Statement> body) {
    integer(from, "the beginning of a loop");
    integer(to, "the end of a loop");
    if (step <= 0) {
      error("the loop over `" + variable + "` steps by " + step);
    }
    declareLocal(variable, ScalarType.INT);
    loopVariables.add(variable);
    block(body);
    locals.remove(variable);
    loopVariables.remove(variable);
  }

  private void invoke(Statement.Invoke invoke) {
    Kernel kernel = invoke.kernel();
    errors.addAll(check(kernel));
    if (kernel.usesRows() || kernel.usesTime()) {
      error("a kernel that is called by another takes its ints by name");
    }
    if (invoke.arrays().size() != kernel.arrays().size()
        || invoke.ints().size() != kernel.ints().size()) {
      error(
          "a kernel of " + kernel.arrays().size() + " arrays and " + kernel.ints().size()
              + " ints is called with " + invoke.arrays().size() + " and " + invoke.ints().size());
      return;
    }
    for (int i = 0; i < invoke.arrays().size(); i++) {
      ArrayType type = kernel.arrays().get(i).type();
      array(invoke.arrays().get(i), type.rank(), type.element());
    }
    invoke.ints().forEach(value -> integer(value, "an int argument"));
  }

  private void assignable(String name, ScalarType type) {
    if (!locals.containsKey(name)) {
      error("`" + name + "` is assigned before it is declared");
    } else if (loopVariables.contains(name)) {
      error("`" + name + "` counts a loop or is an argument, and is assigned");
    } else if (locals.get(name) != type) {
      error("`" + name + "` is " + locals.get(name) + " and is assigned " + type);
    }
  }

  private void array(String name, int rank, ScalarType element) {
    ArrayType type = arrays.get(name);
    if (type == null) {
      error("there is no array `" + name + "`");
    } else if (type.rank() != rank || type.element() != element) {
      error(
          "`" + name + "` is " + type.javaName() + ", not " + element.javaName() + "[]".repeat(rank));
    }
  }

  // ---------- scalars ----------

  private void scalar(Scalar scalar) {
    switch (scalar) {
      case Scalar.RealLiteral(_, var type) -> {
        if (!type.isReal()) {
          error("a real literal is no " + type);
        }
      }
      case Scalar.IntLiteral _, Scalar.JavaRelease _ -> {}
      case Scalar.BooleanLiteral _ -> {}
      case Scalar.Local(var name, var type) -> local(name, type);
      case Scalar.Load(var array, var index, var type) -> {
        array(array, 1, type);
        integer(index, "an index");
      }
      case Scalar.LoadLane(var array, var row, var lane, var type) -> {
        array(array, 2, type);
        integer(row, "the index of a row");
        integer(lane, "an index");
      }
      case Scalar.OfVectors ofVectors -> ofVectors(ofVectors);
      case Scalar.Arithmetic(var operator, var left, var right) -> {
        number(left, operator.symbol());
        number(right, operator.symbol());
        equal(left, right, operator.symbol());
      }
      case Scalar.Negate(var value) -> number(value, "-");
      case Scalar.Compare(var comparison, var left, var right) -> {
        scalar(left);
        scalar(right);
        equal(left, right, comparison.symbol());
      }
      case Scalar.Not(var value) -> truth(value);
      case Scalar.And(var left, var right) -> {
        truth(left);
        truth(right);
        sameTruth(left, right, "&&");
      }
      case Scalar.Or(var left, var right) -> {
        truth(left);
        truth(right);
        sameTruth(left, right, "||");
      }
      case Scalar.Choose(var condition, var then, var otherwise) -> {
        if (then.type().isVector()) {
          mask(condition);
        } else {
          condition(condition);
        }
        scalar(then);
        scalar(otherwise);
        equal(then, otherwise, "?:");
      }
      case Scalar.Convert(var value, var type) -> {
        scalar(value);
        if (type == ScalarType.BOOLEAN && value.type().isReal()) {
          error("a " + value.type() + " is converted to BOOLEAN");
        }
      }
      case Scalar.Call call -> call(call);
    }
  }

  private void ofVectors(Scalar.OfVectors scalar) {
    switch (scalar) {
      case Scalar.LoadVector(var array, var index, var type) -> {
        if (type.isVector()) {
          array(array, 1, type.counterpart());
        } else {
          error("a vector of " + type + " is loaded");
        }
        integer(index, "an index");
      }
      case Scalar.Broadcast(var value) -> {
        scalar(value);
        if (value.type() != ScalarType.INT) {
          real(value.type(), "a vector is filled with");
        }
      }
      case Scalar.Reinterpret(var value) -> {
        scalar(value);
        if (value.type() != ScalarType.FLOATS && value.type() != ScalarType.INTS) {
          error("the bits are taken of " + value.type());
        }
      }
      case Scalar.Shift(var value, _) -> {
        scalar(value);
        if (value.type() != ScalarType.INTS) {
          error("a shift is of " + value.type());
        }
      }
      case Scalar.LaneByLane(var function, var argument, _, var value) -> {
        call(new Scalar.Call(function, List.of(argument), ScalarType.FLOATS));
        scalar(value);
        if (value.type() != ScalarType.FLOATS) {
          error("lanes are replaced in " + value.type());
        }
      }
      case Scalar.LaneCount(var element) -> real(element, "the lanes of");
    }
  }

  private void local(String name, ScalarType type) {
    ScalarType declared = locals.get(name);
    if (declared == null) {
      error("`" + name + "` is read before it is declared");
    } else if (declared != type) {
      error("`" + name + "` is " + declared + " and is read as " + type);
    }
  }

  private void call(Scalar.Call call) {
    call.arguments().forEach(this::scalar);
    List<ScalarType> given = call.arguments().stream().map(Scalar::type).toList();
    ScalarType type = call.type();
    List<ScalarType> wanted =
        switch (call.function()) {
          case POWER, MIN, MAX, FLOOR_DIVIDE, FLOOR_REMAINDER -> List.of(type, type);
          case POWER_WHOLE -> List.of(type, ScalarType.INT);
          case FMA -> List.of(type, type, type);
          case EXP, EXPM1, LOG, LOG1P, SQRT, ABS, SIGN, SIN, COS, TAN, TANH, ATAN, ERF, FLOOR, CEIL, ROUND ->
              List.of(type);
        };
    boolean takesType =
        switch (call.function()) {
          case MIN, MAX, ABS, SIGN -> type == ScalarType.INT || type.isReal() || type.isVector();
          case FLOOR_DIVIDE, FLOOR_REMAINDER -> type == ScalarType.INT;
          default -> type.isReal() || type.isVector() && type != ScalarType.INTS;
        };
    if (!given.equals(wanted) || !takesType) {
      error(call.function() + " to " + type + " does not take " + given);
    }
  }

  private void integer(Scalar scalar, String what) {
    scalar(scalar);
    if (scalar.type() != ScalarType.INT) {
      error(what + " is " + scalar.type());
    }
  }

  private void condition(Scalar scalar) {
    scalar(scalar);
    if (scalar.type() != ScalarType.BOOLEAN) {
      error("a condition is " + scalar.type());
    }
  }

  /** A condition, or in every lane one. */
  private void truth(Scalar scalar) {
    if (scalar.type() == ScalarType.MASK) {
      scalar(scalar);
    } else {
      condition(scalar);
    }
  }

  private void sameTruth(Scalar left, Scalar right, String operator) {
    if ((left.type() == ScalarType.MASK) != (right.type() == ScalarType.MASK)) {
      equal(left, right, operator);
    }
  }

  private void mask(Scalar scalar) {
    scalar(scalar);
    if (scalar.type() != ScalarType.MASK) {
      error("a choice between vectors is made by " + scalar.type());
    }
  }

  private void vector(Scalar scalar, String what) {
    scalar(scalar);
    if (!scalar.type().isVector()) {
      error(what + " " + scalar.type());
    }
  }

  private void real(ScalarType type, String what) {
    if (!type.isReal()) {
      error(what + " " + type);
    }
  }

  private void number(Scalar scalar, String operator) {
    scalar(scalar);
    if (scalar.type() == ScalarType.BOOLEAN || scalar.type() == ScalarType.MASK) {
      error("`" + operator + "` takes a " + scalar.type());
    }
  }

  private void equal(Scalar left, Scalar right, String operator) {
    if (Stream.of(left, right).map(Scalar::type).distinct().count() > 1) {
      error("`" + operator + "` takes " + left.type() + " and " + right.type());
    }
  }

  private void error(String sentence) {
    errors.add(sentence);
  }
}

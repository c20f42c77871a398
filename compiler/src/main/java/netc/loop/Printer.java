package netc.loop;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A kernel as one would write it in Java; names of functions as in {@link Scalar.Function}. */
public final class Printer {
  private final StringBuilder out = new StringBuilder();

  private Printer() {}

  public static String print(Kernel kernel) {
    var printer = new Printer();
    String arrays =
        kernel.arrays().stream()
            .map(argument -> argument.type().javaName() + " " + argument.name())
            .collect(Collectors.joining(", "));
    String ints = kernel.ints().isEmpty() ? "" : "; " + String.join(", ", kernel.ints());
    String rows =
        kernel.usesRows()
            ? "; " + Kernel.ROWS + ", " + Kernel.FIRST_ROW + ", " + Kernel.BATCH_ROWS
            : "";
    String time = kernel.usesTime() ? "; " + Kernel.TIME : "";
    printer.line(0, "kernel(" + arrays + ints + rows + time + ") {");
    printer.block(kernel.body(), 1);
    printer.line(0, "}");
    return printer.out.toString();
  }

  private void block(List<Statement> statements, int depth) {
    statements.forEach(statement -> statement(statement, depth));
  }

  private void statement(Statement statement, int depth) {
    switch (statement) {
      case Statement.For(var variable, var from, var to, int step, var body) -> {
        String next = step == 1 ? variable + "++" : variable + " += " + step;
        line(
            depth,
            "for (int " + variable + " = " + print(from) + "; " + variable + " < " + print(to) + "; "
                + next + ") {");
        block(body, depth + 1);
        line(depth, "}");
      }
      case Statement.ForVectors(var variable, var from, var to, int count, var element, var body) -> {
        String step = (count == 1 ? "" : count + " * ") + print(new Scalar.LaneCount(element));
        line(
            depth,
            "for (int " + variable + " = " + print(from) + "; " + variable + " < " + print(to) + "; "
                + variable + " += " + step + ") {");
        block(body, depth + 1);
        line(depth, "}");
      }
      case Statement.Invoke(var kernel, var arrays, var ints) -> invoke(kernel, arrays, ints, depth);
      case Statement.Let(var name, var value) ->
          line(depth, value.type().javaName() + " " + name + " = " + print(value) + ";");
      case Statement.LetRow(var name, var rows, var element, var index) ->
          line(depth, element.javaName() + "[] " + name + " = " + rows + "[" + print(index) + "];");
      case Statement.Assign(var name, var value) -> line(depth, name + " = " + print(value) + ";");
      case Statement.Store(var array, var index, var value) ->
          line(depth, array + "[" + print(index) + "] = " + print(value) + ";");
      case Statement.StoreLane(var array, var row, var lane, var value) ->
          line(depth, array + "[" + print(row) + "][" + print(lane) + "] = " + print(value) + ";");
      case Statement.StoreVector(var array, var index, var value) ->
          line(depth, print(value) + ".into(" + array + ", " + print(index) + ");");
      case Statement.If(var condition, var then, var otherwise) -> {
        line(depth, "if (" + print(condition) + ") {");
        block(then, depth + 1);
        if (!otherwise.isEmpty()) {
          line(depth, "} else {");
          block(otherwise, depth + 1);
        }
        line(depth, "}");
      }
    }
  }

  /** The kernel called, in braces, behind what it is called with. */
  private void invoke(Kernel kernel, List<String> arrays, List<Scalar> ints, int depth) {
    String passed =
        Stream.concat(arrays.stream(), ints.stream().map(Printer::print))
            .collect(Collectors.joining(", "));
    line(depth, "call(" + passed + ")");
    print(kernel).lines().forEach(line -> line(depth + 1, line));
  }

  private void line(int depth, String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }

  /** A scalar; what is composed stands in parentheses inside another one. */
  public static String print(Scalar scalar) {
    return switch (scalar) {
      case Scalar.RealLiteral(double value, var type) ->
          type == ScalarType.FLOAT ? (float) value + "f" : Double.toString(value);
      case Scalar.IntLiteral(int value) -> Integer.toString(value);
      case Scalar.JavaRelease _ -> "release of Java";
      case Scalar.BooleanLiteral(boolean value) -> Boolean.toString(value);
      case Scalar.Local(var name, _) -> name;
      case Scalar.Load(var array, var index, _) -> array + "[" + print(index) + "]";
      case Scalar.LoadLane(var array, var row, var lane, _) ->
          array + "[" + print(row) + "][" + print(lane) + "]";
      case Scalar.LoadVector(var array, var index, _) ->
          "vector(" + array + ", " + print(index) + ")";
      case Scalar.Broadcast(var value) -> "all(" + print(value) + ")";
      case Scalar.Reinterpret(var value) -> "bits(" + print(value) + ")";
      case Scalar.Shift(var value, int by) ->
          operand(value) + (by < 0 ? " >> " + -by : " << " + by);
      case Scalar.LaneByLane(var function, var argument, float bound, var value) ->
          "laneByLane("
              + function.name().toLowerCase(Locale.ROOT)
              + ", "
              + print(argument)
              + ", "
              + bound
              + "f, "
              + print(value)
              + ")";
      case Scalar.LaneCount(var element) -> element.javaName() + "Lanes";
      case Scalar.Arithmetic(var operator, var left, var right) ->
          operand(left) + " " + operator.symbol() + " " + operand(right);
      case Scalar.Negate(var value) -> "-" + operand(value);
      case Scalar.Compare(var comparison, var left, var right) ->
          operand(left) + " " + comparison.symbol() + " " + operand(right);
      case Scalar.Not(var value) -> "!" + operand(value);
      case Scalar.And(var left, var right) -> operand(left) + " && " + operand(right);
      case Scalar.Or(var left, var right) -> operand(left) + " || " + operand(right);
      case Scalar.Choose(var condition, var then, var otherwise) ->
          operand(condition) + " ? " + operand(then) + " : " + operand(otherwise);
      case Scalar.Convert(var value, var type) -> "(" + type.javaName() + ") " + operand(value);
      case Scalar.Call(var function, var arguments, _) ->
          function.name().toLowerCase(Locale.ROOT)
              + arguments.stream().map(Printer::print).collect(Collectors.joining(", ", "(", ")"));
    };
  }

  private static String operand(Scalar scalar) {
    return switch (scalar) {
      case Scalar.RealLiteral _,
          Scalar.IntLiteral _,
          Scalar.JavaRelease _,
          Scalar.BooleanLiteral _,
          Scalar.Local _,
          Scalar.Load _,
          Scalar.LoadLane _,
          Scalar.LoadVector _,
          Scalar.Broadcast _,
          Scalar.LaneCount _,
          Scalar.Reinterpret _,
          Scalar.LaneByLane _,
          Scalar.Call _ ->
          print(scalar);
      case Scalar.Arithmetic _,
          Scalar.Shift _,
          Scalar.Negate _,
          Scalar.Compare _,
          Scalar.Not _,
          Scalar.And _,
          Scalar.Or _,
          Scalar.Choose _,
          Scalar.Convert _ ->
          "(" + print(scalar) + ")";
    };
  }
}

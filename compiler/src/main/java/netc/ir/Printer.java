package netc.ir;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import netc.source.Place;

/**
 * A program as text that reads like the mathematics and that {@link Reader} reads back: {@code z@1[batch,
 * j in 3] = sum[k in 2] w@1[j, k] * x[batch, k]    // xor.net:13}.
 */
public final class Printer {
  private final Set<String> indexNames = new HashSet<>();

  private Printer() {}

  /** The whole program: its inputs, a line a step, its results. */
  public static String print(Program program) {
    var text = new StringBuilder("program " + Spelling.name(program.name()) + "\n");
    for (Tensor tensor : program.inputs()) {
      text.append(Spelling.role(tensor.role())).append(' ').append(declaration(tensor)).append('\n');
    }
    for (Step step : program.steps()) {
      text.append(print(step)).append('\n');
    }
    for (Program.Result result : program.results()) {
      text.append("result ").append(Spelling.name(result.name()));
      text.append(" = ").append(Spelling.name(result.tensor().name())).append('\n');
    }
    return text.toString();
  }

  /** One step on one line, with its place behind it; a scan has a line for each of its steps. */
  public static String print(Step step) {
    return new Printer().step(step);
  }

  /** An expression alone. */
  public static String print(Expr expr) {
    return new Printer().expr(expr, 0);
  }

  /** A subscript alone. */
  public static String print(Subscript subscript) {
    return new Printer().subscript(subscript);
  }

  /** {@code tok[batch, 7] : int 0..64}. */
  public static String declaration(Tensor tensor) {
    String shape =
        tensor.shape().isEmpty()
            ? ""
            : tensor.shape().stream().map(Extent::toString).collect(Collectors.joining(", ", "[", "]"));
    return Spelling.name(tensor.name()) + shape + type(tensor);
  }

  private static String type(Tensor tensor) {
    return switch (tensor.type()) {
      case REAL -> "";
      case BOOL -> " : bool";
      case INT ->
          " : int" + tensor.interval().map(i -> " " + i.low() + ".." + i.high()).orElse("");
    };
  }

  private String step(Step step) {
    return switch (step) {
      case Step.Single single -> single(single);
      case Step.Scan scan -> scan(scan);
    };
  }

  /** Its tensors stand in front, since they are read before their lines. */
  private static String scan(Step.Scan scan) {
    var text = new StringBuilder("scan " + Spelling.name(scan.time().name()) + " in ");
    text.append(scan.isReverse() ? "reverse " : "").append(scan.time().extent()).append(" of ");
    text.append(
        scan.targets().stream().map(Printer::declaration).collect(Collectors.joining(", ")));
    text.append(" {").append(place(scan.place())).append('\n');
    for (Step.Single step : scan.body()) {
      text.append("  ").append(print(step)).append('\n');
    }
    return text.append('}').toString();
  }

  private String single(Step.Single step) {
    Indices.of(step).forEach(index -> indexNames.add(index.name()));
    return switch (step) {
      case Step.Equation(var target, var outputs, var reduction, var body, var place) ->
          left(target, outputs)
              + " = "
              + reduction.map(this::reduction).orElse("")
              + expr(body, 0)
              + place(place);
      case Step.Scatter(var target, var at, var domain, var filter, var body, var place) ->
          "scatter "
              + declaration(target)
              + " for "
              + binders(domain, filter)
              + " at ["
              + subscripts(at)
              + "] += "
              + expr(body, 0)
              + place(place);
    };
  }

  private static String left(Tensor target, List<Index> outputs) {
    if (target.shape().isEmpty()) {
      return Spelling.name(target.name()) + type(target);
    }
    String axes =
        Axes.group(outputs, target.shape()).stream()
            .map(
                group ->
                    group.size() == 1
                        ? binder(group.getFirst())
                        : group.stream()
                            .map(Printer::binder)
                            .collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", ", "[", "]"));
    return Spelling.name(target.name()) + axes + type(target);
  }

  private static String binder(Index index) {
    if (index.extent().isBatch() && index.name().equals("batch")) {
      return "batch";
    }
    return Spelling.name(index.name()) + " in " + index.extent();
  }

  private String reduction(Reduction reduction) {
    return Spelling.operator(reduction.operator())
        + binders(reduction.indices(), reduction.filter())
        + " ";
  }

  private String binders(List<Index> indices, Optional<Expr> filter) {
    return indices.stream().map(Printer::binder).collect(Collectors.joining(", ", "[", ""))
        + filter.map(f -> " if " + expr(f, 0)).orElse("")
        + "]";
  }

  private static String place(Place place) {
    return place.line() == 0 && place.file().isEmpty() ? "" : "    // " + place;
  }

  /** {@code strength} is that of the surrounding operator: what binds more loosely gets parentheses. */
  private String expr(Expr expr, int strength) {
    return switch (expr) {
      case Expr.Real(double value) -> real(value);
      case Expr.Int(long value) -> Long.toString(value);
      case Expr.Bool(boolean value) -> Boolean.toString(value);
      case Expr.Position(Index index) -> index(index);
      case Expr.BatchSize() -> "rows";
      case Expr.Training() -> "training";
      case Expr.Read read -> read(read);
      case Expr.Apply apply -> apply(apply, strength);
      case Expr.Select(var condition, var then, var otherwise) ->
          "(if " + expr(condition, 0) + " then " + expr(then, 0) + " else " + expr(otherwise, 0) + ")";
      case Expr.Custom(var value, var argument, var derivative) ->
          expr(value, 0) + " by " + read(argument) + " deriv " + expr(derivative, 0);
    };
  }

  private static String index(Index index) {
    return index.name().equals("batch") ? "batch" : Spelling.name(index.name());
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return Double.toString(value);
  }

  private String read(Expr.Read read) {
    String name = Spelling.name(read.tensor().name());
    if (read.at().isEmpty()) {
      return indexNames.contains(read.tensor().name()) ? name + "[]" : name;
    }
    String outside = read.outside().map(o -> " else " + expr(o, 0)).orElse("");
    return name + "[" + subscripts(read.at()) + outside + "]";
  }

  private String apply(Expr.Apply apply, int strength) {
    List<Expr> arguments = apply.arguments();
    int own = strength(apply.primitive());
    String text =
        switch (apply.primitive()) {
          case ADD, SUBTRACT, MULTIPLY, DIVIDE, AND, OR ->
              expr(arguments.get(0), own)
                  + " "
                  + apply.primitive().symbol()
                  + " "
                  + expr(arguments.get(1), own + 1);
          case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST ->
              expr(arguments.get(0), own + 1)
                  + " "
                  + apply.primitive().symbol()
                  + " "
                  + expr(arguments.get(1), own + 1);
          case NOT -> "not " + expr(arguments.getFirst(), own);
          case NEGATE -> "-(" + expr(arguments.getFirst(), 0) + ")";
          case POWER_WHOLE ->
              expr(arguments.get(0), own + 1) + "^" + expr(arguments.get(1), own + 1);
          case POWER, EXP, EXPM1, LOG, LOG1P, SQRT, ABS, SIGN, SIN, COS, TAN, TANH, ATAN, ERF, FLOOR,
              CEIL, ROUND, MIN, MAX, CLAMP, FLOOR_DIVIDE, REMAINDER, TO_REAL, STOP ->
              arguments.stream()
                  .map(a -> expr(a, 0))
                  .collect(Collectors.joining(", ", apply.primitive().symbol() + "(", ")"));
        };
    return own < strength ? "(" + text + ")" : text;
  }

  private static int strength(Primitive primitive) {
    return switch (primitive) {
      case OR -> 1;
      case AND -> 2;
      case NOT -> 3;
      case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST -> 4;
      case ADD, SUBTRACT -> 6;
      case MULTIPLY, DIVIDE -> 8;
      case POWER_WHOLE -> 10;
      default -> 20;
    };
  }

  private String subscripts(List<Subscript> at) {
    return at.stream().map(this::subscript).collect(Collectors.joining(", "));
  }

  private String subscript(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Affine affine -> affine(affine);
      case Subscript.Quotient(var of, int by) -> "div(" + subscript(of) + ", " + by + ")";
      case Subscript.Remainder(var of, int by) -> "mod(" + subscript(of) + ", " + by + ")";
      case Subscript.Exact(var of, int by) -> "exact(" + subscript(of) + ", " + by + ")";
      case Subscript.Clamp(var of, int size) -> "clamp(" + subscript(of) + ", " + size + ")";
      case Subscript.Wrap(var of, int size) -> "wrap(" + subscript(of) + ", " + size + ")";
      case Subscript.Gathered(var value) -> "{" + expr(value, 0) + "}";
      case Subscript.Plus(var left, var right) ->
          "plus(" + subscript(left) + ", " + subscript(right) + ")";
    };
  }

  private static String affine(Subscript.Affine affine) {
    var text = new StringBuilder();
    for (Subscript.Term term : affine.terms()) {
      int coefficient = term.coefficient();
      sign(text, coefficient < 0);
      if (Math.abs(coefficient) != 1) {
        text.append(Math.abs((long) coefficient)).append('*');
      }
      text.append(index(term.index()));
    }
    if (affine.constant() != 0 || affine.terms().isEmpty()) {
      sign(text, affine.constant() < 0);
      text.append(Math.abs((long) affine.constant()));
    }
    return text.toString();
  }

  private static void sign(StringBuilder text, boolean negative) {
    if (text.isEmpty()) {
      text.append(negative ? "-" : "");
    } else {
      text.append(negative ? " - " : " + ");
    }
  }
}

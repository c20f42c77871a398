package netc.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import netc.ir.Axes;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Tensor;

/** Equations of the IR as formulas of one example. */
final class Formulas {
  /** How tightly an expression holds together. */
  private enum Level {
    LOGIC,
    COMPARISON,
    SUM,
    PRODUCT,
    POWER,
    ATOM
  }

  private record Text(String text, Level level) {}

  private final Notation notation;
  private final Symbols symbols;

  Formulas(Notation notation, Symbols symbols) {
    this.notation = notation;
    this.symbols = symbols;
  }

  /** {@code z_j = Σ_k w_jk·x_k}. */
  String equation(Step.Single step) {
    return switch (step) {
      case Step.Equation(var target, var outputs, var reduction, var body, _) -> {
        List<Subscript> at =
            Axes.group(outputs, target.shape()).stream().map(Subscripts::fused).toList();
        String right =
            reduction
                .map(
                    r ->
                        notation.reduction(
                                r.operator().name().toLowerCase(Locale.ROOT),
                                r.indices().stream().map(Index::name).toList(),
                                r.filter().map(f -> print(f).text()).orElse(""))
                            + atLeast(print(body), Level.PRODUCT))
                .orElseGet(() -> print(body).text());
        yield element(target, at, "") + notation.equals() + right;
      }
      case Step.Scatter(var target, var at, _, var filter, var body, _) ->
          element(target, at, "")
              + notation.adds()
              + filter
                  .map(f -> notation.selection(print(f).text(), print(body).text(), "0"))
                  .orElseGet(() -> print(body).text());
    };
  }

  private String element(Tensor tensor, List<Subscript> at, String outside) {
    var subscripts = new ArrayList<String>();
    for (int axis = 0; axis < at.size(); axis++) {
      if (!tensor.shape().get(axis).isBatch()) {
        subscripts.add(print(at.get(axis)));
      }
    }
    if (!outside.isEmpty() && !subscripts.isEmpty()) {
      subscripts.add(subscripts.removeLast() + outside);
    }
    return symbols.element(tensor, notation.subscripted(symbols.name(tensor), subscripts));
  }

  // ---------- subscripts ----------

  private String print(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Affine(var constant, var terms) -> affine(constant, terms);
      case Subscript.Quotient(var of, var by) -> "⌊(" + print(of) + ")/" + by + "⌋";
      case Subscript.Remainder(var of, var by) -> "(" + print(of) + ") mod " + by;
      case Subscript.Exact(var of, var by) -> "(" + print(of) + ")/" + by;
      case Subscript.Clamp(var of, _) -> "clamp(" + print(of) + ")";
      case Subscript.Wrap(var of, _) -> "wrap(" + print(of) + ")";
      case Subscript.Gathered(var value) -> print(value).text();
      case Subscript.Plus(var left, var right) -> print(left) + "+" + print(right);
    };
  }

  private String affine(int constant, List<Subscript.Term> terms) {
    var text = new StringBuilder();
    for (Subscript.Term term : terms) {
      int factor = Math.abs(term.coefficient());
      text.append(term.coefficient() < 0 ? notation.operator("-") : text.isEmpty() ? "" : "+");
      text.append(factor == 1 ? "" : factor).append(term.index().name());
    }
    if (constant != 0 || text.isEmpty()) {
      text.append(constant < 0 ? notation.operator("-") : text.isEmpty() ? "" : "+");
      text.append(Math.abs(constant));
    }
    return text.toString();
  }

  // ---------- expressions ----------

  private Text print(Expr expr) {
    return switch (expr) {
      case Expr.Real(var value) -> number(value);
      case Expr.Int(var value) -> number(value);
      case Expr.Bool(var value) -> new Text(Boolean.toString(value), Level.ATOM);
      case Expr.Position(var index) -> new Text(index.name(), Level.ATOM);
      case Expr.BatchSize() -> new Text("N", Level.ATOM);
      case Expr.Training() -> new Text("training", Level.ATOM);
      case Expr.Read(var tensor, var at, var outside) ->
          new Text(
              element(tensor, at, outside.map(o -> " else " + print(o).text()).orElse("")), Level.ATOM);
      case Expr.Apply(var primitive, var arguments) -> apply(primitive, arguments);
      case Expr.Select(var condition, var then, var otherwise) ->
          new Text(
              notation.selection(print(condition).text(), print(then).text(), print(otherwise).text()),
              Level.ATOM);
      case Expr.Custom(var value, _, _) -> print(value);
    };
  }

  private Text number(double value) {
    if (Double.isInfinite(value)) {
      return new Text(value < 0 ? notation.operator("-") + "∞" : "∞", value < 0 ? Level.SUM : Level.ATOM);
    }
    String digits =
        value == Math.rint(value) && Math.abs(value) < 1e15
            ? Long.toString((long) Math.abs(value))
            : Double.toString(Math.abs(value));
    return value < 0
        ? new Text(notation.operator("-") + digits, Level.SUM)
        : new Text(digits, Level.ATOM);
  }

  private Text apply(Primitive primitive, List<Expr> arguments) {
    return switch (primitive) {
      case ADD -> binary(" + ", arguments, Level.SUM, Level.SUM, Level.SUM);
      case SUBTRACT -> binary(spaced(primitive), arguments, Level.SUM, Level.SUM, Level.PRODUCT);
      case MULTIPLY -> product(arguments);
      case DIVIDE -> {
        boolean isFraction = notation.hasFractionBars(); // a bar says how far both sides reach
        Level least = isFraction ? Level.LOGIC : Level.POWER;
        String over = atLeast(print(arguments.get(0)), isFraction ? Level.LOGIC : Level.PRODUCT);
        yield new Text(
            notation.quotient(over, atLeast(print(arguments.get(1)), least)),
            isFraction ? Level.ATOM : Level.PRODUCT);
      }
      case NEGATE ->
          new Text(notation.operator("-") + atLeast(print(arguments.getFirst()), Level.PRODUCT), Level.SUM);
      case POWER, POWER_WHOLE ->
          new Text(
              notation.power(
                  atLeast(print(arguments.get(0)), Level.ATOM),
                  atLeast(print(arguments.get(1)), Level.ATOM)),
              Level.POWER);
      case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST ->
          binary(spaced(primitive), arguments, Level.COMPARISON, Level.SUM, Level.SUM);
      case AND, OR -> binary(spaced(primitive), arguments, Level.LOGIC, Level.COMPARISON, Level.COMPARISON);
      case NOT ->
          new Text(
              notation.operator("not") + " " + atLeast(print(arguments.getFirst()), Level.SUM),
              Level.COMPARISON);
      case TO_REAL, STOP -> print(arguments.getFirst());
      case EXP, EXPM1, LOG, LOG1P, SQRT, ABS, SIGN, SIN, COS, TAN, TANH, ATAN, ERF, FLOOR, CEIL, ROUND,
          MIN, MAX, CLAMP, FLOOR_DIVIDE, REMAINDER ->
          new Text(
              notation.function(
                  primitive.symbol(), arguments.stream().map(a -> print(a).text()).toList()),
              Level.ATOM);
    };
  }

  private String spaced(Primitive primitive) {
    return " " + notation.operator(primitive.symbol()) + " ";
  }

  private Text binary(String between, List<Expr> arguments, Level level, Level left, Level right) {
    return new Text(
        atLeast(print(arguments.get(0)), left) + between + atLeast(print(arguments.get(1)), right),
        level);
  }

  /** Numbers go first, as one writes 2(a − y). */
  private Text product(List<Expr> arguments) {
    var all = new ArrayList<Notation.Factor>();
    flatten(arguments, all);
    var factors = new ArrayList<>(all.stream().filter(Notation.Factor::isNumber).toList());
    factors.addAll(all.stream().filter(f -> !f.isNumber()).toList());
    return new Text(notation.product(factors), Level.PRODUCT);
  }

  private void flatten(List<Expr> arguments, List<Notation.Factor> factors) {
    for (Expr argument : arguments) {
      if (argument instanceof Expr.Apply(var primitive, var inner) && primitive == Primitive.MULTIPLY) {
        flatten(inner, factors);
      } else {
        Text text = print(argument);
        boolean needs = text.level().compareTo(Level.PRODUCT) < 0;
        boolean isNumber = argument instanceof Expr.Real || argument instanceof Expr.Int;
        factors.add(new Notation.Factor(atLeast(text, Level.PRODUCT), needs, isNumber && !needs));
      }
    }
  }

  private String atLeast(Text text, Level level) {
    return text.level().compareTo(level) < 0 ? notation.parentheses(text.text()) : text.text();
  }
}

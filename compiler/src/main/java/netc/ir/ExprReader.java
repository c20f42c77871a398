package netc.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the expressions and subscripts of one line. */
final class ExprReader {
  private final Tokens tokens;
  private final Map<String, Tensor> tensors;
  private final Map<String, Index> indices;

  ExprReader(Tokens tokens, Map<String, Tensor> tensors, Map<String, Index> indices) {
    this.tokens = tokens;
    this.tensors = tensors;
    this.indices = indices;
  }

  /** A body: an expression, or {@code value by access deriv factor}. */
  Expr body() {
    Expr value = expr();
    if (!tokens.accept("by")) {
      return value;
    }
    if (!(primary() instanceof Expr.Read argument)) {
      throw tokens.error("expected an access behind `by`");
    }
    tokens.expect("deriv");
    return new Expr.Custom(value, argument, expr());
  }

  Expr expr() {
    Expr left = and();
    while (tokens.accept("or")) {
      left = Expr.apply(Primitive.OR, left, and());
    }
    return left;
  }

  private Expr and() {
    Expr left = not();
    while (tokens.accept("and")) {
      left = Expr.apply(Primitive.AND, left, not());
    }
    return left;
  }

  private Expr not() {
    return tokens.accept("not") ? Expr.apply(Primitive.NOT, not()) : comparison();
  }

  private Expr comparison() {
    Expr left = sum();
    for (Primitive primitive : Primitive.values()) {
      if (primitive.isComparison() && tokens.accept(primitive.symbol())) {
        return Expr.apply(primitive, left, sum());
      }
    }
    return left;
  }

  private Expr sum() {
    Expr left = product();
    while (true) {
      if (tokens.accept("+")) {
        left = Expr.apply(Primitive.ADD, left, product());
      } else if (tokens.accept("-")) {
        left = Expr.apply(Primitive.SUBTRACT, left, product());
      } else {
        return left;
      }
    }
  }

  private Expr product() {
    Expr left = power();
    while (true) {
      if (tokens.accept("*")) {
        left = Expr.apply(Primitive.MULTIPLY, left, power());
      } else if (tokens.accept("/")) {
        left = Expr.apply(Primitive.DIVIDE, left, power());
      } else {
        return left;
      }
    }
  }

  private Expr power() {
    Expr base = primary();
    return tokens.accept("^") ? Expr.apply(Primitive.POWER_WHOLE, base, primary()) : base;
  }

  private Expr primary() {
    if (tokens.accept("-")) {
      return negative();
    }
    if (tokens.atNumber()) {
      return number("");
    }
    if (tokens.accept("(")) {
      Expr inner = tokens.accept("if") ? select() : expr();
      tokens.expect(")");
      return inner;
    }
    return tokens.atName() ? named(tokens.name()) : keyword();
  }

  private Expr negative() {
    if (tokens.accept("inf")) {
      return new Expr.Real(Double.NEGATIVE_INFINITY);
    }
    return tokens.atNumber() ? number("-") : Expr.apply(Primitive.NEGATE, primary());
  }

  private Expr number(String sign) {
    String text = sign + tokens.number();
    return text.contains(".") || text.contains("E")
        ? new Expr.Real(Double.parseDouble(text))
        : new Expr.Int(Long.parseLong(text));
  }

  private Expr keyword() {
    String word = tokens.peek();
    Expr value =
        switch (word) {
          case "inf" -> new Expr.Real(Double.POSITIVE_INFINITY);
          case "nan" -> new Expr.Real(Double.NaN);
          case "true" -> new Expr.Bool(true);
          case "false" -> new Expr.Bool(false);
          case "rows" -> new Expr.BatchSize();
          case "training" -> new Expr.Training();
          case "batch" -> new Expr.Position(index("batch"));
          default -> throw tokens.error("expected an expression but found `" + word + "`");
        };
    tokens.expect(word);
    return value;
  }

  private Expr select() {
    Expr condition = expr();
    tokens.expect("then");
    Expr then = expr();
    tokens.expect("else");
    return new Expr.Select(condition, then, expr());
  }

  private Expr named(String name) {
    if (tokens.accept("(")) {
      return call(name);
    }
    if (tokens.accept("[")) {
      return access(name);
    }
    return indices.containsKey(name)
        ? new Expr.Position(indices.get(name))
        : Expr.read(tensor(name), List.of());
  }

  private Expr call(String name) {
    for (Primitive primitive : Primitive.values()) {
      if (primitive.symbol().equals(name)) {
        var arguments = new ArrayList<Expr>();
        do {
          arguments.add(expr());
        } while (tokens.accept(","));
        tokens.expect(")");
        return new Expr.Apply(primitive, arguments);
      }
    }
    throw tokens.error("no primitive is called `" + name + "`");
  }

  private Expr access(String name) {
    if (tokens.accept("]")) {
      return Expr.read(tensor(name), List.of());
    }
    var at = new ArrayList<Subscript>();
    do {
      at.add(subscript());
    } while (tokens.accept(","));
    Optional<Expr> outside = tokens.accept("else") ? Optional.of(expr()) : Optional.empty();
    tokens.expect("]");
    return new Expr.Read(tensor(name), at, outside);
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw tokens.error("no tensor or index is called `" + name + "` here");
    }
    return tensor;
  }

  private Index index(String name) {
    Index index = indices.get(name);
    if (index == null) {
      throw tokens.error("no index is called `" + name + "` here");
    }
    return index;
  }

  Subscript subscript() {
    if (tokens.accept("{")) {
      Expr value = expr();
      tokens.expect("}");
      return new Subscript.Gathered(value);
    }
    int mark = tokens.mark();
    if (tokens.atName()) {
      String name = tokens.name();
      if (tokens.accept("(")) {
        return border(name);
      }
      tokens.back(mark);
    }
    return affine();
  }

  private Subscript border(String name) {
    Subscript of = subscript();
    tokens.expect(",");
    if (name.equals("plus")) {
      Subscript right = subscript();
      tokens.expect(")");
      return new Subscript.Plus(of, right);
    }
    int number = Math.toIntExact(tokens.whole());
    tokens.expect(")");
    return switch (name) {
      case "div" -> new Subscript.Quotient(of, number);
      case "mod" -> new Subscript.Remainder(of, number);
      case "exact" -> new Subscript.Exact(of, number);
      case "clamp" -> new Subscript.Clamp(of, number);
      case "wrap" -> new Subscript.Wrap(of, number);
      default -> throw tokens.error("no subscript is called `" + name + "`");
    };
  }

  private Subscript affine() {
    var terms = new ArrayList<Subscript.Term>();
    int constant = 0;
    int sign = tokens.accept("-") ? -1 : 1;
    while (true) {
      if (tokens.atNumber()) {
        int number = Math.toIntExact(Long.parseLong(tokens.number()) * sign);
        if (tokens.accept("*")) {
          terms.add(new Subscript.Term(index(indexName()), number));
        } else {
          constant += number;
        }
      } else {
        terms.add(new Subscript.Term(index(indexName()), sign));
      }
      if (tokens.accept("+")) {
        sign = 1;
      } else if (tokens.accept("-")) {
        sign = -1;
      } else {
        return new Subscript.Affine(constant, terms);
      }
    }
  }

  private String indexName() {
    return tokens.accept("batch") ? "batch" : tokens.name();
  }
}

package netc.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import netc.source.Place;

/** Reads what {@link Printer} writes. A line without a place gets the place {@code :0}. */
public final class Reader {
  private static final String COMMENT = "    // ";
  private static final Place NOWHERE = new Place("", 0);

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private Optional<ScanHeader> scan = Optional.empty();
  private final List<Program.Result> results = new ArrayList<>();
  private String name = "";

  /** A scan whose closing brace is still to come. */
  private record ScanHeader(
      Index time, boolean isReverse, List<Tensor> of, List<Step.Single> body, Place place) {}

  private Reader() {}

  /**
   * The program that was printed.
   *
   * @throws IllegalArgumentException with the line, when the text is not a printed program
   */
  public static Program read(String text) {
    var reader = new Reader();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        reader.line(line, number);
      }
    }
    return new Program(reader.name, reader.steps, reader.results);
  }

  private void line(String line, int number) {
    int comment = line.lastIndexOf(COMMENT);
    Place place = comment < 0 ? NOWHERE : place(line.substring(comment + COMMENT.length()));
    var tokens = new Tokens(comment < 0 ? line : line.substring(0, comment), number);
    int mark = tokens.mark();
    if (tokens.accept("program")) {
      name = tokens.peek().isEmpty() ? "" : tokens.name();
    } else if (tokens.accept("result")) {
      result(tokens);
    } else if (tokens.accept("scan")) {
      scan(tokens, place);
    } else if (scan.isPresent() && tokens.accept("}")) {
      ScanHeader header = scan.get();
      steps.add(new Step.Scan(header.time, header.isReverse, header.body, header.place));
      scan = Optional.empty();
    } else if (tokens.accept("scatter")) {
      scatter(tokens, place);
    } else if (!declaration(tokens)) {
      tokens.back(mark);
      equation(tokens, place);
    }
    tokens.end();
  }

  private static Place place(String text) {
    int colon = text.lastIndexOf(':');
    return new Place(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1).strip()));
  }

  private void result(Tokens tokens) {
    String wanted = tokens.name();
    tokens.expect("=");
    String tensor = tokens.name();
    if (!tensors.containsKey(tensor)) {
      throw tokens.error("no tensor is called `" + tensor + "`");
    }
    results.add(new Program.Result(wanted, tensors.get(tensor)));
  }

  /** {@code input x[batch, 2]}: two names in a row start no equation. */
  private boolean declaration(Tokens tokens) {
    String first = tokens.atName() ? tokens.name() : "";
    if (!tokens.atName()) {
      return false;
    }
    Tensor.Role role;
    try {
      role = Tensor.Role.valueOf(first.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw tokens.error("no role is called `" + first + "`");
    }
    declared(tokens, tensorName(tokens), role);
    return true;
  }

  private void scan(Tokens tokens, Place place) {
    String name = tokens.name();
    tokens.expect("in");
    boolean isReverse = tokens.accept("reverse");
    Index time = new Index(name, extent(tokens));
    tokens.expect("of");
    var promised = new ArrayList<Tensor>();
    do {
      promised.add(declared(tokens, tensorName(tokens), Tensor.Role.VALUE));
    } while (tokens.accept(","));
    tokens.expect("{");
    scan = Optional.of(new ScanHeader(time, isReverse, promised, new ArrayList<>(), place));
  }

  private void add(Step.Single step) {
    if (scan.isPresent()) {
      scan.get().body.add(step);
    } else {
      steps.add(step);
    }
  }

  private boolean isPromised(String tensor) {
    return scan.isPresent()
        && scan.get().of.stream().anyMatch(t -> t.name().equals(tensor))
        && scan.get().body.stream().noneMatch(s -> s.target().name().equals(tensor));
  }

  private String tensorName(Tokens tokens) {
    String tensor = tokens.name();
    if (tensors.containsKey(tensor) && !isPromised(tensor)) {
      throw tokens.error("`" + tensor + "` is defined twice");
    }
    return tensor;
  }

  private Tensor declared(Tokens tokens, String tensor, Tensor.Role role) {
    var shape = new ArrayList<Extent>();
    if (tokens.accept("[")) {
      do {
        shape.add(extent(tokens));
      } while (tokens.accept(","));
      tokens.expect("]");
    }
    return typed(tokens, tensor, role, shape);
  }

  private Tensor typed(Tokens tokens, String tensor, Tensor.Role role, List<Extent> shape) {
    ElementType type = ElementType.REAL;
    Optional<Interval> interval = Optional.empty();
    if (tokens.accept(":")) {
      type = ElementType.valueOf(tokens.name().toUpperCase(Locale.ROOT));
      if (type == ElementType.INT && (tokens.atNumber() || tokens.peek().equals("-"))) {
        long low = tokens.whole();
        tokens.expect("..");
        interval = Optional.of(new Interval(low, tokens.whole()));
      }
    }
    var result = new Tensor(tensor, role, type, shape, interval);
    tensors.put(tensor, result);
    return result;
  }

  private static Extent extent(Tokens tokens) {
    if (tokens.accept("batch")) {
      return Extent.BATCH;
    }
    return tokens.accept("rows")
        ? Extent.ROWS
        : Extent.of(Math.toIntExact(Long.parseLong(tokens.number())));
  }

  private static Index binder(Tokens tokens) {
    if (tokens.accept("batch")) {
      return new Index("batch", Extent.BATCH);
    }
    String name = tokens.name();
    tokens.expect("in");
    return new Index(name, extent(tokens));
  }

  private void equation(Tokens tokens, Place place) {
    String target = tensorName(tokens);
    var outputs = new ArrayList<Index>();
    var shape = new ArrayList<Extent>();
    if (tokens.accept("[")) {
      do {
        axis(tokens, outputs, shape);
      } while (tokens.accept(","));
      tokens.expect("]");
    }
    Tensor tensor = typed(tokens, target, Tensor.Role.VALUE, shape);
    tokens.expect("=");
    var indices = new LinkedHashMap<String, Index>();
    outputs.forEach(index -> indices.put(index.name(), index));
    Optional<Reduction> reduction = reduction(tokens, indices);
    Expr body = new ExprReader(tokens, tensors, indices).body();
    add(new Step.Equation(tensor, outputs, reduction, body, place));
  }

  private static void axis(Tokens tokens, List<Index> outputs, List<Extent> shape) {
    if (tokens.accept("(")) {
      int product = 1;
      do {
        Index part = binder(tokens);
        product = Math.multiplyExact(product, part.extent().size());
        outputs.add(part);
      } while (tokens.accept(","));
      tokens.expect(")");
      shape.add(Extent.of(product));
    } else {
      Index index = binder(tokens);
      outputs.add(index);
      shape.add(index.extent());
    }
  }

  private Optional<Reduction> reduction(Tokens tokens, Map<String, Index> indices) {
    int mark = tokens.mark();
    for (Reduction.Operator operator : Reduction.Operator.values()) {
      if (tokens.accept(Spelling.operator(operator)) && tokens.accept("[")) {
        if (tokens.accept("batch") || tokens.atName()) {
          tokens.back(mark + 1);
          return Optional.of(binders(tokens, operator, indices));
        }
      }
      tokens.back(mark);
    }
    return Optional.empty();
  }

  private Reduction binders(
      Tokens tokens, Reduction.Operator operator, Map<String, Index> indices) {
    var bound = new ArrayList<Index>();
    tokens.expect("[");
    do {
      Index index = binder(tokens);
      bound.add(index);
      indices.put(index.name(), index);
    } while (tokens.accept(","));
    Optional<Expr> filter =
        tokens.accept("if")
            ? Optional.of(new ExprReader(tokens, tensors, indices).expr())
            : Optional.empty();
    tokens.expect("]");
    return new Reduction(operator, bound, filter);
  }

  private void scatter(Tokens tokens, Place place) {
    Tensor target = declared(tokens, tensorName(tokens), Tensor.Role.VALUE);
    tokens.expect("for");
    var indices = new LinkedHashMap<String, Index>();
    Reduction domain = binders(tokens, Reduction.Operator.SUM, indices);
    var reader = new ExprReader(tokens, tensors, indices);
    tokens.expect("at");
    tokens.expect("[");
    var at = new ArrayList<Subscript>();
    while (!tokens.accept("]")) {
      at.add(reader.subscript());
      tokens.accept(",");
    }
    tokens.expect("+=");
    add(
        new Step.Scatter(target, at, domain.indices(), domain.filter(), reader.body(), place));
  }
}

package netc.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import netc.fuzz.Tree.Type;
import netc.fuzz.Vocabulary.Gathered;
import netc.fuzz.Vocabulary.Known;
import netc.fuzz.Vocabulary.Running;

/**
 * Well-typed nets over the whole language, in the spirit of NNSmith (Liu and others, ASPLOS 2023): every
 * line is generated so that it must be accepted, whatever came before.
 */
final class ProgramGenerator {
  private final Vocabulary words;
  private final Formulas formulas;
  private final List<Tree> declarations = new ArrayList<>();
  private final List<Tree> statements = new ArrayList<>();
  private boolean hasScan;

  private ProgramGenerator(Random random, Map<String, Integer> used) {
    words = new Vocabulary(random, used);
    formulas = new Formulas(words);
  }

  /**
   * @param used counts how often each construct of the language was used
   */
  static RandomProgram generate(Random random, Map<String, Integer> used) {
    var generator = new ProgramGenerator(random, used);
    generator.program();
    return new RandomProgram(
        List.copyOf(generator.declarations), List.copyOf(generator.statements));
  }

  private void program() {
    functions();
    data();
    parameters();
    int lines = words.from(1, 6);
    for (int i = 0; i < lines; i++) {
      line();
    }
    outputs();
    new Objectives(words, formulas, statements).write();
  }

  private void say(String text) {
    statements.add(Tree.leaf(Type.FIXED, text));
  }

  private void say(String text, Tree... parts) {
    statements.add(Tree.of(Type.FIXED, text, parts));
  }

  // ---------- declarations ----------

  private void functions() {
    if (words.chance(0.3)) {
      words.uses("fn");
      String name = words.fresh("f");
      String body =
          words.any("tanh(z) + 0.1 * z", "max(z, 0) - 0.5", "z^2 / (1 + z^2)", "if z > 0 then z else 0.2 * z");
      declarations.add(Tree.leaf(Type.FIXED, "fn " + name + "(z) = " + body));
      words.functions.add(name);
    }
    if (words.chance(0.2)) {
      words.uses("deriv");
      String name = words.fresh("f");
      String function =
          words.any(
              "fn F(z) = tanh(z) deriv 1 - F(z)^2",
              "fn F(z) = 1 / (1 + exp(-z)) deriv F(z) * (1 - F(z))",
              "fn F(z) = z * tanh(z) deriv tanh(z) + z * (1 - tanh(z)^2)");
      declarations.add(Tree.leaf(Type.FIXED, function.replace("F", name)));
      words.functions.add(name);
    }
  }

  private void data() {
    int inputs = words.from(1, 3);
    for (int i = 0; i < inputs; i++) {
      known(words.fresh("x"), i == 0 ? List.of(words.from(2, 4)) : words.shape(3), true, false, "input");
    }
    if (words.chance(0.4)) {
      words.uses("index(N)");
      String name = words.fresh("k");
      int bound = words.from(1, 4);
      say("input " + name + " : index(" + bound + ")");
      words.gathered.add(new Gathered(name, bound));
    }
    if (words.chance(0.3)) {
      words.uses("bool");
      String name = words.fresh("q");
      say("input " + name + " : bool");
      words.truths.add(name);
    }
  }

  private void parameters() {
    int count = words.from(1, 3);
    for (int i = 0; i < count; i++) {
      String name = words.fresh("w");
      List<Integer> shape = words.shape(3);
      say("param " + name + axes(shape) + " ~ " + words.any("normal(0, 0.5)", "uniform(-1, 1)", "ones"));
      words.values.add(new Known(name, shape, false, false));
    }
    if (words.chance(0.2)) {
      words.uses("state");
      String name = words.fresh("s");
      List<Integer> shape = words.shape(1);
      say("state " + name + axes(shape) + " ~ ones");
      words.values.add(new Known(name, shape, false, false));
    }
    if (words.chance(0.2)) {
      words.uses("sample");
      String name = words.fresh("e");
      List<Integer> shape = words.shape(1);
      String from = words.any("normal(0, 1)", "uniform(-1, 1)", "bernoulli(0.4)", "gumbel(0, 1)");
      say("sample " + name + axes(shape) + " ~ " + from);
      words.values.add(new Known(name, shape, true, true));
    }
  }

  private void known(
      String name, List<Integer> shape, boolean perExample, boolean trainOnly, String statement) {
    say(statement + " " + name + axes(shape));
    words.values.add(new Known(name, shape, perExample, trainOnly));
  }

  private static String axes(List<Integer> shape) {
    return shape.isEmpty()
        ? ""
        : shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  // ---------- definitions ----------

  private void line() {
    switch (words.from(0, 15)) {
      case 0, 1, 2, 3, 4 -> definition();
      case 5 -> layer();
      case 6 -> softmax();
      case 7 -> fused();
      case 8 -> joined();
      case 9 -> scan();
      case 10 -> repeated();
      case 11 -> overBatch();
      case 12 -> image();
      case 13, 14 -> rows();
      default -> derivative();
    }
  }

  private void define(String name, List<Integer> shape) {
    words.values.add(new Known(name, shape, formulas.isPerExample(), formulas.isTrainOnly()));
  }

  /** {@code v[i in 3, j in 2] = …}. */
  private void definition() {
    String name = words.fresh("v");
    List<Running> scope = indices(words.shape(3));
    formulas.begin();
    Tree value = formulas.real(scope, words.from(1, 4));
    say(name + left(scope) + " = §", value);
    define(name, scope.stream().map(Running::range).toList());
  }

  private List<Running> indices(List<Integer> shape) {
    return shape.stream().map(size -> new Running(words.fresh("i"), size)).toList();
  }

  private static String left(List<Running> scope) {
    return scope.isEmpty()
        ? ""
        : scope.stream()
            .map(i -> i.name() + " in " + i.range())
            .collect(Collectors.joining(", ", "[", "]"));
  }

  private void begin(Known value) {
    formulas.begin();
    formulas.reads(value); // what is read decides what the result may be used for
  }

  private void layer() {
    List<Known> vectors = words.ofRank(1);
    if (vectors.isEmpty()) {
      definition();
      return;
    }
    Known x = words.any(vectors);
    begin(x);
    String name = words.fresh("v");
    int units = words.from(1, 4);
    String call =
        switch (words.from(0, 4)) {
          case 0 -> "dense(" + units + ")";
          case 1 -> "dense(" + units + ", " + words.any("tanh", "sigmoid", "relu", "gelu") + ")";
          case 2 -> "dense(" + units + ", use_bias = false) |> dense(" + units + ", tanh)";
          case 3 -> "dense(" + units + ") |> layer_norm()";
          default -> "dense(" + units + ") |> tanh()";
        };
    words.uses("layer");
    say(name + " = " + x.name() + " |> " + call);
    define(name, List.of(units));
  }

  private void softmax() {
    String name = words.fresh("v");
    int outer = words.from(1, 3);
    int size = words.from(1, 4);
    var row = new Running(words.fresh("i"), outer);
    var axis = new Running(words.fresh("u"), size);
    formulas.begin();
    Tree logits = formulas.real(List.of(row, axis), 2);
    String function = words.any("softmax", "log_softmax");
    words.uses("f[u](e)");
    say(
        name + left(List.of(row, axis)) + " = " + function + "[" + axis.name() + " in " + size + "](§)",
        logits);
    define(name, List.of(outer, size));
  }

  private void fused() {
    List<Known> matrices = words.ofRank(2);
    if (matrices.isEmpty()) {
      definition();
      return;
    }
    Known x = words.any(matrices);
    begin(x);
    int rows = x.shape().get(0);
    int columns = x.shape().get(1);
    String name = words.fresh("v");
    String i = words.fresh("i");
    String j = words.fresh("i");
    words.uses("fused subscript");
    say(name + "[(" + i + ", " + j + ")] = " + x.name() + "[" + i + ", " + j + "]");
    define(name, List.of(rows * columns));
    if (words.chance(0.5)) {
      String back = words.fresh("v");
      String a = words.fresh("i");
      String b = words.fresh("i");
      say(
          back + "[" + a + " in " + columns + ", " + b + " in " + rows + "] = "
              + name + "[(" + a + ", " + b + ")]");
      define(back, List.of(columns, rows));
    }
  }

  private void joined() {
    Known first = words.any(words.values);
    List<Known> same = words.values.stream().filter(v -> v.shape().equals(first.shape())).toList();
    Known second = words.any(same);
    formulas.begin();
    formulas.reads(first);
    formulas.reads(second);
    String name = words.fresh("v");
    var shape = new ArrayList<>(first.shape());
    if (shape.isEmpty() || words.chance(0.5)) {
      words.uses("stack");
      say(name + " = [" + first.name() + ", " + second.name() + "]");
      shape.addFirst(2);
    } else {
      words.uses("concat");
      say(name + " = concat(" + first.name() + ", " + second.name() + ")");
      shape.set(0, 2 * shape.getFirst());
    }
    if (shape.size() > 3 || shape.getFirst() > 8) {
      statements.removeLast();
      return;
    }
    define(name, shape);
  }

  private void scan() {
    words.uses("scan");
    hasScan = true;
    int steps = words.from(1, 4);
    int width = words.from(1, 3);
    boolean isReverse = words.chance(0.3);
    String h = words.fresh("h");
    String t = words.fresh("t");
    String j = words.fresh("i");
    String before = isReverse ? t + " + 1" : t + " - 1";
    var scope = List.of(new Running(t, steps), new Running(j, width));
    formulas.begin();
    Tree inside = formulas.real(scope, 2);
    String start = words.any("0", "0.4");
    String other = words.chance(0.5) ? j : Integer.toString(width - 1);
    String range = isReverse ? "reverse(" + steps + ")" : Integer.toString(steps);
    if (isReverse) {
      words.uses("scan in reverse");
    }
    say(
        "scan " + t + " in " + range + " { " + h + "[" + t + ", " + j + " in " + width
            + "] = tanh(0.7 * " + h + "[" + before + ", " + other + " else " + start + "] + §) }",
        inside);
    define(h, List.of(steps, width));
  }

  private void repeated() {
    words.uses("for");
    String name = words.fresh("a");
    String l = words.fresh("l");
    String i = words.fresh("i");
    String r = words.fresh("r");
    int size = words.from(1, 3);
    String w = words.fresh("w");
    var scope = List.of(new Running(i, size));
    formulas.begin();
    Tree first = formulas.real(scope, 2);
    say(
        name + "@0[" + i + " in " + size + "] = §\n"
            + "  for " + l + " in 1..=2 {\n"
            + "    param " + w + "[" + size + ", " + size + "] ~ normal(0, 0.5)\n"
            + "    " + name + "@" + l + "[" + i + "] = tanh(sum[" + r + "] " + w + "[" + i + "," + r + "] * "
            + name + "@(" + l + "-1)[" + r + "])\n"
            + "  }\n"
            + "  " + name + "b[" + i + "] = " + name + "@2[" + i + "] + 0",
        first);
    define(name + "b", List.of(size));
  }

  /** A reduction over the rows: shared, and for training only. */
  private void overBatch() {
    List<Known> own = words.values.stream().filter(Known::isPerExample).toList();
    String name = words.fresh("m");
    List<Running> scope = indices(words.shape(2));
    formulas.begin();
    Tree read = formulas.read(words.any(own), scope);
    Tree value = formulas.real(scope, 2);
    String kind = words.any("mean", "sum", "mean", "max");
    words.uses(kind + "[batch]");
    say(name + left(scope) + " = " + kind + "[batch] (§ * tanh(§))", read, value);
    words.values.add(new Known(name, scope.stream().map(Running::range).toList(), false, true));
    if (words.chance(0.5)) {
      words.uses("update");
      String state = words.fresh("s");
      String each = scope.stream().map(Running::name).collect(Collectors.joining(", ", "[", "]"));
      String at = scope.isEmpty() ? "" : each;
      say(
          "state " + state + axes(scope.stream().map(Running::range).toList()) + " ~ zeros\n"
              + "  update " + state + at + " = 0.9 * " + state + at + " + 0.1 * " + name + at);
    }
  }

  /** A comparison with all rows of the batch. */
  private void rows() {
    Known each = words.any(words.values.stream().filter(Known::isPerExample).toList());
    var stack = new Known(words.fresh("b"), each.shape(), false, true);
    words.uses("batch_stack");
    say(stack.name() + " = batch_stack(" + each.name() + ")");
    words.stacks.add(stack);
    if (words.chance(0.4)) {
      scores(stack);
    } else {
      overRows(stack);
    }
  }

  /** {@code v[i] = tanh(sum[n if n != batch_index()] …)}. */
  private void overRows(Known stack) {
    String name = words.fresh("v");
    String n = words.fresh("n");
    List<Running> scope = indices(words.shape(2));
    formulas.begin();
    String filter =
        switch (words.from(0, 4)) {
          case 0 -> " if " + n + " != batch_index()";
          case 1 -> " if " + n + " <= batch_index()";
          case 2 -> words.gathered.isEmpty() ? "" : sameLabel(n);
          default -> "";
        };
    String kind = filter.isEmpty() ? words.any("sum", "mean", "max", "min") : words.any("sum", "max");
    words.uses(kind + "[rows]");
    String row = words.any(n, n, n + " - 1", n + " + 1");
    Tree there = formulas.row(stack, row, scope);
    Tree value = formulas.real(scope, 2);
    say(
        name + left(scope) + " = tanh(" + kind + "[" + n + filter + "] (§ * tanh(§) + 0.5 * "
            + first(stack, n) + "))",
        there,
        value);
    boolean isPerExample = formulas.isPerExample() || !filter.isEmpty();
    List<Integer> shape = scope.stream().map(Running::range).toList();
    words.values.add(new Known(name, shape, isPerExample, true));
  }

  /** The filter that leaves the rows of the own label. */
  private String sameLabel(String n) {
    words.uses("batch_stack of an index");
    String label = words.any(words.gathered).name();
    String labels = words.fresh("c");
    say(labels + " = batch_stack(" + label + ")");
    return " if " + labels + "[" + n + "] == " + label;
  }

  private static String first(Known stack, String n) {
    return stack.name() + "[" + n + ", 0".repeat(stack.shape().size()) + "]";
  }

  /** A score for each row, and a function of all. */
  private void scores(Known stack) {
    String s = words.fresh("v");
    String n = words.fresh("n");
    formulas.begin();
    Tree there = formulas.row(stack, n, List.of());
    Tree value = formulas.real(List.of(), 2);
    say(s + "[" + n + "] = § * § + " + first(stack, n), there, value);
    String name = words.fresh("v");
    String function =
        words.any(
            "log_softmax(S)[batch_index()]", "softmax(S)[batch_index()]", "logsumexp(S)", "max(S)",
            "mean(S)", "S[0]", "real(argmax(S))", "real(count[N] (S[N] > 0.1))", "S[argmax(S)]");
    words.uses(function.replaceAll("\\(.*", "") + " over rows");
    say(name + " = " + function.replace("S", s).replace("N", words.fresh("n")));
    boolean isPerExample = formulas.isPerExample() || function.contains("batch_index");
    words.values.add(new Known(name, List.of(), isPerExample, true));
  }

  private void image() {
    List<Known> cubes = words.ofRank(3);
    if (cubes.isEmpty()) {
      definition();
      return;
    }
    Known x = words.any(cubes);
    begin(x);
    String name = words.fresh("v");
    int filters = words.from(1, 3);
    words.uses("conv2d");
    say(
        name + " = " + x.name() + " |> conv2d(" + filters + ", 3, padding = 1"
            + words.any("", ", use_bias = false") + ") |> tanh()");
    define(name, List.of(filters, x.shape().get(1), x.shape().get(2)));
  }

  /** {@code diff(u, x)} of a number by an input. */
  private void derivative() {
    List<Known> inputs = words.values.stream().filter(v -> v.name().startsWith("x")).toList();
    Known x = words.any(inputs);
    String u = words.fresh("u");
    formulas.begin();
    Tree value = formulas.real(List.of(), 3);
    Tree read = formulas.read(x, List.of());
    if (formulas.isTrainOnly() || hasScan) {
      definition(); // a path through a reduction over the batch, or a scan, has no derivative
      return;
    }
    words.uses("diff");
    String name = words.fresh("g");
    say(u + " = § * sin(§)\n  " + name + " = diff(" + u + ", " + x.name() + ")", value, read);
    words.values.add(new Known(name, x.shape(), true, false));
  }

  // ---------- what is wanted ----------

  private void outputs() {
    List<Known> allowed = words.values.stream().filter(v -> !v.isTrainOnly()).toList();
    Known last = allowed.getLast();
    say("output o = " + last.name());
    if (words.chance(0.4)) {
      words.uses("several outputs");
      List<Running> scope = indices(words.shape(2));
      formulas.begin();
      Tree value = formulas.real(scope, 2);
      if (!formulas.isTrainOnly()) {
        say("output p" + left(scope) + " = §", value);
      }
    }
  }
}

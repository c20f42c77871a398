package netc.fuzz;

import java.util.ArrayList;
import java.util.List;
import netc.fuzz.Vocabulary.Gathered;
import netc.fuzz.Vocabulary.Known;
import netc.fuzz.Vocabulary.Running;

/** Equations of the forms that plain formulas do not have. */
final class Definitions {
  private final Draft draft;
  private final Vocabulary words;
  private final Formulas formulas;

  Definitions(Draft draft) {
    this.draft = draft;
    this.words = draft.words;
    this.formulas = draft.formulas;
  }

  /** A function of a vector whose result is one: {@code p[t, u] = softmax[u](…)}. */
  void softmax() {
    words.uses("f[u](e)");
    String name = words.fresh("v");
    var row = new Running(words.fresh("i"), words.from(1, 3));
    var axis = new Running(words.fresh("u"), words.from(1, 4));
    formulas.begin();
    Tree logits = formulas.real(List.of(row, axis), 2);
    String head = words.any("softmax", "log_softmax") + "[" + axis.name() + " in " + axis.range() + "]";
    draft.say(name + Draft.left(List.of(row, axis)) + " = " + head + "(§)", logits);
    draft.define(name, List.of(row.range(), axis.range()));
  }

  /** Flattened, restored in another shape, or each row repeated. */
  void fused() {
    List<Known> matrices = words.ofRank(2);
    if (matrices.isEmpty()) {
      draft.definition();
      return;
    }
    words.uses("fused subscript");
    Known x = words.any(matrices);
    draft.begin(x);
    int rows = x.shape().get(0);
    int columns = x.shape().get(1);
    String name = words.fresh("v");
    String i = words.fresh("i");
    String j = words.fresh("i");
    if (words.chance(0.3) && 2 * columns <= 8) {
      String u = words.fresh("u");
      draft.say(name + "[" + i + ", (" + j + ", " + u + " in 2)] = " + x.name() + "[" + i + ", " + j + "]");
      draft.define(name, List.of(rows, 2 * columns));
      return;
    }
    draft.say(name + "[(" + i + ", " + j + ")] = " + x.name() + "[" + i + ", " + j + "]");
    draft.define(name, List.of(rows * columns));
    if (words.chance(0.5)) {
      String back = words.fresh("v");
      List<Running> scope = draft.indices(List.of(columns, rows));
      String parts = scope.get(0).name() + ", " + scope.get(1).name();
      draft.say(back + Draft.left(scope) + " = " + name + "[(" + parts + ")]");
      draft.define(back, List.of(columns, rows));
    }
  }

  void joined() {
    Known first = words.any(words.values);
    Known second = sameShape(first);
    draft.begin(first, second);
    String name = words.fresh("v");
    var shape = new ArrayList<>(first.shape());
    boolean isStack = shape.isEmpty() || words.chance(0.5);
    if (isStack) {
      shape.addFirst(2);
    } else {
      shape.set(0, 2 * shape.getFirst());
    }
    if (shape.size() > 3 || shape.getFirst() > 8) {
      draft.definition();
      return;
    }
    words.uses(isStack ? "stack" : "concat");
    String both = first.name() + ", " + second.name();
    draft.say(name + " = " + (isStack ? "[" + both + "]" : "concat(" + both + ")"));
    draft.define(name, shape);
  }

  private Known sameShape(Known first) {
    return words.any(words.values.stream().filter(v -> v.shape().equals(first.shape())).toList());
  }

  /** Whole tensors without indices: functions lift, a number goes with any shape. */
  void lifted() {
    words.uses("lifted");
    Known first = words.any(words.values);
    Known second = sameShape(first);
    draft.begin(first, second);
    String name = words.fresh("v");
    String text =
        words.any("tanh(A) * B", "0.5 * A + sin(B) * 2", "max(A, B) - 0.3", "(A - B)^2 / 4", "gelu(A) + -B");
    draft.say(name + " = " + text.replace("A", first.name()).replace("B", second.name()));
    draft.define(name, first.shape());
  }

  /** A maximum or a sum over windows with a stride; equal elements, where the first one counts. */
  void window() {
    List<Known> fitting =
        words.values.stream().filter(v -> v.shape().size() == 1 && v.shape().getFirst() > 1).toList();
    if (fitting.isEmpty()) {
      draft.definition();
      return;
    }
    words.uses("window");
    Known x = words.any(fitting);
    draft.begin(x);
    int stride = words.from(1, 2);
    int width = words.from(1, 3);
    int pad = width > 1 ? words.from(0, 1) : 0; // no window lies outside
    int size = Math.max(1, (x.shape().getFirst() + 2 * pad - width) / stride + 1);
    var i = new Running(words.fresh("i"), size);
    var u = new Running(words.fresh("u"), width);
    String position = stride + "*" + i.name() + " + " + u.name() + " - " + pad;
    String name = words.fresh("v");
    List<Known> weights = words.ofRank(1).stream().filter(w -> w.shape().getFirst() >= width).toList();
    String bound = u.name() + " in " + width;
    switch (words.from(0, 3)) {
      case 0 -> {
        words.uses("first of equal");
        // every second element stands twice in the window
        String twice = "mod(" + position + " + 4, 2)";
        draft.say(name + Draft.left(List.of(i)) + " = max[" + bound + "] " + x.name() + "[" + twice + "]");
      }
      case 1 -> {
        words.uses("else -inf");
        String read = x.name() + "[" + position + " else -inf]";
        draft.say(name + Draft.left(List.of(i)) + " = atan(max[" + bound + "] " + read + ")");
      }
      default -> {
        Known w = words.any(weights.isEmpty() ? fitting : weights);
        boolean isLong = w.shape().getFirst() >= width;
        formulas.reads(w);
        String factor = w.name() + "[" + (isLong ? u.name() : "0") + "]";
        String read = x.name() + "[" + position + " else 0]";
        draft.say(name + Draft.left(List.of(i)) + " = sum[" + bound + "] " + factor + " * " + read);
      }
    }
    draft.define(name, List.of(size));
  }

  /** An index that the net chooses, read by later lines. */
  void chosenIndex() {
    words.uses("index from argmax");
    String name = words.fresh("k");
    List<Running> scope = draft.indices(words.shape(1));
    var r = new Running(words.fresh("r"), words.from(1, 4));
    var inner = new ArrayList<>(scope);
    inner.add(r);
    formulas.begin();
    Tree value = formulas.real(inner, 2);
    String kind = words.any("argmax", "argmin");
    draft.say(name + Draft.left(scope) + " = " + kind + "[" + r.name() + " in " + r.range() + "] §", value);
    words.gathered.add(new Gathered(name, Draft.sizes(scope), r.range(), formulas.traits()));
  }

  /** {@code diff(u, x)} of a number by an input, and perhaps a second one. */
  void derivative() {
    List<Known> inputs = words.values.stream().filter(v -> v.name().startsWith("x")).toList();
    Known x = words.any(inputs);
    String u = words.fresh("u");
    formulas.begin();
    Tree value = formulas.real(List.of(), 3);
    Tree read = formulas.read(x, List.of());
    if (formulas.traits().isCarried() || formulas.traits().isTrainOnly()) {
      draft.definition(); // a path through a reduction over the batch, or a scan, has no derivative
      return;
    }
    words.uses("diff");
    String name = words.fresh("g");
    draft.say(u + " = § * sin(§)", value, read);
    draft.say(name + " = diff(" + u + ", " + x.name() + ")");
    if (words.chance(0.25)) {
      words.uses("diff of diff");
      String next = words.fresh("g");
      var r = x.shape().stream().map(size -> new Running(words.fresh("r"), size)).toList();
      String sum = r.isEmpty() ? "" : "sum" + Draft.at(r) + " ";
      String total = words.fresh("u");
      draft.say(total + " = " + sum + name + Draft.at(r) + " * " + x.name() + Draft.at(r));
      draft.say(next + " = diff(" + total + ", " + x.name() + ")");
      name = next;
    }
    draft.define(name, x.shape());
  }
}

package netc.fuzz;

import java.util.List;
import netc.fuzz.Vocabulary.Known;
import netc.fuzz.Vocabulary.Running;
import netc.fuzz.Vocabulary.Traits;

/** Layers of the library and of the user, called on what fits. */
final class LayerCalls {
  private final Draft draft;
  private final Vocabulary words;
  private final Formulas formulas;

  LayerCalls(Draft draft) {
    this.draft = draft;
    this.words = draft.words;
    this.formulas = draft.formulas;
  }

  private void call(Known x, String call, List<Integer> shape, Traits more) {
    String name = words.fresh("v");
    words.uses(call.replaceAll("\\(.*", "()"));
    draft.begin(x);
    draft.say(name + " = " + x.name() + " |> " + call);
    draft.define(name, shape, formulas.traits().and(more));
  }

  private void call(Known x, String call, List<Integer> shape) {
    call(x, call, shape, Traits.SHARED);
  }

  private String activation() {
    return words.any(
        words.functions.isEmpty() ? List.of("tanh", "sigmoid", "relu", "gelu") : words.functions);
  }

  private String ofUser(int units) {
    return words.any(words.layers) + "(" + units + ")";
  }

  void ofVector() {
    List<Known> vectors = words.ofRank(1);
    if (vectors.isEmpty()) {
      draft.definition();
      return;
    }
    Known x = words.any(vectors);
    int units = words.from(1, 4);
    switch (words.from(0, 9)) {
      case 0 -> call(x, "dense(" + units + ", " + activation() + ")", List.of(units));
      case 1 -> call(x, "dense(" + units + ", use_bias = false) |> dense(2, tanh)", List.of(2));
      case 2 -> call(x, "layer_norm() |> tanh()", x.shape());
      case 3 -> {
        words.uses("layer as argument");
        call(x, "residual(dense(" + x.shape().getFirst() + ", tanh))", x.shape());
      }
      case 4 -> call(x, "prelu()", x.shape());
      case 5 -> call(x, "dropout(0.3)", x.shape(), new Traits(false, false, true));
      case 6 -> {
        Traits traits = x.traits();
        if (traits.isPerExample() && !traits.isTrainOnly() && !traits.isCarried()) {
          words.uses("fit");
          call(x, "standardize() |> tanh()", x.shape());
        } else {
          call(x, "rms_norm()", x.shape());
        }
      }
      default -> {
        String layer = words.layers.isEmpty() ? "dense(" + units + ") |> softsign()" : ofUser(units);
        call(x, layer, List.of(units));
      }
    }
  }

  /** One layer used twice, and under an index. */
  void shared() {
    List<Known> matrices = words.ofRank(2);
    if (matrices.isEmpty()) {
      ofVector();
      return;
    }
    words.uses("let");
    Known x = words.any(matrices);
    String shared = words.fresh("s");
    String name = words.fresh("v");
    var t = new Running(words.fresh("i"), x.shape().getFirst());
    int units = words.from(1, 3);
    String layer =
        words.layers.isEmpty() || words.chance(0.5)
            ? words.any("dense(" + units + ", tanh)", "dense(2) |> dense(" + units + ")")
            : ofUser(units);
    draft.begin(x);
    draft.say("let " + shared + " = " + layer);
    if (words.chance(0.5)) {
      draft.say(name + "[" + t.name() + "] = " + shared + "(" + x.name() + "[" + t.name() + "])");
      draft.define(name, List.of(t.range(), units));
    } else {
      String last = x.name() + "[" + (t.range() - 1) + "]";
      draft.say(
          name + " = " + shared + "(" + x.name() + "[0]) - 0.5 * " + shared + "(" + last + ")");
      draft.define(name, List.of(units));
    }
  }

  /** Of [T, D], or of [channels, length]. */
  void ofSequence() {
    List<Known> matrices = words.ofRank(2);
    if (matrices.isEmpty()) {
      ofVector();
      return;
    }
    Known x = words.any(matrices);
    int steps = x.shape().get(0);
    int length = x.shape().get(1);
    int units = words.from(1, 2);
    switch (words.from(0, 6)) {
      case 0 -> call(x, "lstm(" + units + ")", List.of(steps, units), Traits.CARRIED);
      case 1 -> call(x, "gru(" + units + ")", List.of(steps, units), Traits.CARRIED);
      case 2 -> call(x, "bidirectional_rnn(" + units + ")", List.of(steps, 2 * units), Traits.CARRIED);
      case 3 -> {
        boolean isCausal = words.chance(0.5);
        call(x, "attention(1, causal = " + isCausal + ")", x.shape());
      }
      case 4 -> {
        int stride = words.from(1, 2);
        String call = "conv1d(" + units + ", 3, padding = 1, stride = " + stride + ")";
        call(x, call, List.of(units, (length - 1) / stride + 1));
      }
      case 5 -> call(x, "max_pool1d(2, padding = 1)", List.of(steps, length / 2 + 1));
      default -> {
        words.uses("several results");
        String h = words.fresh("v");
        String c = words.fresh("v");
        draft.begin(x);
        draft.say(h + ", " + c + " = " + x.name() + " |> lstm(" + units + ")");
        Traits traits = formulas.traits().and(Traits.CARRIED);
        draft.define(h, List.of(steps, units), traits);
        draft.define(c, List.of(steps, units), traits);
      }
    }
  }

  /** Of [channels, height, width]. */
  void ofImage() {
    List<Known> cubes = words.ofRank(3);
    if (cubes.isEmpty()) {
      ofSequence();
      return;
    }
    Known x = words.any(cubes);
    int channels = x.shape().get(0);
    int height = x.shape().get(1);
    int width = x.shape().get(2);
    int filters = words.from(1, 3);
    switch (words.from(0, 6)) {
      case 0 ->
          call(
              x,
              "conv2d(" + filters + ", 3, padding = 1" + words.any("", ", use_bias = false") + ") |> tanh()",
              List.of(filters, height, width));
      case 1 ->
          call(
              x,
              "conv2d(" + filters + ", 2, padding = 1, stride = 2, act = tanh)",
              List.of(filters, height / 2 + 1, width / 2 + 1));
      case 2 ->
          call(
              x,
              "conv2d(" + filters + ", 3, padding = 2, dilation = 2)",
              List.of(filters, height, width));
      case 3 -> call(x, "max_pool2d(2, padding = 1)", List.of(channels, height / 2 + 1, width / 2 + 1));
      case 4 ->
          call(
              x,
              "avg_pool2d(3, stride = 2, padding = 1)",
              List.of(channels, (height - 1) / 2 + 1, (width - 1) / 2 + 1));
      case 5 -> {
        if (x.traits().isPerExample()) {
          words.uses("update");
          call(x, "batch_norm2d() |> tanh()", x.shape(), new Traits(false, false, true));
        } else {
          call(x, "global_avg_pool", List.of(channels));
        }
      }
      default ->
          call(
              x,
              "conv_transpose2d(" + filters + ", 3, stride = 2, padding = 1)",
              List.of(filters, 2 * height - 1, 2 * width - 1));
    }
  }
}

package netc.fuzz;

import java.util.List;
import netc.fuzz.Vocabulary.Gathered;
import netc.fuzz.Vocabulary.Known;
import netc.fuzz.Vocabulary.Running;
import netc.fuzz.Vocabulary.Traits;

/** Comparisons of a row with all rows of the batch. */
final class RowLines {
  private final Draft draft;
  private final Vocabulary words;
  private final Formulas formulas;

  RowLines(Draft draft) {
    this.draft = draft;
    this.words = draft.words;
    this.formulas = draft.formulas;
  }

  void write() {
    Known each = words.any(words.values.stream().filter(v -> v.traits().isPerExample()).toList());
    var stack = new Known(words.fresh("b"), each.shape(), Traits.OF_BATCH);
    words.uses("batch_stack");
    draft.say(stack.name() + " = batch_stack(" + each.name() + ")");
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
    List<Running> scope = draft.indices(words.shape(2));
    formulas.begin();
    List<Gathered> labels = words.gathered.stream().filter(RowLines::isLabel).toList();
    String filter =
        switch (words.from(0, 4)) {
          case 0 -> " if " + n + " != batch_index()";
          case 1 -> " if " + n + " <= batch_index()";
          case 2 -> labels.isEmpty() ? "" : sameLabel(words.any(labels), n);
          default -> "";
        };
    String kind = filter.isEmpty() ? words.any("sum", "mean", "max", "min") : words.any("sum", "max");
    words.uses(kind + "[rows]");
    String row = words.any(n, n, n + " - 1", n + " + 1");
    Tree there = formulas.row(stack, row, scope);
    Tree value = formulas.real(scope, 2);
    draft.say(
        name + Draft.left(scope) + " = tanh(" + kind + "[" + n + filter + "] (§ * tanh(§) + 0.5 * "
            + first(stack, n) + "))",
        there,
        value);
    draft.define(name, Draft.sizes(scope), formulas.traits());
  }

  private static boolean isLabel(Gathered index) {
    return index.shape().isEmpty() && index.traits().isPerExample();
  }

  /** The filter that leaves the rows of the own label. */
  private String sameLabel(Gathered label, String n) {
    words.uses("batch_stack of an index");
    String labels = words.fresh("c");
    draft.say(labels + " = batch_stack(" + label.name() + ")");
    return " if " + labels + "[" + n + "] == " + label.name();
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
    draft.say(s + "[" + n + "] = § * § + " + first(stack, n), there, value);
    String name = words.fresh("v");
    String function =
        words.any(
            "log_softmax(S)[batch_index()]", "softmax(S)[batch_index()]", "logsumexp(S)", "max(S)",
            "mean(S)", "S[0]", "real(argmax(S))", "real(count[N] (S[N] > 0.1))", "S[argmax(S)]");
    words.uses(function.replaceAll("\\(.*", "") + " over rows");
    draft.say(name + " = " + function.replace("S", s).replace("N", words.fresh("n")));
    draft.define(name, List.of(), formulas.traits().perhaps());
  }
}

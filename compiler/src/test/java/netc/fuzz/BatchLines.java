package netc.fuzz;

import java.util.List;
import netc.fuzz.Vocabulary.Known;
import netc.fuzz.Vocabulary.Running;
import netc.fuzz.Vocabulary.Traits;

/** Where examples see each other. */
final class BatchLines {
  private final Draft draft;
  private final Vocabulary words;
  private final Formulas formulas;

  BatchLines(Draft draft) {
    this.draft = draft;
    this.words = draft.words;
    this.formulas = draft.formulas;
  }

  private Known perExample() {
    return words.any(words.values.stream().filter(v -> v.traits().isPerExample()).toList());
  }

  /** A reduction over the rows: shared, and for training only. */
  void reduced() {
    String name = words.fresh("m");
    List<Running> scope = draft.indices(words.shape(2));
    formulas.begin();
    Tree read = formulas.read(perExample(), scope);
    Tree value = formulas.real(scope, 2);
    String kind = words.any("mean", "sum", "mean", "max", "min");
    words.uses(kind + "[batch]");
    draft.say(name + Draft.left(scope) + " = " + kind + "[batch] (§ * tanh(§))", read, value);
    draft.define(name, Draft.sizes(scope), formulas.traits().shared());
    if (words.chance(0.5)) {
      words.uses("update");
      String state = words.fresh("s");
      String at = Draft.at(scope);
      draft.say(
          "state " + state + Draft.axes(Draft.sizes(scope)) + " ~ zeros\n"
              + "  update " + state + at + " = 0.9 * " + state + at + " + 0.1 * " + name + at);
    }
  }

  void others() {
    if (words.chance(0.5)) {
      fitted();
    } else {
      counted();
    }
  }

  /** A state taken from the training data before the first step. */
  private void fitted() {
    List<Known> fitting =
        words.values.stream()
            .filter(v -> v.traits().isPerExample() && !v.traits().isTrainOnly() && !v.traits().isCarried())
            .toList();
    Known x = words.any(fitting);
    words.uses("fit");
    String state = words.fresh("s");
    List<Running> scope = x.shape().stream().map(size -> new Running(words.fresh("i"), size)).toList();
    String at = Draft.at(scope);
    String kind = words.any("mean", "max", "sum");
    draft.say(
        "state " + state + Draft.axes(x.shape()) + " ~ zeros\n"
            + "  fit " + state + at + " = " + kind + "[batch] " + x.name() + at + "^2");
    draft.define(state, x.shape(), Traits.SHARED);
  }

  /** A mean over the rows and an axis, with the size of the batch. */
  private void counted() {
    words.uses("count[batch]");
    Known x = perExample();
    List<Running> scope = x.shape().stream().map(size -> new Running(words.fresh("r"), size)).toList();
    String name = words.fresh("m");
    String binders = String.join(", ", scope.stream().map(Running::name).toList());
    draft.begin(x);
    draft.say(
        name + " = (sum[batch" + (binders.isEmpty() ? "" : ", " + binders) + "] " + x.name()
            + Draft.at(scope) + ") / (count[batch] true)");
    draft.define(name, List.of(), formulas.traits().shared());
  }
}

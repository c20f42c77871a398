package netc.fuzz;

import java.util.ArrayList;
import java.util.List;
import netc.fuzz.Tree.Type;
import netc.fuzz.Vocabulary.Gathered;
import netc.fuzz.Vocabulary.Known;
import netc.fuzz.Vocabulary.Running;

/** What is wanted of a net: outputs, losses, penalties and metrics. */
final class Objectives {
  private final Draft draft;
  private final Vocabulary words;
  private final Formulas formulas;

  Objectives(Draft draft) {
    this.draft = draft;
    this.words = draft.words;
    this.formulas = draft.formulas;
  }

  void write() {
    outputs();
    draft.say("target y");
    losses();
    if (words.chance(0.2)) {
      penalty();
    }
    if (words.chance(0.4)) {
      metric();
    }
  }

  private void outputs() {
    List<Known> allowed = words.values.stream().filter(v -> !v.traits().isTrainOnly()).toList();
    Known last = allowed.getLast();
    draft.say("output o = " + last.name());
    if (words.chance(0.4)) {
      words.uses("several outputs");
      List<Running> scope = draft.indices(words.shape(2));
      formulas.begin();
      Tree value = formulas.real(scope, 2);
      if (!formulas.traits().isTrainOnly()) {
        draft.say("output p" + Draft.left(scope) + " = §", value);
      }
    }
    List<Known> defined =
        allowed.stream().filter(v -> v.name().startsWith("v") && v.traits().isPerExample()).toList();
    if (words.chance(0.15) && !defined.isEmpty()) {
      words.uses("given");
      Known given = words.any(defined);
      draft.say("output g = tanh(" + given.name() + ") * 2 given " + given.name());
    }
  }

  private void losses() {
    formulas.begin();
    Tree value = formulas.real(List.of(), 3);
    var all = new ArrayList<Tree>();
    var text = new StringBuilder();
    for (Known known : words.values.reversed().stream().limit(4).toList()) {
      all.add(Tree.leaf(Type.REAL, "(" + total(known, "tanh(", ")") + ")"));
      text.append(" + §");
    }
    all.addFirst(value);
    draft.say("loss l = (tanh(§)" + text + " - y)^2", all.toArray(Tree[]::new));
    if (words.chance(0.2)) {
      words.uses("several losses");
      formulas.begin();
      draft.say("loss second = 0.1 * §", formulas.real(List.of(), 2));
    }
    classification();
  }

  /** A loss of the library, where some vector has as many elements as some index has values. */
  private void classification() {
    for (Gathered label : words.gathered) {
      for (Known z : words.ofRank(1)) {
        if (label.shape().isEmpty() && z.shape().getFirst() == label.bound()) {
          words.uses("cross_entropy");
          draft.say("loss ce = cross_entropy(" + z.name() + ", " + label.name() + ")");
          return;
        }
      }
    }
  }

  /** {@code sum[r] tanh(v[r])}. */
  private String total(Known value, String before, String after) {
    List<Running> scope = value.shape().stream().map(size -> new Running(words.fresh("r"), size)).toList();
    String at = Draft.at(scope);
    return (scope.isEmpty() ? "" : "sum" + at + " ") + before + value.name() + at + after;
  }

  private void penalty() {
    words.uses("penalty");
    List<Known> parameters = words.values.stream().filter(v -> v.name().startsWith("w")).toList();
    draft.say("penalty ridge = 0.1 * " + total(words.any(parameters), "", "^2"));
  }

  private void metric() {
    words.uses("metric");
    formulas.begin();
    boolean isTruth = words.chance(0.3);
    Tree value = isTruth ? formulas.truth(List.of(), 2) : formulas.real(List.of(), 2);
    if (formulas.traits().isTrainOnly() || !formulas.traits().isPerExample()) {
      draft.say("metric rmse = sqrt(mean[batch] (y - 0.1)^2)");
      return;
    }
    if (isTruth) {
      String kind = words.any("", "count[batch] ", "mean[batch] if-", "all[batch] ", "any[batch] ");
      words.uses("metric " + (kind.isEmpty() ? "of a truth value" : kind.replaceAll("\\[.*", "[batch]")));
      switch (kind) {
        case "" -> draft.say("metric right = §", value);
        case "mean[batch] if-" ->
            draft.say("metric right = mean[batch] (if § then y else 0)", value);
        case "all[batch] ", "any[batch] " ->
            draft.say("metric right = if " + kind + "§ then 1 else 0", value);
        default -> draft.say("metric right = " + kind + "§", value);
      }
      return;
    }
    String kind = words.any("", "mean", "sum", "max", "min");
    words.uses("metric " + kind + (kind.isEmpty() ? "of a number" : "[batch]"));
    if (kind.isEmpty()) {
      draft.say("metric m = § * y", value);
    } else {
      draft.say("metric m = sqrt(abs(" + kind + "[batch] (§ + y))) - mean[batch] y", value);
    }
  }
}

package netc.fuzz;

import java.util.ArrayList;
import java.util.List;
import netc.fuzz.Tree.Type;
import netc.fuzz.Vocabulary.Known;
import netc.fuzz.Vocabulary.Running;

/** What a net is trained for: a loss that many of its values reach, now and then a penalty or metric. */
final class Objectives {
  private final Vocabulary words;
  private final Formulas formulas;
  private final List<Tree> statements;

  Objectives(Vocabulary words, Formulas formulas, List<Tree> statements) {
    this.words = words;
    this.formulas = formulas;
    this.statements = statements;
  }

  void write() {
    say("target y");
    formulas.begin();
    Tree value = formulas.real(List.of(), 3);
    var all = new ArrayList<Tree>();
    var text = new StringBuilder();
    for (Known known : words.values.reversed().stream().limit(4).toList()) {
      var scope = new ArrayList<Running>();
      var binders = new ArrayList<String>();
      for (int size : known.shape()) {
        scope.add(new Running(words.fresh("r"), size));
        binders.add(scope.getLast().name());
      }
      String at = binders.isEmpty() ? "" : "[" + String.join(", ", binders) + "]";
      String sum = binders.isEmpty() ? "" : "sum" + at + " ";
      all.add(
          Tree.leaf(Type.REAL, "(" + sum + "tanh(" + known.name() + at + "))"));
      text.append(" + §");
    }
    all.addFirst(value);
    statements.add(
        new Tree(
            Type.FIXED, "loss l = (tanh(§)" + text + " - y)^2", List.copyOf(all)));
    if (words.chance(0.2)) {
      words.uses("penalty");
      List<Known> parameters = words.values.stream().filter(v -> v.name().startsWith("w")).toList();
      Known w = words.any(parameters);
      var names = w.shape().stream().map(_ -> words.fresh("r")).toList();
      String at = names.isEmpty() ? "" : "[" + String.join(", ", names) + "]";
      say("penalty ridge = 0.1 * " + (names.isEmpty() ? "" : "sum" + at + " ") + w.name() + at + "^2");
    }
    if (words.chance(0.3)) {
      words.uses("metric");
      say("metric rmse = sqrt(mean[batch] (y - " + "0.1)^2)");
    }
  }

  private void say(String text) {
    statements.add(Tree.leaf(Type.FIXED, text));
  }
}

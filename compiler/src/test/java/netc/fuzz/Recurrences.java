package netc.fuzz;

import java.util.List;
import netc.fuzz.Vocabulary.Gathered;
import netc.fuzz.Vocabulary.Known;
import netc.fuzz.Vocabulary.Running;
import netc.fuzz.Vocabulary.Traits;

/** Scans, and loops that are unrolled. */
final class Recurrences {
  private final Draft draft;
  private final Vocabulary words;
  private final Formulas formulas;

  Recurrences(Draft draft) {
    this.draft = draft;
    this.words = draft.words;
    this.formulas = draft.formulas;
  }

  /** The time and the width of what is carried. */
  private record Frame(Running time, Running unit, boolean isReverse) {
    List<Running> scope() {
      return List.of(time, unit);
    }

    String head() {
      return "scan " + time.name() + " in "
          + (isReverse ? "reverse(" + time.range() + ")" : Integer.toString(time.range()));
    }

    /** {@code t - 1}, or in reverse {@code t + 1}. */
    String back(int steps) {
      return time.name() + (isReverse ? " + " : " - ") + steps;
    }

    /** {@code [t, j in 2]}. */
    String left() {
      return "[" + time.name() + ", " + unit.name() + " in " + unit.range() + "]";
    }

    String at() {
      return "[" + time.name() + ", " + unit.name() + "]";
    }
  }

  private Frame frame() {
    words.uses("scan");
    boolean isReverse = words.chance(0.3);
    if (isReverse) {
      words.uses("scan in reverse");
    }
    return new Frame(
        new Running(words.fresh("t"), words.from(1, 4)),
        new Running(words.fresh("i"), words.from(1, 3)),
        isReverse);
  }

  private void define(String name, Frame frame) {
    draft.define(
        name, List.of(frame.time().range(), frame.unit().range()), formulas.traits().and(Traits.CARRIED));
  }

  /** The initial value: a number, or a vector's element. */
  private String start(Frame frame) {
    List<Known> fitting =
        words.ofRank(1).stream().filter(v -> v.shape().getFirst() >= frame.unit().range()).toList();
    if (fitting.isEmpty() || words.chance(0.6)) {
      return words.any("0", "0.4");
    }
    words.uses("initial vector");
    Known first = words.any(fitting);
    formulas.reads(first);
    return first.name() + "[" + frame.unit().name() + "]";
  }

  void scan() {
    Frame frame = frame();
    String h = words.fresh("h");
    formulas.begin();
    Tree inside = formulas.real(frame.scope(), 2);
    String other = words.chance(0.5) ? frame.unit().name() : Integer.toString(frame.unit().range() - 1);
    String read = h + "[" + frame.back(1) + ", " + other + " else " + start(frame) + "]";
    if (words.chance(0.3)) {
      words.uses("two steps back");
      read += " - 0.3 * " + h + "[" + frame.back(2) + ", " + frame.unit().name() + " else 0.2]";
    }
    draft.say(
        frame.head() + " { " + h + frame.left() + " = tanh(0.7 * " + read + " + §) }", inside);
    define(h, frame);
  }

  /** Two tensors that read each other, and a temporary of one step. */
  void mutual() {
    words.uses("mutual scan");
    Frame frame = frame();
    String a = words.fresh("h");
    String b = words.fresh("h");
    String q = words.fresh("q");
    String r = words.fresh("r");
    formulas.begin();
    Tree first = formulas.real(frame.scope(), 1);
    Tree second = formulas.real(frame.scope(), 2);
    String unit = frame.unit().name();
    String temporary =
        q + "[" + unit + " in " + frame.unit().range() + "] = sum[" + r + " in " + frame.unit().range() + "] "
            + b + "[" + frame.back(1) + ", " + r + " else 0.1] / (1 + " + r + ")";
    draft.say(
        frame.head() + " {\n    " + temporary + "\n    "
            + a + frame.left() + " = sin(" + q + "[" + unit + "] + §)\n    "
            + b + frame.left() + " = 0.6 * " + a + frame.at() + " - tanh(" + b + "[" + frame.back(1) + ", "
            + unit + " else " + start(frame) + "] + §)\n  }",
        first,
        second);
    define(a, frame);
    define(b, frame);
  }

  /** An index that is carried and gathers, and a layer inside whose weights all steps share. */
  void carriedIndex() {
    words.uses("carried index");
    Frame frame = frame();
    String z = words.fresh("q");
    String best = words.fresh("k");
    String h = words.fresh("h");
    var v = new Running(words.fresh("i"), words.from(1, 3));
    formulas.begin();
    Tree scores = formulas.real(List.of(frame.time(), v), 2);
    Traits chosenBy = formulas.traits().perhaps();
    Tree inside = formulas.real(frame.scope(), 1);
    String chosen = z + "[" + best + "[" + frame.back(1) + " else 0]]";
    String layer = "";
    String extra = "";
    if (words.chance(0.4)) {
      words.uses("layer in a scan");
      String cell = words.fresh("c");
      draft.say("let " + cell + " = dense(1, tanh)");
      String o = words.fresh("q");
      layer = "    " + o + " = " + cell + "(" + z + ")\n";
      extra = " + " + o + "[0]";
    }
    draft.say(
        frame.head() + " {\n    " + z + "[" + v.name() + " in " + v.range() + "] = §\n    "
            + best + "[" + frame.time().name() + "] = argmax[" + v.name() + "] " + z + "[" + v.name() + "]\n"
            + layer + "    " + h + frame.left() + " = tanh(0.5 * " + h + "[" + frame.back(1) + ", "
            + frame.unit().name() + " else 0] + " + chosen + extra + " + §)\n  }",
        scores,
        inside);
    define(h, frame);
    words.gathered.add(
        new Gathered(
            best,
            List.of(frame.time().range()),
            v.range(),
            chosenBy.and(Traits.CARRIED)));
  }

  void repeated() {
    words.uses("for");
    String name = words.fresh("a");
    String l = words.fresh("l");
    String i = words.fresh("i");
    String r = words.fresh("r");
    int size = words.from(1, 3);
    String w = words.fresh("w");
    formulas.begin();
    Tree first = formulas.real(List.of(new Running(i, size)), 2);
    draft.say(
        name + "@0[" + i + " in " + size + "] = §\n"
            + "  for " + l + " in 1..=2 {\n"
            + "    param " + w + "[" + size + ", " + size + "] ~ normal(0, 0.5)\n"
            + "    " + name + "@" + l + "[" + i + "] = tanh(sum[" + r + "] " + w + "[" + i + "," + r + "] * "
            + name + "@(" + l + "-1)[" + r + "])\n"
            + "  }\n"
            + "  " + name + "b[" + i + "] = " + name + "@2[" + i + "] + 0",
        first);
    draft.define(name + "b", List.of(size));
  }

  /** Sizes, weights and values that differ from layer to layer, as in the lesson; or a list of numbers. */
  void family() {
    words.uses("family w@l");
    String a = words.fresh("a");
    String l = words.fresh("l");
    String i = words.fresh("i");
    formulas.begin();
    if (words.chance(0.3)) {
      words.uses("for over a list");
      int size = words.from(1, 3);
      Tree base = formulas.real(List.of(new Running(i, size)), 2);
      String b = words.fresh("a");
      draft.say(
          b + "[" + i + " in " + size + "] = §\n"
              + "  for " + l + " in [1, 2, 4] {\n"
              + "    " + a + "@" + l + "[" + i + "] = sin(" + l + " * " + b + "[" + i + "]) / " + l + "\n"
              + "  }\n"
              + "  " + a + "b[" + i + "] = " + a + "@1[" + i + "] - " + a + "@4[" + i + "]",
          base);
      draft.define(a + "b", List.of(size));
      return;
    }
    String n = words.fresh("n");
    String w = words.fresh("w");
    String r = words.fresh("r");
    List<Integer> sizes = List.of(words.from(1, 3), words.from(1, 4), words.from(1, 3));
    Tree first = formulas.real(List.of(new Running(i, sizes.getFirst())), 2);
    draft.say(
        "dim " + n + "@0 = " + sizes.get(0) + ", " + n + "@1 = " + sizes.get(1) + ", " + n + "@2 = "
            + sizes.get(2) + "\n"
            + "  " + a + "@0[" + i + " in " + n + "@0] = §\n"
            + "  for " + l + " in 1..=2 {\n"
            + "    param " + w + "@" + l + "[" + n + "@" + l + ", " + n + "@(" + l + "-1)] ~ uniform(-1, 1)\n"
            + "    " + a + "@" + l + "[" + i + "] = sigmoid(sum[" + r + "] " + w + "@" + l + "[" + i + "," + r
            + "] * " + a + "@(" + l + "-1)[" + r + "])\n"
            + "  }\n"
            + "  " + a + "b = " + a + "@2",
        first);
    draft.define(a + "b", List.of(sizes.getLast()));
  }
}

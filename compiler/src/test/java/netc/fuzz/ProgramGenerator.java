package netc.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Random;
import netc.fuzz.Vocabulary.Gathered;
import netc.fuzz.Vocabulary.Traits;

/**
 * Well-typed nets over the whole language, in the spirit of NNSmith (Liu and others, ASPLOS 2023): every
 * line is generated so that it must be accepted, whatever came before.
 */
final class ProgramGenerator {
  private final Draft draft;
  private final Vocabulary words;
  private final Definitions definitions;
  private final Recurrences recurrences;
  private final LayerCalls layers;
  private final BatchLines batch;
  private final RowLines rows;

  private ProgramGenerator(Draft draft) {
    this.draft = draft;
    this.words = draft.words;
    this.definitions = new Definitions(draft);
    this.recurrences = new Recurrences(draft);
    this.layers = new LayerCalls(draft);
    this.batch = new BatchLines(draft);
    this.rows = new RowLines(draft);
  }

  /**
   * @param used counts how often each construct of the language was used
   */
  static RandomProgram generate(Random random, Map<String, Integer> used) {
    var draft = new Draft(random, used);
    new ProgramGenerator(draft).program();
    return new RandomProgram(List.copyOf(draft.declarations), List.copyOf(draft.statements));
  }

  private void program() {
    new Declarations(draft).write();
    data();
    variables();
    int lines = words.from(1, 6);
    for (int i = 0; i < lines; i++) {
      line();
    }
    new Objectives(draft).write();
  }

  private void data() {
    int inputs = words.from(1, 3);
    for (int i = 0; i < inputs; i++) {
      String name = words.fresh("x");
      List<Integer> shape = i == 0 ? List.of(words.from(2, 4)) : words.shape(3);
      draft.say("input " + name + Draft.axes(shape));
      draft.define(name, shape, Traits.INPUT);
    }
    if (words.chance(0.5)) {
      words.uses("index(N)");
      String name = words.fresh("k");
      int bound = words.from(1, 4);
      List<Integer> shape = words.shape(1);
      draft.say("input " + name + Draft.axes(shape) + " : index(" + bound + ")");
      words.gathered.add(new Gathered(name, shape, bound, Traits.INPUT));
    }
    if (words.chance(0.3)) {
      words.uses("bool");
      String name = words.fresh("q");
      draft.say("input " + name + " : bool");
      words.truths.add(name);
    }
  }

  private void variables() {
    int count = words.from(1, 3);
    for (int i = 0; i < count; i++) {
      String from = words.any("normal(0, 0.5)", "uniform(-1, 1)", "ones");
      variable("param", "w", words.shape(3), from, Traits.SHARED);
    }
    if (words.chance(0.2)) {
      variable("state", "s", words.shape(1), "ones", Traits.SHARED);
    }
    if (words.chance(0.2)) {
      String from = words.any("normal(0, 1)", "uniform(-1, 1)", "bernoulli(0.4)", "gumbel(0, 1)");
      variable("sample", "e", words.shape(1), from, Traits.RANDOM);
    }
  }

  private void variable(String role, String prefix, List<Integer> shape, String from, Traits traits) {
    words.uses(role);
    String name = words.fresh(prefix);
    draft.say(role + " " + name + Draft.axes(shape) + " ~ " + from);
    draft.define(name, shape, traits);
  }

  private void line() {
    switch (words.from(0, 27)) {
      case 0, 1, 2, 3, 4 -> draft.definition();
      case 5 -> definitions.softmax();
      case 6 -> definitions.fused();
      case 7 -> definitions.joined();
      case 8 -> definitions.lifted();
      case 9 -> definitions.window();
      case 10 -> definitions.chosenIndex();
      case 11, 12 -> definitions.derivative();
      case 13, 14 -> layers.ofVector();
      case 15 -> layers.shared();
      case 16 -> layers.ofSequence();
      case 17, 18 -> layers.ofImage();
      case 19 -> recurrences.scan();
      case 20 -> recurrences.mutual();
      case 21 -> recurrences.carriedIndex();
      case 22 -> recurrences.repeated();
      case 23 -> recurrences.family();
      case 24 -> batch.reduced();
      case 25, 26 -> rows.write();
      default -> batch.others();
    }
  }
}

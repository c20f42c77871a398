package netc.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import netc.fuzz.Tree.Type;
import netc.fuzz.Vocabulary.Known;
import netc.fuzz.Vocabulary.Running;
import netc.fuzz.Vocabulary.Traits;

/** A program that is being written: its lines so far, and what the next ones may use. */
final class Draft {
  final Vocabulary words;
  final Formulas formulas;
  final List<Tree> declarations = new ArrayList<>();
  final List<Tree> statements = new ArrayList<>();

  Draft(Random random, Map<String, Integer> used) {
    words = new Vocabulary(random, used);
    formulas = new Formulas(words);
  }

  void declare(String text) {
    declarations.add(Tree.leaf(Type.FIXED, text));
  }

  void say(String text, Tree... parts) {
    statements.add(Tree.of(Type.FIXED, text, parts));
  }

  /** A new value whose traits are those of what was generated or read since {@link #begin}. */
  void define(String name, List<Integer> shape) {
    define(name, shape, formulas.traits());
  }

  void define(String name, List<Integer> shape, Traits traits) {
    words.values.add(new Known(name, List.copyOf(shape), traits));
  }

  /** What is read decides what the result may be used for. */
  void begin(Known... read) {
    formulas.begin();
    for (Known value : read) {
      formulas.reads(value);
    }
  }

  /** {@code v[i in 3, j in 2] = …}. */
  void definition() {
    String name = words.fresh("v");
    List<Running> scope = indices(words.shape(3));
    formulas.begin();
    Tree value = formulas.real(scope, words.from(1, 4));
    say(name + left(scope) + " = §", value);
    define(name, sizes(scope));
  }

  List<Running> indices(List<Integer> shape) {
    return shape.stream().map(size -> new Running(words.fresh("i"), size)).toList();
  }

  static List<Integer> sizes(List<Running> scope) {
    return scope.stream().map(Running::range).toList();
  }

  /** {@code [i in 3, j in 2]}, or nothing. */
  static String left(List<Running> scope) {
    return listed(scope.stream().map(i -> i.name() + " in " + i.range()).toList());
  }

  /** {@code [i, j]}, or nothing. */
  static String at(List<Running> scope) {
    return listed(scope.stream().map(Running::name).toList());
  }

  /** {@code [3, 2]}, or nothing. */
  static String axes(List<Integer> shape) {
    return listed(shape.stream().map(String::valueOf).toList());
  }

  private static String listed(List<String> parts) {
    return parts.isEmpty() ? "" : parts.stream().collect(Collectors.joining(", ", "[", "]"));
  }
}

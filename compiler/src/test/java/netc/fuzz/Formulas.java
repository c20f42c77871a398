package netc.fuzz;

import java.util.ArrayList;
import java.util.List;
import netc.fuzz.Tree.Type;
import netc.fuzz.Vocabulary.Gathered;
import netc.fuzz.Vocabulary.Known;
import netc.fuzz.Vocabulary.Running;
import netc.fuzz.Vocabulary.Traits;

/** Random scalar expressions over the indices in scope; always well-typed and inside of their tensors. */
final class Formulas {
  private final Vocabulary words;

  /** Of what was generated since {@link #begin}. */
  private Traits traits = Traits.SHARED;

  Formulas(Vocabulary words) {
    this.words = words;
  }

  Traits traits() {
    return traits;
  }

  void begin() {
    traits = Traits.SHARED;
  }

  /** A value is read, in a way that is not generated here. */
  void reads(Known value) {
    traits = traits.and(value.traits());
  }

  Tree real(List<Running> scope, int depth) {
    if (depth <= 0 || words.chance(0.1)) {
      return leaf(scope);
    }
    return switch (words.from(0, 17)) {
      case 0, 1 -> binary("+", scope, depth);
      case 2 -> binary("-", scope, depth);
      case 3, 4 -> binary("*", scope, depth);
      case 5 -> {
        words.uses("/");
        yield Tree.of(Type.REAL, "(§ / (1 + §^2))", real(scope, depth - 1), real(scope, depth - 1));
      }
      case 6, 7 -> primitive(scope, depth);
      case 8, 16 -> choice(scope, depth);
      case 9, 10, 11 -> reduction(scope, depth);
      case 12 -> {
        String two = words.any("max", "min");
        words.uses(two + "(a, b)");
        yield Tree.of(Type.REAL, two + "(§, §)", real(scope, depth - 1), real(scope, depth - 1));
      }
      case 13 -> call(scope, depth);
      case 14 -> {
        if (!words.allowsStop) {
          yield leaf(scope);
        }
        words.uses("stop");
        yield Tree.of(Type.REAL, "(§ + stop(§))", real(scope, depth - 1), real(scope, depth - 1));
      }
      case 15 -> alongAxis(scope, depth);
      default -> leaf(scope);
    };
  }

  private Tree choice(List<Running> scope, int depth) {
    words.uses("if");
    boolean byTraining = words.chance(0.1);
    if (byTraining) {
      words.uses("training");
    }
    Tree condition = byTraining ? Tree.leaf(Type.BOOL, "training") : truth(scope, depth - 1);
    Traits certain = traits;
    traits = Traits.SHARED;
    Tree then = real(scope, depth - 1);
    Tree otherwise = real(scope, depth - 1);
    traits = certain.and(traits.perhaps());
    return Tree.of(Type.REAL, "(if § then § else §)", condition, then, otherwise);
  }

  /** A function of a vector, of what stands in the parentheses over an index. */
  private Tree alongAxis(List<Running> scope, int depth) {
    words.uses("f[u](e) of one number");
    var axis = new Running(words.fresh("u"), words.from(1, 3));
    var inner = new ArrayList<>(scope);
    inner.add(axis);
    String head = words.any(words.vectorFunctions) + "[" + axis.name() + " in " + axis.range() + "](§)";
    return Tree.of(Type.REAL, head, real(inner, depth - 1));
  }

  private Tree binary(String operator, List<Running> scope, int depth) {
    words.uses(operator);
    return Tree.of(
        Type.REAL, "(§ " + operator + " §)", real(scope, depth - 1), real(scope, depth - 1));
  }

  private Tree primitive(List<Running> scope, int depth) {
    String text =
        words.any(
            "tanh(§)", "sin(§)", "cos(§)", "sigmoid(§)", "softplus(§)", "relu(§)", "exp(tanh(§))",
            "log(1 + §^2)", "sqrt(1 + §^2)", "abs(§)", "erf(§)", "atan(§)", "(-§)", "§^2",
            "(tanh(§))^3", "log1p(abs(§))", "expm1(sin(§))", "clamp(§, -0.6, 0.7)", "gelu(§)",
            "silu(§)", "leaky_relu(§)", "elu(§)", "floor(2 * §)", "sign(§)", "tan(0.5 * tanh(§))",
            "pow(1 + §^2, 0.4)", "round(2 * §)");
    words.uses(text.replace("§", "").replaceAll("[^a-z1_]+.*", "()"));
    return Tree.of(Type.REAL, text, real(scope, depth - 1));
  }

  private Tree call(List<Running> scope, int depth) {
    if (words.functions.isEmpty()) {
      return leaf(scope);
    }
    words.uses("user function");
    return Tree.of(Type.REAL, words.any(words.functions) + "(§)", real(scope, depth - 1));
  }

  private Tree reduction(List<Running> scope, int depth) {
    var inner = new ArrayList<>(scope);
    var binders = new ArrayList<String>();
    int count = words.chance(0.3) ? 2 : 1;
    for (int i = 0; i < count; i++) {
      var index = new Running(words.fresh("r"), words.from(1, 4));
      inner.add(index);
      binders.add(index.name() + " in " + index.range());
    }
    String over = String.join(", ", binders);
    String filter = words.chance(0.25) ? " if §" : "";
    if (!filter.isEmpty()) {
      words.uses("filter");
    }
    String kind = words.any("sum", "sum", "sum", "mean", "max", "min", "prod", "count", "argmax", "argmin");
    words.uses(kind + "[]");
    String head = "[" + over + filter + "] ";
    var parts = new ArrayList<Tree>();
    Traits before = traits;
    traits = Traits.SHARED;
    if (!filter.isEmpty()) {
      parts.add(truth(inner, depth - 2));
    }
    switch (kind) {
      case "count" -> parts.add(truth(inner, depth - 1));
      default -> parts.add(real(inner, depth - 1));
    }
    traits = before.and(filter.isEmpty() ? traits : traits.perhaps());
    String guarded =
        switch (kind) {
          // over nothing these are infinite or NaN
          case "mean" -> filter.isEmpty() ? "(mean" + head + "§)" : "(sum" + head + "§)";
          case "max", "min" -> "tanh(" + kind + head + "§)";
          case "prod" -> "(prod" + head + "tanh(§))";
          case "count", "argmax", "argmin" -> "real(" + kind + head + "§)";
          default -> "(sum" + head + "§)";
        };
    return new Tree(Type.REAL, guarded, List.copyOf(parts));
  }

  Tree truth(List<Running> scope, int depth) {
    int choice = words.from(0, 8);
    if (depth > 0 && choice == 0) {
      String operator = words.any("and", "or");
      words.uses(operator);
      Traits before = traits;
      traits = Traits.SHARED; // one side may decide alone
      Tree left = truth(scope, depth - 1);
      Tree right = truth(scope, depth - 1);
      traits = before.and(traits.perhaps());
      return Tree.of(Type.BOOL, "(§ " + operator + " §)", left, right);
    }
    if (depth > 0 && choice == 1) {
      words.uses("not");
      return Tree.of(Type.BOOL, "(not §)", truth(scope, depth - 1));
    }
    if (choice == 2 && !scope.isEmpty()) {
      words.uses("compare indices");
      Running index = words.any(scope);
      String compared = index.name() + " " + words.any("<", ">", "==", "!=", "<=", ">=");
      return Tree.leaf(Type.BOOL, "(" + compared + " " + words.from(0, index.range()) + ")");
    }
    if (choice == 3 && !words.truths.isEmpty()) {
      words.uses("bool input");
      traits = traits.and(Traits.INPUT);
      return Tree.leaf(Type.BOOL, words.any(words.truths));
    }
    if (depth > 0 && choice == 4) {
      String kind = words.any("any", "all");
      words.uses(kind + "[]");
      var index = new Running(words.fresh("r"), words.from(1, 3));
      var inner = new ArrayList<>(scope);
      inner.add(index);
      String head = "(" + kind + "[" + index.name() + " in " + index.range() + "] §)";
      return Tree.of(Type.BOOL, head, truth(inner, depth - 1));
    }
    if (choice == 5 && !words.gathered.isEmpty()) {
      words.uses("compare data index");
      Gathered index = words.any(words.gathered);
      String compared = element(index, scope) + " " + words.any("==", "!=", "<", ">=");
      return Tree.leaf(Type.BOOL, "(" + compared + " " + words.from(0, index.bound() - 1) + ")");
    }
    words.uses("compare");
    return Tree.of(
        Type.BOOL,
        "(§ " + words.any("<", ">", "<=", ">=") + " §)",
        real(scope, depth - 1),
        real(scope, Math.min(1, depth - 1)));
  }

  private Tree leaf(List<Running> scope) {
    int choice = words.from(0, 9);
    if (choice == 0) {
      return Tree.leaf(Type.REAL, words.literal());
    }
    if (choice == 1 && !scope.isEmpty()) {
      words.uses("index as number");
      return Tree.leaf(Type.REAL, "(" + words.any(scope).name() + " / 3)");
    }
    if (choice == 2 && !words.gathered.isEmpty()) {
      words.uses("real(index)");
      return Tree.leaf(Type.REAL, "real(" + element(words.any(words.gathered), scope) + ")");
    }
    if (choice == 3 && !words.stacks.isEmpty()) {
      return row(words.any(words.stacks), ownRow(), scope);
    }
    return read(words.any(words.values), scope);
  }

  /** Where the own row, one beside it, or the first stands among all; with {@code else} where it must be. */
  private String ownRow() {
    words.uses("batch_index");
    return words.any("batch_index()", "batch_index()", "batch_index() + 1", "batch_index() - 1", "0");
  }

  /** An element of what all rows have, {@code b[n, i, 0]}. */
  Tree row(Known stack, String row, List<Running> scope) {
    traits = traits.and(row.contains("batch_index") ? Traits.OF_BATCH.and(Traits.INPUT) : Traits.OF_BATCH);
    Subscripts rest = subscripts(stack, scope);
    boolean isGuarded = rest.isGuarded() || row.contains(" ");
    String at = rest.text().isEmpty() ? row : row + ", " + rest.text();
    return Tree.leaf(Type.REAL, stack.name() + "[" + at + (isGuarded ? outside() : "") + "]");
  }

  /** An element, by a subscript of some kind on each axis. */
  Tree read(Known value, List<Running> scope) {
    reads(value);
    if (value.shape().isEmpty()) {
      return Tree.leaf(Type.REAL, value.name());
    }
    Subscripts at = subscripts(value, scope);
    return Tree.leaf(
        Type.REAL, value.name() + "[" + at.text() + (at.isGuarded() ? outside() : "") + "]");
  }

  private String outside() {
    words.uses("else");
    return " else " + words.any("0", "0.3", "(-1)");
  }

  private record Subscripts(String text, boolean isGuarded) {}

  private Subscripts subscripts(Known value, List<Running> scope) {
    var texts = new ArrayList<String>();
    boolean isGuarded = false;
    for (int size : value.shape()) {
      Subscript subscript = subscript(size, scope);
      isGuarded |= subscript.isGuarded();
      texts.add(subscript.text());
    }
    return new Subscripts(String.join(", ", texts), isGuarded);
  }

  /** An element of a tensor of indices, by bare indices or constants. */
  private String element(Gathered index, List<Running> scope) {
    traits = traits.and(index.traits());
    var at = new ArrayList<String>();
    for (int size : index.shape()) {
      List<Running> fitting = scope.stream().filter(i -> i.range() <= size).toList();
      at.add(
          fitting.isEmpty() || words.chance(0.3)
              ? Integer.toString(words.from(0, size - 1))
              : words.any(fitting).name());
    }
    if (!at.isEmpty()) {
      words.uses("tensor of indices");
    }
    return index.name() + (at.isEmpty() ? "" : "[" + String.join(", ", at) + "]");
  }

  private record Subscript(String text, boolean isGuarded) {}

  private Subscript subscript(int size, List<Running> scope) {
    List<Running> fitting = scope.stream().filter(i -> i.range() <= size).toList();
    int choice = words.from(0, 13);
    if (!fitting.isEmpty() && choice < 5) {
      return new Subscript(words.any(fitting).name(), false);
    }
    var bounds = words.gathered.stream().filter(g -> g.bound() <= size).toList();
    if (choice == 6 && !bounds.isEmpty()) {
      words.uses("gather");
      return new Subscript(element(words.any(bounds), scope), false);
    }
    if (choice == 5 && !words.gathered.isEmpty()) {
      words.uses("gather with arithmetic");
      String index = element(words.any(words.gathered), scope);
      return new Subscript(words.any(index + " + 1", index + " - 1", "2*" + index), true);
    }
    if (!scope.isEmpty()) {
      String index = words.any(scope).name();
      switch (choice) {
        case 7 -> {
          words.uses("clamp subscript");
          return new Subscript("clamp(" + index + " + " + words.from(-2, 2) + ")", false);
        }
        case 8 -> {
          words.uses("wrap subscript");
          return new Subscript("wrap(" + words.any("", "2*") + index + " - 1)", false);
        }
        case 9 -> {
          words.uses("mod subscript");
          return new Subscript("mod(" + index + " + 1, " + size + ")", false);
        }
        case 10 -> {
          words.uses("div subscript");
          return new Subscript("div(" + index + ", 2)", true);
        }
        case 11 -> {
          words.uses("exact division");
          return new Subscript("(" + index + " + " + words.from(-1, 1) + ")/2", true);
        }
        case 12, 13 -> {
          words.uses("affine subscript");
          String other = words.any(scope).name();
          String text =
              words.any(
                  index + " + 1", index + " - 1", "2*" + index, "2*" + index + " - 1",
                  index + " + " + other, index + " - " + other, (size - 1) + " - " + index);
          return new Subscript(text, true);
        }
        default -> {}
      }
    }
    return new Subscript(Integer.toString(words.from(0, size - 1)), false);
  }
}

package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.check.errors.InitializerErrors;
import netc.source.Suggestions;
import netc.syntax.Expression;

/** {@code ~ uniform(-1, 1)}: the kinds of initialisers and how many numbers each takes. */
final class Initializers {
  private static final Map<String, Integer> ARGUMENTS = new LinkedHashMap<>();

  static {
    ARGUMENTS.put("zeros", 0);
    ARGUMENTS.put("ones", 0);
    ARGUMENTS.put("constant", 1);
    ARGUMENTS.put("uniform", 2);
    ARGUMENTS.put("normal", 2);
    ARGUMENTS.put("glorot_uniform", 0);
    ARGUMENTS.put("glorot_normal", 0);
    ARGUMENTS.put("he_uniform", 0);
    ARGUMENTS.put("he_normal", 0);
    ARGUMENTS.put("orthogonal", 0);
  }

  private Initializers() {}

  record Written(String kind, double first, double second) {}

  static Written read(Expression expression, Elaborator elaborator, Context context) {
    List<Expression.Argument> arguments = List.of();
    Expression callee = expression;
    if (expression instanceof Expression.Call call) {
      callee = call.callee();
      arguments = call.arguments();
    }
    if (!(callee instanceof Expression.Reference reference)
        || !reference.qualifier().isEmpty()
        || !reference.name().superscripts().isEmpty()) {
      throw new CheckFailure(
          InitializerErrors.none(expression.span(), List.copyOf(ARGUMENTS.keySet())));
    }
    String kind = reference.name().text();
    Integer wanted = ARGUMENTS.get(kind);
    if (wanted == null) {
      throw new CheckFailure(
          InitializerErrors.unknown(
              reference.span(),
              kind,
              Suggestions.closest(kind, ARGUMENTS.keySet()),
              List.copyOf(ARGUMENTS.keySet())));
    }
    if (arguments.size() != wanted
        || arguments.stream().anyMatch(a -> a.name().isPresent() || a.value().last().isPresent())) {
      throw new CheckFailure(
          InitializerErrors.wrongCount(expression.span(), kind, wanted, arguments.size()));
    }
    var numbers = new ArrayList<Double>();
    for (Expression.Argument argument : arguments) {
      Constant constant =
          elaborator.constant(argument.value().first(), context, "an initialiser's argument");
      if (!constant.isNumber()) {
        throw new CheckFailure(
            InitializerErrors.notNumber(argument.span(), kind));
      }
      numbers.add(constant.toDouble());
    }
    return new Written(
        kind, numbers.isEmpty() ? 0 : numbers.get(0), numbers.size() < 2 ? 0 : numbers.get(1));
  }
}

package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.check.errors.InitializerErrors;
import netc.source.Suggestions;
import netc.syntax.Expression;

/** {@code ~ uniform(-1, 1)}: what may stand behind the tilde, and how many numbers each kind takes. */
final class Initializers {
  private static final Map<String, Integer> OF_PARAMETERS = new LinkedHashMap<>();
  private static final Map<String, Integer> OF_SAMPLES = new LinkedHashMap<>();

  static {
    OF_SAMPLES.put("normal", 2);
    OF_SAMPLES.put("uniform", 2);
    OF_SAMPLES.put("bernoulli", 1);
    OF_SAMPLES.put("gumbel", 2);
    OF_PARAMETERS.put("zeros", 0);
    OF_PARAMETERS.put("ones", 0);
    OF_PARAMETERS.put("constant", 1);
    OF_PARAMETERS.put("uniform", 2);
    OF_PARAMETERS.put("normal", 2);
    OF_PARAMETERS.put("glorot_uniform", 0);
    OF_PARAMETERS.put("glorot_normal", 0);
    OF_PARAMETERS.put("he_uniform", 0);
    OF_PARAMETERS.put("he_normal", 0);
    OF_PARAMETERS.put("orthogonal", 0);
  }

  private Initializers() {}

  record Written(String kind, double first, double second) {}

  /** How a parameter or state starts. */
  static Written initializer(Expression expression, Elaborator elaborator, Context context) {
    return read(expression, "initialiser", OF_PARAMETERS, elaborator, context);
  }

  /** What a sample is drawn from. */
  static Written distribution(Expression expression, Elaborator elaborator, Context context) {
    return read(expression, "distribution", OF_SAMPLES, elaborator, context);
  }

  private static Written read(
      Expression expression,
      String what,
      Map<String, Integer> kinds,
      Elaborator elaborator,
      Context context) {
    if (expression instanceof Expression.Whole || expression instanceof Expression.Decimal) {
      throw new CheckFailure(InitializerErrors.number(expression.span(), kinds.containsKey("constant")));
    }
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
          InitializerErrors.none(expression.span(), what, List.copyOf(kinds.keySet())));
    }
    String kind = reference.name().text();
    Integer wanted = kinds.get(kind);
    if (wanted == null) {
      throw new CheckFailure(
          InitializerErrors.unknown(
              reference.span(),
              what,
              kind,
              Suggestions.closest(kind, kinds.keySet()),
              List.copyOf(kinds.keySet())));
    }
    if (arguments.size() != wanted
        || arguments.stream().anyMatch(a -> a.name().isPresent() || a.value().last().isPresent())) {
      throw new CheckFailure(
          InitializerErrors.wrongCount(expression.span(), kind, wanted, arguments.size()));
    }
    var numbers = new ArrayList<Double>();
    for (Expression.Argument argument : arguments) {
      Constant constant =
          elaborator.constant(argument.value().first(), context, "an argument of `" + kind + "`");
      if (!constant.isNumber()) {
        throw new CheckFailure(
            InitializerErrors.notNumber(argument.span(), kind));
      }
      numbers.add(constant.toDouble());
    }
    if (kind.equals("uniform") && !(numbers.get(0) <= numbers.get(1))) {
      throw new CheckFailure(InitializerErrors.order(expression.span()));
    }
    if (kind.equals("normal") && !(numbers.get(1) >= 0)) {
      throw new CheckFailure(InitializerErrors.deviation(arguments.get(1).span()));
    }
    return new Written(
        kind, numbers.isEmpty() ? 0 : numbers.get(0), numbers.size() < 2 ? 0 : numbers.get(1));
  }
}

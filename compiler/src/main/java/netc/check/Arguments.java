package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.check.Operators.Operand;
import netc.check.errors.CallErrors;
import netc.check.errors.ExpressionErrors;
import netc.source.Span;
import netc.source.Suggestions;
import netc.syntax.Expression;
import netc.syntax.Name;
import netc.syntax.Parameter;

/** Which argument belongs to which parameter. */
final class Arguments {
  private Arguments() {}

  /** An argument of a call: written, or what stands before {@code |>}. */
  record Given(Optional<Name> name, Operand operand) {}

  /** The arguments of a list, computed where they stand. */
  static List<Given> of(
      List<Expression.Argument> arguments, Elaborator elaborator, Context context) {
    var given = new ArrayList<Given>();
    for (Expression.Argument argument : arguments) {
      if (argument.value().last().isPresent()) {
        throw new CheckFailure(ExpressionErrors.rangeAsArgument(argument.span()));
      }
      given.add(
          new Given(
              argument.name(),
              elaborator.operand(argument.value().first(), context)));
    }
    return given;
  }

  /** Operations have no named arguments. */
  static List<Operand> positional(List<Given> given, String title) {
    for (Given argument : given) {
      if (argument.name().isPresent()) {
        throw new CheckFailure(
            CallErrors.unknownArgument(
                argument.name().get().span(),
                title,
                argument.name().get().text(),
                Optional.empty(),
                List.of()));
      }
    }
    return given.stream().map(Given::operand).toList();
  }

  /**
   * The given arguments by parameter, in the parameters' order; those with defaults may be missing.
   *
   * @param title of what is called
   */
  static Map<Parameter, Operand> bind(
      List<Parameter> parameters, List<Given> given, String title, Span call) {
    var byName = new LinkedHashMap<String, Parameter>();
    parameters.forEach(p -> byName.put(p.name().text(), p));
    var bound = new LinkedHashMap<Parameter, Operand>();
    Set<Parameter> open = new LinkedHashSet<>(parameters);
    for (Given argument : given) {
      Parameter parameter =
          argument.name().isPresent()
              ? named(argument, byName, title)
              : open.stream()
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new CheckFailure(
                              CallErrors.tooMany(
                                  argument.operand().span(), title, names(parameters))));
      if (!open.remove(parameter)) {
        throw new CheckFailure(
            CallErrors.givenTwice(
                argument.operand().span(),
                title,
                parameter.name().text(),
                bound.get(parameter).span()));
      }
      bound.put(parameter, argument.operand());
    }
    for (Parameter missing : open) {
      if (missing.defaultValue().isEmpty()) {
        throw new CheckFailure(
            CallErrors.missing(call, title, missing.name().text(), missing.span()));
      }
    }
    return bound;
  }

  private static Parameter named(Given argument, Map<String, Parameter> byName, String title) {
    Name written = argument.name().orElseThrow();
    String name = written.text();
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new CheckFailure(
          CallErrors.unknownArgument(
              written.span(),
              title,
              name,
              Suggestions.closest(name, byName.keySet()),
              List.copyOf(byName.keySet())));
    }
    return parameter;
  }

  private static List<String> names(List<Parameter> parameters) {
    return parameters.stream().map(p -> p.name().text()).toList();
  }
}

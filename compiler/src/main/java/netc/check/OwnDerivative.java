package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.check.errors.Warnings;
import netc.ir.Model;
import netc.source.Diagnostic;
import netc.source.SourceFile;
import netc.syntax.Declaration;
import netc.syntax.Expression;
import netc.syntax.Parser;
import netc.syntax.Unit;

/**
 * A function of a file that gives its {@code deriv}.
 *
 * @param model a net whose input is {@link #INPUT} and whose loss {@code l} is the function of it
 */
public record OwnDerivative(
    Declaration.Function function, Expression value, Expression derivative, Model model) {
  public static final String INPUT = "point'";

  /** Those of a file that has no error; what has no meaning for a number is left out. */
  public static List<OwnDerivative> in(Unit unit, Unit prelude, ImportedFiles files) {
    var found = new ArrayList<OwnDerivative>();
    for (Declaration declaration : unit.declarations()) {
      if (declaration instanceof Declaration.Function function
          && function.body() instanceof Declaration.ExpressionBody(var value, var derivative)
          && derivative.isPresent()) {
        probe(unit, function, prelude, files)
            .ifPresent(model -> found.add(new OwnDerivative(function, value, derivative.get(), model)));
      }
    }
    return found;
  }

  private static Optional<Model> probe(
      Unit unit, Declaration.Function function, Unit prelude, ImportedFiles files) {
    String name = function.name().text();
    String text = "net " + name + "_derivative { input " + INPUT + "  loss l = " + name + "(" + INPUT + ") }";
    Unit net = Parser.parse(new SourceFile(unit.span().file().name(), text)).unit().orElseThrow();
    var declarations = new ArrayList<Declaration>();
    unit.declarations().stream().filter(d -> !(d instanceof Declaration.Net)).forEach(declarations::add);
    declarations.addAll(net.declarations());
    var probe = new Unit(unit.packageName(), unit.imports(), declarations, unit.span());
    return Checker.check(probe, prelude, new Options(Map.of()), files).models().stream().findFirst();
  }

  /** The message that it is another number than differences say. */
  public Diagnostic isWrong(double at, double claimed, double actual) {
    return Warnings.wrongDerivative(
        function.name().text(),
        value.span(),
        derivative.span(),
        function.parameters().getFirst().name().text(),
        at,
        claimed,
        actual);
  }
}

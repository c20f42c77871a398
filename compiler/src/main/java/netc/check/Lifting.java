package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.check.Operators.Operand;
import netc.check.errors.CallErrors;
import netc.ir.Index;
import netc.source.Span;
import netc.syntax.Parameter;
import netc.syntax.TypeName;

/** A function or layer of scalars, called with tensors of one shape, is applied to each element. */
final class Lifting {
  private final Elaborator elaborator;

  Lifting(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  /** The axes lifted over (none when all is scalar), and the arguments for one element. */
  record Lifted(List<Index> axes, Map<Parameter, Operand> arguments) {}

  Lifted lift(String title, Map<Parameter, Operand> arguments, Span call) {
    boolean isScalar = arguments.keySet().stream().allMatch(p -> p.shape().isEmpty());
    Operand first = null;
    for (var entry : arguments.entrySet()) {
      if (isData(entry.getKey())
          && entry.getValue().value() instanceof Term term
          && !term.isScalar()
          && isScalar) {
        if (first != null && !((Term) first.value()).shape().equals(term.shape())) {
          throw new CheckFailure(
              CallErrors.liftedShapes(
                  call,
                  title,
                  new CallErrors.Given(first.span(), ((Term) first.value()).shape()),
                  new CallErrors.Given(entry.getValue().span(), term.shape())));
        }
        first = first == null ? entry.getValue() : first;
      }
    }
    if (first == null) {
      return new Lifted(List.of(), arguments);
    }
    var axes = new ArrayList<Index>();
    ((Term) first.value()).axes().forEach(a -> axes.add(elaborator.build.indices().another(a)));
    var elements = new LinkedHashMap<Parameter, Operand>();
    arguments.forEach(
        (parameter, operand) ->
            elements.put(
                parameter,
                operand.value() instanceof Term term
                    ? new Operand(Term.scalar(Operators.at(term, axes), term.type()), operand.span())
                    : operand));
    return new Lifted(axes, elements);
  }

  private static boolean isData(Parameter parameter) {
    return switch (parameter.type().map(TypeName::kind).orElse(TypeName.Kind.REAL)) {
      case REAL, INDEX, INT, BOOL -> true;
      case DIM, FN, LAYER -> false;
    };
  }

  /** A result for one element as a result for all. */
  static Value over(List<Index> axes, Value value, Span span) {
    if (axes.isEmpty()) {
      return value;
    }
    Term term = Operators.term(new Operand(value, span));
    var all = new ArrayList<>(axes);
    all.addAll(term.axes());
    return new Term(all, term.body(), term.type());
  }
}

package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.check.Entity.AxisLabel;
import netc.check.Operators.Operand;
import netc.check.errors.CallErrors;
import netc.check.errors.SizeErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Extent;
import netc.ir.Interval;
import netc.source.Span;
import netc.syntax.Expression;
import netc.syntax.Parameter;
import netc.syntax.TypeName;

/**
 * Makes data arguments and the declared shapes meet: lone shape variables are bound by their first
 * occurrence, everything else is computed and compared.
 */
final class Signatures {
  private final Elaborator elaborator;

  Signatures(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  /**
   * Puts the parameters and their shape variables into {@code callee}'s scope.
   *
   * @param settings names that are no shape variables
   */
  void unify(
      String title,
      Map<Parameter, Operand> arguments,
      Set<String> settings,
      Context callee,
      Context caller,
      Span call) {
    for (var entry : arguments.entrySet()) {
      Parameter parameter = entry.getKey();
      Operand operand = entry.getValue();
      Value value = checked(title, parameter, operand, settings, callee, caller, call);
      callee
          .scope()
          .put(
              parameter.name().text(),
              new Entity.Bound(
                  value, parameter.name().span(), labels(parameter, settings)));
    }
  }

  /** Which axes are declared by a lone name. */
  List<Optional<AxisLabel>> labels(Parameter parameter, Set<String> settings) {
    return parameter.shape().stream().map(s -> label(s, n -> isVariable(n, settings))).toList();
  }

  /** The label of a declared axis. */
  static Optional<AxisLabel> label(
      Expression size, java.util.function.Predicate<String> isVariable) {
    return size instanceof Expression.Reference reference
            && reference.name().superscripts().isEmpty()
            && reference.qualifier().isEmpty()
        ? Optional.of(new AxisLabel(reference.name().text(), isVariable.test(reference.name().text())))
        : Optional.empty();
  }

  static boolean isVariable(String name, Set<String> settings) {
    return Character.isUpperCase(name.codePointAt(0)) && !settings.contains(name);
  }

  private Value checked(
      String title,
      Parameter parameter,
      Operand operand,
      Set<String> settings,
      Context callee,
      Context caller,
      Span call) {
    TypeName.Kind kind = parameter.type().map(TypeName::kind).orElse(TypeName.Kind.REAL);
    switch (kind) {
      case FN, LAYER -> {
        return callable(title, parameter, operand, kind);
      }
      case DIM -> {
        if (!(operand.value() instanceof Constant constant) || constant.whole().isEmpty()) {
          throw new CheckFailure(
              SizeErrors.notConstant(
                  operand.span(), "`" + parameter.name().text() + "` of " + title));
        }
        return operand.value();
      }
      case REAL, INDEX, INT, BOOL -> {}
    }
    Term term = Operators.term(operand);
    shapes(title, parameter, term, operand.span(), settings, callee, caller, call);
    return typed(title, parameter, kind, term, operand, settings, callee, caller, call);
  }

  private static Callable callable(
      String title, Parameter parameter, Operand operand, TypeName.Kind kind) {
    if (operand.value() instanceof Callable callable
        && callable.isLayer() == (kind == TypeName.Kind.LAYER)) {
      return callable;
    }
    throw new CheckFailure(
        CallErrors.needsCallable(
            operand.span(), title, parameter.name().text(), kind == TypeName.Kind.LAYER));
  }

  private void shapes(
      String title,
      Parameter parameter,
      Term term,
      Span span,
      Set<String> settings,
      Context callee,
      Context caller,
      Span call) {
    var given = new CallErrors.Given(span, term.shape());
    if (term.axes().size() != parameter.shape().size()) {
      var flattened = Flattening.edits(parameter.shape().size(), given, elaborator.build, caller);
      throw new CheckFailure(
          CallErrors.wrongAxes(
              call, title, parameter.span(), given, parameter.shape().size(), flattened));
    }
    for (int axis = 0; axis < parameter.shape().size(); axis++) {
      Expression declared = parameter.shape().get(axis);
      int actual = term.shape().get(axis);
      long expected =
          elaborator.build.within(
              callee.frame(), () -> expected(declared, actual, settings, callee));
      if (expected != actual) {
        throw new CheckFailure(
            CallErrors.wrongSize(
                call, title, parameter.span(), declared.span(), expected, given, axis));
      }
    }
  }

  private static boolean isNewVariable(
      Expression declared, Set<String> settings, Context callee) {
    return label(declared, n -> isVariable(n, settings)).filter(AxisLabel::isShapeVariable).isPresent()
        && callee.scope().local(declared.span().text()).isEmpty();
  }

  /** The size that a declared axis must have; a lone variable is bound when it is new. */
  private long expected(
      Expression declared, int actual, Set<String> settings, Context callee) {
    if (label(declared, n -> isVariable(n, settings)).filter(AxisLabel::isShapeVariable).isPresent()) {
      String variable = ((Expression.Reference) declared).name().text();
      var bound = callee.scope().local(variable);
      if (bound.isEmpty()) {
        callee
            .scope()
            .put(variable, new Entity.Bound(size(actual), declared.span()));
        return actual;
      }
    }
    for (Span variable : UnsolvedVariables.in(declared)) {
      if (callee.scope().find(variable.text()).isEmpty()) {
        throw new CheckFailure(
            SizeErrors.notSolved(declared.span(), variable.text()));
      }
    }
    return elaborator.isRows(declared, callee)
        ? Extent.MOST
        : elaborator.wholeNumber(declared, callee, "a size");
  }

  /** A shape variable: a number, or the number of rows. */
  private static Value size(int actual) {
    return actual == Extent.MOST ? BatchRows.NUMBER : Constant.of(actual);
  }

  private Value typed(
      String title,
      Parameter parameter,
      TypeName.Kind kind,
      Term term,
      Operand operand,
      Set<String> settings,
      Context callee,
      Context caller,
      Span call) {
    switch (kind) {
      case REAL -> {
        if (operand.value() instanceof Constant constant && constant.isNumber()) {
          return constant;
        }
        return Operators.real(term, operand.span(), caller);
      }
      case BOOL -> {
        if (!term.type().isBool()) {
          throw wrongType(title, parameter, operand, term, "bool");
        }
        return operand.value() instanceof Constant ? operand.value() : term;
      }
      case INT -> {
        if (!term.type().isInteger()) {
          throw wrongType(title, parameter, operand, term, "int");
        }
        return operand.value() instanceof Constant ? operand.value() : term;
      }
      default -> {
        if (!term.type().isInteger()) {
          throw wrongType(title, parameter, operand, term, "index");
        }
        return index(title, parameter, term, operand, settings, callee, call);
      }
    }
  }

  private Term index(
      String title,
      Parameter parameter,
      Term term,
      Operand operand,
      Set<String> settings,
      Context callee,
      Span call) {
    Expression declared = parameter.type().flatMap(TypeName::size).orElseThrow();
    int own = term.type().size();
    Interval interval = Intervals.of(term.body());
    int actual = own > 0 ? own : (int) Math.min(Integer.MAX_VALUE, interval.high() + 1);
    if (own == 0 && isNewVariable(declared, settings, callee) && interval.low() < 0) {
      throw new CheckFailure(
          CallErrors.wrongIndexSize(
              call, title, parameter.span(), 0, operand.span(), own, interval.low(), interval.high()));
    }
    long size =
        elaborator.build.within(callee.frame(), () -> expected(declared, actual, settings, callee));
    boolean fits = own > 0 ? own == size : interval.isWithin(0, size - 1);
    if (!fits) {
      throw new CheckFailure(
          CallErrors.wrongIndexSize(
              call, title, parameter.span(), size, operand.span(), own, interval.low(), interval.high()));
    }
    return new Term(term.axes(), term.body(), Type.index((int) size));
  }

  private static CheckFailure wrongType(
      String title, Parameter parameter, Operand operand, Term term, String wanted) {
    return new CheckFailure(
        TypeErrors.wrongArgument(
            operand.span(), title, parameter.name().text(), wanted, term.type().toString(), parameter.span()));
  }

  /** The declared shape of a result, once all variables are bound. */
  List<Integer> declared(Parameter result, Context callee) {
    var sizes = new ArrayList<Integer>();
    for (Expression size : result.shape()) {
      sizes.add(elaborator.extent(size, callee));
    }
    return sizes;
  }
}

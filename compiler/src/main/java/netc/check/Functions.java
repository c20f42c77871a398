package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netc.check.Operators.Operand;
import netc.check.errors.CallErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.source.Place;
import netc.source.Span;
import netc.syntax.Declaration;
import netc.syntax.Parameter;
import netc.syntax.TypeName;

/** Calls of functions: the body takes the place of the call. */
final class Functions {
  private final Elaborator elaborator;
  private final Signatures signatures;
  private final Lifting lifting;

  Functions(Elaborator elaborator) {
    this.elaborator = elaborator;
    this.signatures = new Signatures(elaborator);
    this.lifting = new Lifting(elaborator);
  }

  /** The results in order; an expression uses the first. */
  List<Value> call(
      Callable.UserFunction function, List<Arguments.Given> given, Span call, Context context) {
    Declaration.Function declaration = function.declaration();
    String title = declaration.name().text();
    Frame frame = elaborator.build.enter(context, title, call, true, declaration);
    var bound = Arguments.bind(declaration.parameters(), given, title, call);
    var lifted = lifting.lift(title, bound, call);
    var scope = new Scope(function.home());
    Context callee = context.in(scope).called(frame);
    if (declaration.body() instanceof Declaration.ExpressionBody body
        && body.derivative().isPresent()) {
      checkDerivative(declaration);
      signatures.unify(title, lifted.arguments(), Set.of(), callee, context, call);
      return List.of(
          elaborator.build.within(
              frame, () -> custom(function, body, lifted, callee, context, call)));
    }
    signatures.unify(
        title, prepared(declaration, lifted, context), Set.of(), callee, context, call);
    List<Value> results =
        elaborator.build.within(
            frame,
            () -> {
              defaults(declaration, lifted.arguments(), callee);
              return results(declaration, callee);
            });
    return results.stream().map(r -> Lifting.over(lifted.axes(), r, call)).toList();
  }

  private List<Value> results(Declaration.Function declaration, Context callee) {
    return switch (declaration.body()) {
      case Declaration.ExpressionBody body -> {
        Value value = elaborator.value(body.value(), callee);
        yield List.of(declared(declaration, value, callee, body.value().span()));
      }
      case Declaration.Block block -> {
        String path = Site.member(callee.site().path(), declaration.name().text());
        new DiffCalls(elaborator).prepare(block.statements(), callee, callee);
        var body =
            Body.ofFunction(elaborator, path, callee, declaration.results(), signatures);
        body.run(block.statements());
        yield body.results(declaration.results());
      }
    };
  }

  /** An expression body must have the shape that the signature promises. */
  private Value declared(
      Declaration.Function declaration, Value value, Context callee, Span span) {
    if (declaration.results().isEmpty()) {
      return value;
    }
    Term term = Operators.term(new Operand(value, span));
    var promised = signatures.declared(declaration.results().getFirst(), callee);
    if (!term.shape().equals(promised)) {
      throw new CheckFailure(
          CallErrors.resultShape(
              span, declaration.results().getFirst().span(), promised, term.shape()));
    }
    return value;
  }

  /** Default values are computed in the function's own scope. */
  private void defaults(
      Declaration.Function declaration, Map<Parameter, Operand> given, Context callee) {
    for (Parameter parameter : declaration.parameters()) {
      if (!given.containsKey(parameter)) {
        Value value = elaborator.value(parameter.defaultValue().orElseThrow(), callee);
        callee
            .scope()
            .put(parameter.name().text(), new Entity.Bound(value, parameter.name().span()));
      }
    }
  }

  /** An argument that would be computed more than once gets a tensor of its own. */
  private Map<Parameter, Operand> prepared(
      Declaration.Function declaration, Lifting.Lifted lifted, Context context) {
    if (context.mode().inDerivative()) {
      return lifted.arguments();
    }
    var prepared = new LinkedHashMap<Parameter, Operand>();
    lifted
        .arguments()
        .forEach(
            (parameter, operand) -> {
              boolean isCheap =
                  !(operand.value() instanceof Term term) || Reading.isTrivial(term.body());
              prepared.put(
                  parameter,
                  isCheap || !elaborator.build.uses().repeats(declaration, parameter)
                      ? operand
                      : new Operand(
                          elaborator.accesses.tensor(
                              (Term) operand.value(), operand.span(), context),
                          operand.span()));
            });
    return prepared;
  }

  /** A function with a derivative of its own becomes an equation whose body is {@link Expr.Custom}. */
  private Value custom(
      Callable.UserFunction function,
      Declaration.ExpressionBody body,
      Lifting.Lifted lifted,
      Context callee,
      Context context,
      Span call) {
    Declaration.Function declaration = function.declaration();
    Parameter parameter = declaration.parameters().getFirst();
    Operand operand = lifted.arguments().get(parameter);
    Value checked =
        ((Entity.Bound) callee.scope().local(parameter.name().text()).orElseThrow()).value();
    var mode = context.mode();
    var inline =
        new Context.Mode(mode.truthIsNumber(), mode.accumulations(), mode.isRow(), true);
    boolean isKnown = !(checked instanceof Term term) || !Reading.any(term.body());
    if (isKnown || context.mode().inDerivative()) {
      return Lifting.over(lifted.axes(), elaborator.value(body.value(), callee.with(inline)), call);
    }
    Term argument = (Term) checked;
    // a condition around may be what keeps the access inside, and the equation stands outside of it
    boolean isAlways = context.when().equals(new Expr.Bool(true));
    if (!isAlways || !Reading.isTrivial(argument.body()) || !argument.type().isReal()) {
      argument = elaborator.accesses.tensor(argument, operand.span(), context);
    }
    bind(callee, parameter, argument);
    Term value = number(elaborator.value(body.value(), callee.with(inline)), body.value().span(), callee);
    var target = target(value, argument, context);
    Term own = Term.scalar(OwnRead.of(target.tensor, target.outputs), Type.REAL);
    callee
        .scope()
        .put(
            declaration.name().text(),
            new Entity.Bound(
                new Callable.Itself(function, argument, own), declaration.name().span()));
    var derivativeSpan = body.derivative().orElseThrow().span();
    Term derivative =
        number(
            elaborator.value(body.derivative().orElseThrow(), callee.with(inline)),
            derivativeSpan,
            callee);
    Expr zero = new Expr.Real(0);
    Expr whole =
        new Expr.Custom(
            Exprs.select(context.when(), value.body(), zero),
            (Expr.Read) argument.body(),
            Exprs.select(context.when(), derivative.body(), zero));
    Place place = context.place(call);
    context
        .out()
        .add(
            new Step.Equation(target.tensor, target.outputs, java.util.Optional.empty(), whole, place),
            true);
    context.out().defining(target.tensor, new LinkedHashSet<>(target.outputs));
    return Lifting.over(lifted.axes(), own, call);
  }

  private static void checkDerivative(Declaration.Function declaration) {
    Parameter first = declaration.parameters().getFirst();
    boolean isRealNumber =
        first.shape().isEmpty()
            && first.type().map(t -> t.kind() == TypeName.Kind.REAL).orElse(true);
    if (declaration.parameters().size() != 1 || !isRealNumber) {
      Span all =
          first.span().to(declaration.parameters().getLast().span());
      throw new CheckFailure(TypeErrors.derivativeNeedsOne(all));
    }
  }

  private static void bind(Context callee, Parameter parameter, Term argument) {
    callee
        .scope()
        .put(parameter.name().text(), new Entity.Bound(argument, parameter.name().span()));
  }

  private static Term number(Value value, Span span, Context context) {
    Term term = Operators.real(Operators.term(new Operand(value, span)), span, context);
    if (!term.isScalar()) {
      throw new CheckFailure(TypeErrors.derivativeNeedsOne(span));
    }
    return term;
  }

  private record Target(Tensor tensor, List<Index> outputs) {}

  private static Target target(Term value, Term argument, Context context) {
    var free = FreeIndices.of(value.body(), argument.body(), context.when());
    var outputs = new ArrayList<>(free);
    var shape = outputs.stream().map(Index::extent).toList();
    String name = context.out().names().part(context.site().path());
    return new Target(Tensor.real(name, Tensor.Role.VALUE, shape), outputs);
  }
}

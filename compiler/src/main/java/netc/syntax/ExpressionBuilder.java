package netc.syntax;

import java.util.List;
import java.util.Optional;
import netc.grammar.NetLexer;
import netc.grammar.NetParser;
import netc.grammar.NetParser.ExprContext;
import netc.source.Span;
import netc.syntax.Expression.Argument;
import netc.syntax.Expression.BinaryOperator;
import netc.syntax.Expression.Builtin;
import netc.syntax.Expression.ReductionName;
import netc.syntax.Expression.Subscript;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Builds expressions from ANTLR's tree. */
final class ExpressionBuilder {
  private final Spans spans;
  private final Names names;
  private int depth;

  ExpressionBuilder(Spans spans) {
    this.spans = spans;
    this.names = new Names(spans, this);
  }

  Names names() {
    return names;
  }

  Expression build(ExprContext context) {
    if (++depth > Nesting.DEEPEST_TREE) {
      throw new Nesting.TooDeep(context.getStart());
    }
    var expression = expression(context);
    depth--;
    return expression;
  }

  List<Expression> buildAll(List<ExprContext> contexts) {
    return contexts.stream().map(this::build).toList();
  }

  Optional<Expression> optional(ExprContext context) {
    return Optional.ofNullable(context).map(this::build);
  }

  private Expression expression(ExprContext context) {
    Span span = spans.of(context);
    return switch (context) {
      case NetParser.PrimaryExprContext primary -> primary(primary.primary());
      case NetParser.PowExprContext power -> binary(power.expr(), operator(power, 1), span);
      case NetParser.NegExprContext negation ->
          new Expression.Negate(build(negation.expr()), span);
      case NetParser.MulExprContext product -> binary(product.expr(), product.op, span);
      case NetParser.ReduceExprContext reduction -> reduce(reduction);
      case NetParser.AddExprContext sum -> binary(sum.expr(), sum.op, span);
      case NetParser.CmpExprContext comparison -> binary(comparison.expr(), comparison.op, span);
      case NetParser.NotExprContext negation -> new Expression.Not(build(negation.expr()), span);
      case NetParser.AndExprContext and -> binary(and.expr(), operator(and, 1), span);
      case NetParser.OrExprContext or -> binary(or.expr(), operator(or, 1), span);
      case NetParser.PipeExprContext pipe ->
          new Expression.Pipe(build(pipe.expr()), reference(pipe.ref()), span);
      case NetParser.IfExprContext choice ->
          new Expression.If(
              build(choice.expr(0)), build(choice.expr(1)), build(choice.expr(2)), span);
      default -> throw unknown(context);
    };
  }

  private static Token operator(ParserRuleContext context, int child) {
    return ((TerminalNode) context.getChild(child)).getSymbol();
  }

  private Expression binary(List<ExprContext> operands, Token operator, Span span) {
    Expression left = build(operands.get(0));
    Expression right = build(operands.get(1));
    return new Expression.Binary(
        binaryOperator(operator.getText()), left, right, spans.of(operator), span);
  }

  private static BinaryOperator binaryOperator(String symbol) {
    for (BinaryOperator operator : BinaryOperator.values()) {
      if (operator.symbol().equals(symbol)) {
        return operator;
      }
    }
    throw new IllegalStateException("the grammar has an operator without a record: " + symbol);
  }

  private Expression reduce(NetParser.ReduceExprContext context) {
    var binders = context.binders();
    return new Expression.Reduce(
        reductionName(context.red()),
        binders.binder().stream().map(this::binder).toList(),
        optional(binders.expr()),
        build(context.expr()),
        spans.of(context));
  }

  static ReductionName reductionName(NetParser.RedContext context) {
    return switch (context.getText()) {
      case "sum", "Σ", "∑" -> ReductionName.SUM;
      case "prod", "Π", "∏" -> ReductionName.PROD;
      case "mean" -> ReductionName.MEAN;
      case "max" -> ReductionName.MAX;
      case "min" -> ReductionName.MIN;
      case "argmax" -> ReductionName.ARGMAX;
      case "argmin" -> ReductionName.ARGMIN;
      case "any" -> ReductionName.ANY;
      case "all" -> ReductionName.ALL;
      case "count" -> ReductionName.COUNT;
      default -> throw unknown(context);
    };
  }

  private Expression primary(NetParser.PrimaryContext context) {
    return switch (context) {
      case NetParser.LiteralContext literal -> literal(literal.getStart());
      case NetParser.ReduceCallContext call ->
          trailers(
              new Expression.ReduceCall(
                  reductionName(call.red()),
                  arguments(call.args()),
                  spans.of(call.getStart(), operator(call, 3))),
              call.trailer());
      case NetParser.RealCallContext call ->
          new Expression.RealOf(build(call.expr()), spans.of(call));
      case NetParser.ReferenceContext reference -> reference(reference.ref());
      case NetParser.GroupContext group ->
          trailers(
              new Expression.Parenthesized(
                  build(group.expr()), spans.of(group.getStart(), operator(group, 2))),
              group.trailer());
      case NetParser.StackContext stack ->
          trailers(
              new Expression.Stack(
                  buildAll(stack.expr()),
                  spans.of(stack.getStart(), operator(stack, 2 * stack.expr().size()))),
              stack.trailer());
      default -> throw unknown(context);
    };
  }

  private Expression literal(Token token) {
    return switch (token.getType()) {
      case NetLexer.INT -> Literals.whole(token, spans);
      case NetLexer.FLOAT -> Literals.decimal(token, spans);
      case NetLexer.STRING -> new Expression.Text(Literals.text(token), spans.of(token));
      default -> word(token);
    };
  }

  private Expression word(Token token) {
    Span span = spans.of(token);
    return switch (token.getText()) {
      case "true" -> new Expression.Truth(true, span);
      case "false" -> new Expression.Truth(false, span);
      case "inf" -> new Expression.Builtin(Builtin.Kind.INF, span);
      case "pi" -> new Expression.Builtin(Builtin.Kind.PI, span);
      case "training" -> new Expression.Builtin(Builtin.Kind.TRAINING, span);
      default -> throw new IllegalStateException("no literal: " + token.getText());
    };
  }

  private Expression reference(NetParser.RefContext context) {
    var qualified = context.qname();
    var parts = Names.parts(qualified);
    var name = names.name(qualified.getStop(), context.sup());
    var reference =
        new Expression.Reference(
            parts.subList(0, parts.size() - 1),
            name,
            spans.of(context.getStart()).to(name.span()));
    return trailers(reference, context.trailer());
  }

  private Expression trailers(Expression base, List<NetParser.TrailerContext> trailers) {
    Expression expression = base;
    depth += trailers.size();
    for (NetParser.TrailerContext trailer : trailers) {
      Span span = base.span().to(spans.of(trailer));
      expression =
          switch (trailer) {
            case NetParser.AccessContext access ->
                new Expression.Access(
                    expression,
                    access.index().stream().map(this::subscript).toList(),
                    optional(access.expr()),
                    span);
            case NetParser.CallContext call ->
                new Expression.Call(expression, arguments(call.args()), span);
            default -> throw unknown(trailer);
          };
    }
    depth -= trailers.size();
    return expression;
  }

  private Subscript subscript(NetParser.IndexContext context) {
    return new Subscript(
        buildAll(context.expr()),
        Optional.ofNullable(context.range()).map(this::range),
        spans.of(context));
  }

  private List<Argument> arguments(NetParser.ArgsContext context) {
    return context == null ? List.of() : context.arg().stream().map(this::argument).toList();
  }

  private Argument argument(NetParser.ArgContext context) {
    var name = Optional.ofNullable(context.name()).map(n -> names.name(n.getStart()));
    return new Argument(name, range(context.range()), spans.of(context));
  }

  Range range(NetParser.RangeContext context) {
    boolean inclusive = context.op != null && context.op.getText().equals("..=");
    return new Range(
        build(context.expr(0)), optional(context.expr(1)), inclusive, spans.of(context));
  }

  Binder binder(NetParser.BinderContext context) {
    return new Binder(
        names.name(context.getStart()),
        Optional.ofNullable(context.range()).map(this::range),
        spans.of(context));
  }

  private static IllegalStateException unknown(ParserRuleContext context) {
    return new IllegalStateException(
        "the grammar has an alternative without a record: " + context.getClass().getSimpleName());
  }
}

package netc.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import netc.grammar.NetParser;

/** Builds parameters, results, shapes and types from ANTLR's tree. */
final class Signatures {
  private final Spans spans;
  private final ExpressionBuilder expressions;

  Signatures(Spans spans, ExpressionBuilder expressions) {
    this.spans = spans;
    this.expressions = expressions;
  }

  List<Parameter> parameters(NetParser.ParamListContext context) {
    return parameters(context.param());
  }

  List<Parameter> parameters(List<NetParser.ParamContext> contexts) {
    return contexts.stream().map(this::parameter).toList();
  }

  private Parameter parameter(NetParser.ParamContext context) {
    return new Parameter(
        expressions.names().name(context.id()),
        shape(context.shape()).orElse(List.of()),
        Optional.ofNullable(context.type()).map(this::type),
        expressions.optional(context.expr()),
        spans.of(context));
  }

  List<Parameter> results(NetParser.ResultSigContext context) {
    return context == null ? List.of() : context.result().stream().map(this::result).toList();
  }

  private Parameter result(NetParser.ResultContext context) {
    return new Parameter(
        expressions.names().name(context.id()),
        shape(context.shape()).orElse(List.of()),
        Optional.ofNullable(context.type()).map(this::type),
        Optional.empty(),
        spans.of(context));
  }

  /** Empty when no shape is written. */
  Optional<List<Expression>> shape(NetParser.ShapeContext context) {
    return Optional.ofNullable(context).map(shape -> expressions.buildAll(shape.expr()));
  }

  private TypeName type(NetParser.TypeContext context) {
    var kind = TypeName.Kind.valueOf(context.getStart().getText().toUpperCase(Locale.ROOT));
    return new TypeName(kind, expressions.optional(context.expr()), spans.of(context));
  }
}

package netc.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import netc.grammar.NetParser;
import netc.grammar.NetParser.StmtContext;
import netc.source.Span;
import netc.syntax.Statement.ObjectiveKind;
import netc.syntax.Statement.VariableKind;

/** Builds statements and their blocks from ANTLR's tree. */
final class StatementBuilder {
  private final Spans spans;
  private final Documentation documentation;
  private final ExpressionBuilder expressions;
  private final Names names;
  private final Signatures signatures;

  StatementBuilder(Spans spans, Documentation documentation, ExpressionBuilder expressions) {
    this.spans = spans;
    this.documentation = documentation;
    this.expressions = expressions;
    this.names = expressions.names();
    this.signatures = new Signatures(spans, expressions);
  }

  Declaration.Block block(NetParser.BlockContext context) {
    return new Declaration.Block(
        context.stmt().stream().map(this::statement).toList(), spans.of(context));
  }

  private Statement statement(StmtContext context) {
    String docs = documentation.before(context.getStart());
    Span span = spans.of(context);
    return switch (context) {
      case NetParser.DataStmtContext data ->
          new Statement.Data(
              data.kind.getText().equals("target"),
              signatures.parameters(data.param()),
              docs,
              span);
      case NetParser.VarStmtContext variables -> variables(variables, docs);
      case NetParser.OutputStmtContext output ->
          new Statement.Output(
              left(output.lhs()),
              expressions.optional(output.expr()),
              output.id().stream().map(names::name).toList(),
              docs,
              span);
      case NetParser.ObjStmtContext objective ->
          new Statement.Objective(
              ObjectiveKind.valueOf(upper(objective.kind.getText())),
              names.name(objective.id()),
              expressions.build(objective.expr()),
              docs,
              span);
      case NetParser.UpdateStmtContext change ->
          new Statement.StateChange(
              change.kind.getText().equals("fit"),
              left(change.lhs()),
              expressions.build(change.expr()),
              docs,
              span);
      case NetParser.LetStmtContext let ->
          new Statement.Let(
              names.name(let.id(), let.sup()), expressions.build(let.expr()), docs, span);
      case NetParser.ConstStmtContext constant ->
          new Statement.Local(constant(constant.constDecl(), docs), span);
      case NetParser.DimStmtContext dimensions ->
          new Statement.Local(dimensions(dimensions.dimDecl(), docs), span);
      case NetParser.ForStmtContext loop ->
          new Statement.For(
              names.name(loop.ID().getSymbol()),
              expressions.range(loop.range()),
              block(loop.block()),
              docs,
              span);
      case NetParser.ScanStmtContext scan ->
          new Statement.Scan(
              names.name(scan.id()),
              expressions.range(scan.range()),
              block(scan.block()),
              docs,
              span);
      case NetParser.AssertStmtContext assertion ->
          new Statement.Assert(
              expressions.build(assertion.expr()),
              Optional.ofNullable(assertion.STRING()).map(node -> Literals.text(node.getSymbol())),
              docs,
              span);
      case NetParser.SettingsStmtContext settings -> settings(settings, docs);
      case NetParser.DefStmtContext definition ->
          new Statement.Definition(
              definition.lhs().stream().map(this::left).toList(),
              expressions.build(definition.expr()),
              docs,
              span);
      default ->
          throw new IllegalStateException(
              "the grammar has a statement without a record: " + context.getClass());
    };
  }

  private static String upper(String keyword) {
    return keyword.toUpperCase(Locale.ROOT);
  }

  private Statement variables(NetParser.VarStmtContext context, String docs) {
    return new Statement.Variables(
        VariableKind.valueOf(upper(context.kind.getText())),
        context.varItem().stream().map(this::variable).toList(),
        expressions.build(context.expr()),
        docs,
        spans.of(context));
  }

  private Statement.Variables.Item variable(NetParser.VarItemContext context) {
    return new Statement.Variables.Item(
        names.name(context.id(), context.sup()),
        signatures.shape(context.shape()).orElse(List.of()),
        spans.of(context));
  }

  private Statement settings(NetParser.SettingsStmtContext context, String docs) {
    var settings = new ArrayList<Statement.Settings.Setting>();
    for (int i = 0; i < context.name().size(); i++) {
      settings.add(
          new Statement.Settings.Setting(
              names.name(context.name(i).getStart()), expressions.build(context.expr(i))));
    }
    return new Statement.Settings(
        context.kind.getText().equals("train"), settings, docs, spans.of(context));
  }

  private LeftSide left(NetParser.LhsContext context) {
    return new LeftSide(
        names.name(context.id(), context.sup()),
        context.lhsIndex().stream().map(this::axis).toList(),
        signatures.shape(context.shape()),
        spans.of(context));
  }

  private List<Binder> axis(NetParser.LhsIndexContext context) {
    return context.binder().stream().map(expressions::binder).toList();
  }

  Declaration.Constant constant(NetParser.ConstDeclContext context, String docs) {
    return new Declaration.Constant(
        names.name(context.id()), expressions.build(context.expr()), docs, spans.of(context));
  }

  Declaration.Dimensions dimensions(NetParser.DimDeclContext context, String docs) {
    var items =
        context.dimItem().stream()
            .map(
                item ->
                    new Declaration.Dimensions.Item(
                        names.name(item.id(), item.sup()), expressions.build(item.expr())))
            .toList();
    return new Declaration.Dimensions(items, docs, spans.of(context));
  }
}

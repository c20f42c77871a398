package netc.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.grammar.NetParser;
import netc.source.Span;
import org.antlr.v4.runtime.Token;

/** Builds the tree of a file from ANTLR's. */
final class UnitBuilder {
  private final Spans spans;
  private final Documentation documentation;
  private final ExpressionBuilder expressions;
  private final StatementBuilder statements;
  private final Signatures signatures;

  UnitBuilder(Spans spans, Documentation documentation) {
    this.spans = spans;
    this.documentation = documentation;
    this.expressions = new ExpressionBuilder(spans);
    this.statements = new StatementBuilder(spans, documentation, expressions);
    this.signatures = new Signatures(spans, expressions);
  }

  Unit build(NetParser.FileContext context) {
    var packageName =
        Optional.ofNullable(context.packageDecl())
            .map(declaration -> String.join(".", Names.parts(declaration.qname())));
    var imports = context.importDecl().stream().map(this::importOf).toList();
    var declarations = new ArrayList<Declaration>();
    for (NetParser.TopDeclContext declaration : context.topDecl()) {
      declarations.add(declaration(declaration, documentation(context, declaration)));
    }
    return new Unit(
        packageName, imports, declarations, new Span(spans.file(), 0, spans.file().text().length()));
  }

  /** What stands above {@code package} documents the first declaration, unless that has its own. */
  private String documentation(
      NetParser.FileContext file, NetParser.TopDeclContext declaration) {
    String own = documentation.before(declaration.getStart());
    boolean isFirst = declaration == file.topDecl(0);
    return own.isEmpty() && isFirst ? documentation.before(file.getStart()) : own;
  }

  private Import importOf(NetParser.ImportDeclContext context) {
    boolean isFile = context.STRING() != null;
    String target =
        isFile
            ? Literals.text(context.STRING().getSymbol())
            : String.join(".", Names.parts(context.qname()));
    var alias =
        Optional.ofNullable(context.ID()).map(node -> expressions.names().name(node.getSymbol()));
    return new Import(target, isFile, alias, spans.of(context));
  }

  private Declaration declaration(NetParser.TopDeclContext context, String docs) {
    if (context.constDecl() != null) {
      return statements.constant(context.constDecl(), docs);
    }
    if (context.dimDecl() != null) {
      return statements.dimensions(context.dimDecl(), docs);
    }
    if (context.fnDecl() != null) {
      return function(context.fnDecl(), docs);
    }
    if (context.layerDecl() != null) {
      return layer(context.layerDecl(), docs);
    }
    var net = context.netDecl();
    return new Declaration.Net(
        name(net.ID().getSymbol()), statements.block(net.block()), docs, spans.of(net));
  }

  private Declaration function(NetParser.FnDeclContext context, String docs) {
    Declaration.Body body =
        context.block() != null
            ? statements.block(context.block())
            : new Declaration.ExpressionBody(
                expressions.build(context.expr(0)), expressions.optional(context.expr(1)));
    return new Declaration.Function(
        name(context.ID().getSymbol()),
        signatures.parameters(context.paramList()),
        signatures.results(context.resultSig()),
        body,
        docs,
        spans.of(context));
  }

  /** The list before the body's is the data; a list before that holds the settings. */
  private Declaration layer(NetParser.LayerDeclContext context, String docs) {
    var lists = context.paramList().stream().map(signatures::parameters).toList();
    return new Declaration.Layer(
        name(context.ID().getSymbol()),
        lists.size() == 2 ? lists.getFirst() : List.of(),
        lists.getLast(),
        signatures.results(context.resultSig()),
        statements.block(context.block()),
        docs,
        spans.of(context));
  }

  private Name name(Token token) {
    return expressions.names().name(token);
  }
}

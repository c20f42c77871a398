package netc.syntax;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netc.grammar.NetParser;
import netc.source.SourceFile;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** What the formatter must know of a token, from the place it has in the tree. */
final class TokenMarks {

  /** The places in a line that stand one below the other, from left to right. */
  enum Column {
    NAME,
    COLON,
    TILDE,
    EQUALS,
    DERIV,
    COMMENT
  }

  /** How the inside of braces is laid out. */
  enum Braces {
    /** All on one line. */
    ONE_LINE,
    /** What is inside begins behind the brace and goes on below itself. */
    HANGING,
    /** Each statement on a line of its own, indented. */
    BLOCK
  }

  private final Spans spans;
  private final SourceFile file;
  private final boolean addsParentheses;

  /** The first tokens of declarations and statements. */
  final Set<Token> starts = new HashSet<>();

  /** The first tokens of settings in {@code train} and {@code data}. */
  final Set<Token> settings = new HashSet<>();

  /** Those of them that stand behind the brace or below the first. */
  final Set<Token> hanging = new HashSet<>();

  final Map<Token, Braces> braces = new HashMap<>();
  final Map<Token, Column> columns = new HashMap<>();

  /** No blank before, or behind, these. */
  final Set<Token> tightBefore = new HashSet<>();

  final Set<Token> tightBehind = new HashSet<>();

  /** Parentheses to be written before, or behind, these, and how many. */
  final Map<Token, Integer> opened = new HashMap<>();

  final Map<Token, Integer> closed = new HashMap<>();

  TokenMarks(Spans spans, NetParser.FileContext tree, boolean addsParentheses) {
    this.spans = spans;
    this.file = spans.file();
    this.addsParentheses = addsParentheses;
    visit(tree);
  }

  private void visit(ParseTree node) {
    if (node instanceof ParserRuleContext context) {
      mark(context);
      for (int i = 0; i < context.getChildCount(); i++) {
        visit(context.getChild(i));
      }
    }
  }

  private void mark(ParserRuleContext context) {
    brackets(context);
    switch (context) {
      case NetParser.PackageDeclContext declaration -> starts.add(declaration.getStart());
      case NetParser.ImportDeclContext declaration -> starts.add(declaration.getStart());
      case NetParser.TopDeclContext declaration -> starts.add(declaration.getStart());
      case NetParser.StmtContext statement -> statement(statement);
      case NetParser.ConstDeclContext constant -> {
        column(constant.id(), Column.NAME);
        columns(constant, "=", Column.EQUALS);
      }
      case NetParser.DimDeclContext dimensions -> {
        column(dimensions.dimItem(0), Column.NAME);
        columns(dimensions.dimItem(0), "=", Column.EQUALS);
      }
      case NetParser.FnDeclContext function -> {
        columns(function, "=", Column.EQUALS);
        columns(function, "deriv", Column.DERIV);
      }
      case NetParser.ParamListContext list -> {
        tightBefore.add(list.getStart());
        list.param().forEach(parameter -> tightBefore(parameter, ":"));
      }
      case NetParser.ResultContext result -> tightBefore(result, ":");
      case NetParser.ShapeContext shape -> {
        if (!(shape.getParent() instanceof NetParser.LhsContext)) { // there it follows a colon
          tightBefore.add(shape.getStart());
        }
      }
      case NetParser.TypeContext type -> tightBefore(type, "(");
      case NetParser.BlockContext block ->
          braces(block, block.stmt().size() < 2 ? Braces.ONE_LINE : Braces.BLOCK);
      case NetParser.LhsContext left -> {
        tightBefore(left, "[");
        commasAsWritten(left);
        columns(left, ":", Column.COLON);
      }
      case NetParser.LhsIndexContext index -> commasAsWritten(index);
      case NetParser.BindersContext binders -> commasAsWritten(binders);
      case NetParser.IndexContext index -> commasAsWritten(index);
      case NetParser.AccessContext access -> {
        tightBefore.add(access.getStart());
        commasAsWritten(access);
      }
      case NetParser.CallContext call -> tightBefore.add(call.getStart());
      case NetParser.ReduceCallContext call -> tightBefore(call, "(");
      case NetParser.RealCallContext call -> tightBefore(call, "(");
      case NetParser.QnameContext name -> tightAround(name, ".");
      case NetParser.SupContext superscript -> tightAround(superscript, "@");
      case NetParser.RangeContext range -> {
        tightAround(range, "..");
        tightAround(range, "..=");
      }
      case NetParser.NegExprContext negation -> tightBehind.add(negation.getStart());
      case NetParser.PowExprContext power -> tightAround(power, "^");
      case NetParser.MulExprContext product -> operatorAsWritten(product, product.op);
      case NetParser.AddExprContext sum -> operatorAsWritten(sum, sum.op);
      case NetParser.ReduceExprContext reduction -> {
        tightBefore(reduction, "[");
        if (addsParentheses) {
          parenthesise(reduction.expr());
        }
      }
      default -> {} // its tokens have one blank between them
    }
  }

  private void statement(NetParser.StmtContext context) {
    starts.add(context.getStart());
    switch (context) {
      case NetParser.DataStmtContext data -> {
        column(data.param(0), Column.NAME);
        columns(data.param(0), ":", Column.COLON);
        columns(data.param(0), "=", Column.EQUALS);
      }
      case NetParser.VarStmtContext variables -> {
        column(variables.varItem(0), Column.NAME);
        columns(variables, "~", Column.TILDE);
      }
      case NetParser.OutputStmtContext output -> named(output, output.lhs());
      case NetParser.ObjStmtContext objective -> named(objective, objective.id());
      case NetParser.UpdateStmtContext update -> named(update, update.lhs());
      case NetParser.LetStmtContext let -> named(let, let.id());
      case NetParser.SettingsStmtContext block -> settings(block);
      default -> columns(context, "=", Column.EQUALS);
    }
  }

  private void named(NetParser.StmtContext statement, ParserRuleContext name) {
    column(name, Column.NAME);
    columns(statement, "=", Column.EQUALS);
  }

  private void settings(NetParser.SettingsStmtContext context) {
    boolean hangs =
        context.name().isEmpty()
            || line(context.name(0).getStart()) == line(terminal(context, "{"));
    braces(context, hangs ? Braces.HANGING : Braces.BLOCK);
    for (NetParser.NameContext name : context.name()) {
      settings.add(name.getStart());
      if (hangs) {
        hanging.add(name.getStart());
      }
    }
    columns(context, "=", Column.EQUALS);
  }

  /** Marks both braces; what is meant for one line and is not on one is a block. */
  private void braces(ParserRuleContext context, Braces wanted) {
    Token open = terminal(context, "{");
    Token close = context.getStop();
    boolean isBroken = wanted == Braces.ONE_LINE && line(open) != line(close);
    braces.put(open, isBroken ? Braces.BLOCK : wanted);
    braces.put(close, isBroken ? Braces.BLOCK : wanted);
  }

  private void brackets(ParserRuleContext context) {
    for (int i = 0; i < context.getChildCount(); i++) {
      if (context.getChild(i) instanceof TerminalNode node) {
        switch (node.getText()) {
          case "(", "[" -> tightBehind.add(node.getSymbol());
          case ")", "]", ",", ";" -> tightBefore.add(node.getSymbol());
          default -> {} // no bracket
        }
      }
    }
  }

  private void parenthesise(NetParser.ExprContext body) {
    boolean hasThem =
        body instanceof NetParser.PrimaryExprContext primary
            && primary.primary() instanceof NetParser.GroupContext group
            && group.trailer().isEmpty();
    if (!hasThem) {
      opened.merge(body.getStart(), 1, Integer::sum);
      closed.merge(body.getStop(), 1, Integer::sum);
    }
  }

  /** {@code 2*i} stays tight and {@code 2 * i} stays wide: it shows what belongs together. */
  private void operatorAsWritten(ParserRuleContext context, Token operator) {
    Token left = ((ParserRuleContext) context.getChild(0)).getStop();
    Token right = ((ParserRuleContext) context.getChild(2)).getStart();
    if (touch(left, operator) && touch(operator, right)) {
      tightBefore.add(operator);
      tightBehind.add(operator);
    }
  }

  private void commasAsWritten(ParserRuleContext context) {
    for (int i = 0; i + 1 < context.getChildCount(); i++) {
      if (context.getChild(i) instanceof TerminalNode node
          && node.getText().equals(",")
          && touch(node.getSymbol(), first(context.getChild(i + 1)))) {
        tightBehind.add(node.getSymbol());
      }
    }
  }

  private boolean touch(Token left, Token right) {
    return spans.end(left) == spans.start(right);
  }

  private int line(Token token) {
    return file.line(spans.start(token));
  }

  private void tightBefore(ParserRuleContext context, String symbol) {
    terminals(context, symbol).forEach(tightBefore::add);
  }

  private void tightAround(ParserRuleContext context, String symbol) {
    for (Token token : terminals(context, symbol)) {
      tightBefore.add(token);
      tightBehind.add(token);
    }
  }

  private void column(ParserRuleContext context, Column column) {
    columns.put(context.getStart(), column);
  }

  private void columns(ParserRuleContext context, String symbol, Column column) {
    terminals(context, symbol).forEach(token -> columns.put(token, column));
  }

  private static Token terminal(ParserRuleContext context, String symbol) {
    return terminals(context, symbol).getFirst();
  }

  private static List<Token> terminals(ParserRuleContext context, String symbol) {
    return context.children.stream()
        .filter(child -> child instanceof TerminalNode && child.getText().equals(symbol))
        .map(child -> ((TerminalNode) child).getSymbol())
        .toList();
  }

  private static Token first(ParseTree node) {
    return node instanceof TerminalNode terminal
        ? terminal.getSymbol()
        : ((ParserRuleContext) node).getStart();
  }
}

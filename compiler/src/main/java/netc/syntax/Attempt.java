package netc.syntax;

import java.util.List;
import java.util.function.Function;
import netc.grammar.NetParser;
import org.antlr.v4.runtime.ANTLRErrorListener;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** One try to read a list of tokens; it ends at the first token that fits nowhere. */
sealed interface Attempt<T> {

  record Success<T>(T tree) implements Attempt<T> {}

  /**
   * @param position where the token that does not fit stands in the list
   * @param start where the statement or declaration begins that it should have continued
   * @param block where the innermost block around it begins, -1 outside all
   */
  record Failure<T>(int position, int start, int block) implements Attempt<T> {}

  /** Fast first; what fails is tried again with full context, which alone is exact. */
  static Attempt<NetParser.FileContext> file(List<Token> tokens) {
    var fast = read(tokens, PredictionMode.SLL, NetParser::file);
    return fast instanceof Success<NetParser.FileContext>
        ? fast
        : read(tokens, PredictionMode.LL, NetParser::file);
  }

  /** Reads with a listener for ambiguities, as exactly as ANTLR can. */
  static void watch(List<Token> tokens, ANTLRErrorListener listener) {
    var parser = parser(tokens);
    parser.addErrorListener(listener);
    parser.getInterpreter().setPredictionMode(PredictionMode.LL_EXACT_AMBIG_DETECTION);
    parser.file();
  }

  static <T extends ParserRuleContext> Attempt<T> read(
      List<Token> tokens, PredictionMode mode, Function<NetParser, T> rule) {
    var parser = parser(tokens);
    parser.getInterpreter().setPredictionMode(mode);
    parser.setErrorHandler(new BailErrorStrategy());
    try {
      return new Success<>(rule.apply(parser));
    } catch (ParseCancellationException cancelled) {
      return failure((RecognitionException) cancelled.getCause());
    }
  }

  private static <T> Failure<T> failure(RecognitionException cause) {
    int position = cause.getOffendingToken().getTokenIndex();
    ParserRuleContext around = (ParserRuleContext) cause.getCtx();
    while (around != null && !(around instanceof NetParser.BlockContext)) {
      if (around instanceof NetParser.StmtContext statement) {
        int block = statement.getParent().getStart().getTokenIndex();
        return new Failure<>(position, statement.getStart().getTokenIndex(), block);
      }
      if (around instanceof NetParser.TopDeclContext declaration) {
        return new Failure<>(position, declaration.getStart().getTokenIndex(), -1);
      }
      around = around.getParent();
    }
    if (around == null) {
      return new Failure<>(position, last((ParserRuleContext) cause.getCtx(), position), -1);
    }
    return new Failure<>(position, last(around, position), around.getStart().getTokenIndex());
  }

  /** The last statement or declaration read before the failure, which it may have continued. */
  private static int last(ParserRuleContext around, int position) {
    boolean isInBlock = around instanceof NetParser.BlockContext;
    var children =
        isInBlock
            ? around.getRuleContexts(NetParser.StmtContext.class)
            : around.getRuleContexts(NetParser.TopDeclContext.class);
    return children.isEmpty() ? position : children.getLast().getStart().getTokenIndex();
  }

  private static NetParser parser(List<Token> tokens) {
    var stream = new CommonTokenStream(new ListTokenSource(tokens));
    var parser = new Nesting.LimitedParser(stream);
    parser.removeErrorListeners();
    return parser;
  }
}

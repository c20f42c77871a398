package netc.syntax;

import java.util.ArrayList;
import java.util.List;
import netc.grammar.NetLexer;
import netc.source.SourceFile;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.WritableToken;

/**
 * A file as words.
 *
 * @param all every token of the file, comments and blanks too
 * @param code what the parser sees, the end of the file included
 */
record Words(Spans spans, List<Token> all, List<Token> code) {

  static Words of(SourceFile file) {
    var lexer = new NetLexer(CharStreams.fromString(file.text(), file.name()));
    lexer.removeErrorListeners(); // no text is an error to the lexer: see BAD in the grammar
    var all = new ArrayList<Token>();
    var code = new ArrayList<Token>();
    var spans = new Spans(file);
    Token token;
    do {
      token = lexer.nextToken();
      if (token instanceof WritableToken own) {
        own.setLine(file.line(spans.start(token))); // the lexer does not count a lone CR
      }
      all.add(token);
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        code.add(token);
      }
    } while (token.getType() != Token.EOF);
    return new Words(spans, all, code);
  }
}

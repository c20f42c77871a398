package netc.syntax;

import java.util.List;
import java.util.Optional;
import netc.grammar.NetParser;
import netc.source.Diagnostics;
import netc.source.SourceFile;
import org.antlr.v4.runtime.Token;

/**
 * Reads a {@code .net} file: text in, its tree or its syntax errors out. No text makes it throw.
 *
 * <p>What cannot be read is reported, taken out, and the rest is read again: so several mistakes
 * are found in one run, and none of them twice.
 */
public final class Parser {
  /** A text so broken is reported as far as it was read. */
  private static final int MOST_ROUNDS = 4 * Diagnostics.LIMIT;

  private final Words words;
  private final Diagnostics diagnostics = new Diagnostics();

  private Parser(SourceFile file) {
    this.words = Words.of(file);
  }

  /** Never throws; {@code diagnostics} is empty exactly when {@code unit} is there. */
  public static ParseResult parse(SourceFile file) {
    var parser = new Parser(file);
    Optional<Unit> unit = parser.parse();
    return new ParseResult(
        parser.diagnostics.hasErrors() ? Optional.empty() : unit, parser.diagnostics.list());
  }

  private Optional<Unit> parse() {
    try {
      Nesting.checkBrackets(words.code());
      Optional<NetParser.FileContext> tree = read();
      Optional<Unit> unit =
          tree.map(new UnitBuilder(words.spans(), new Documentation(words.all()))::build);
      unit.ifPresent(new OperatorRules(diagnostics)::check);
      return unit;
    } catch (Nesting.TooDeep tooDeep) {
      diagnostics.add(SyntaxErrors.tooDeep(words.spans().of(tooDeep.token())));
    } catch (StackOverflowError overflow) {
      // ANTLR's prediction recurses as it looks ahead; the limits above leave it little to recurse
      diagnostics.add(SyntaxErrors.tooDeep(words.spans().of(words.code().getFirst())));
    }
    return Optional.empty();
  }

  /** The tree of what can be read; empty when that is nothing worth looking at. */
  private Optional<NetParser.FileContext> read() {
    var wordRules = new WordRules(words, diagnostics);
    List<Token> tokens = wordRules.apply();
    LineRules.check(new Code(tokens), words.spans(), diagnostics);
    for (int round = 0; round < MOST_ROUNDS && !diagnostics.isFull(); round++) {
      switch (Attempt.file(tokens)) {
        case Attempt.Success(var tree) -> {
          return Optional.of(tree);
        }
        case Attempt.Failure<NetParser.FileContext> failure -> {
          var code = new Code(tokens);
          int end = Recovery.end(code, failure);
          int lastLine = code.line(Math.max(failure.position(), end - 1));
          if (!wordRules.isBlamed(code.line(failure.start()), lastLine)) {
            diagnostics.add(Diagnosis.of(code, words.spans(), failure));
          }
          if (code.isEnd(failure.position())) {
            return Optional.empty();
          }
          tokens = Recovery.without(code, failure.start(), end);
        }
      }
    }
    return Optional.empty();
  }
}

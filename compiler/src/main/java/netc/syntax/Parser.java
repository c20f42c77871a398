package netc.syntax;

import java.util.List;
import java.util.Optional;
import netc.grammar.NetParser;
import netc.source.Diagnostic;
import netc.source.SourceFile;

/** Reads a {@code .net} file: text in, its tree or its syntax errors out. No text makes it throw. */
public final class Parser {
  private Parser() {}

  public static ParseResult parse(SourceFile file) {
    var words = Words.of(file);
    return switch (Attempt.file(words.code())) {
      case Attempt.Success<NetParser.FileContext>(var tree) -> {
        var builder = new UnitBuilder(words.spans(), new Documentation(words.all()));
        yield new ParseResult(Optional.of(builder.build(tree)), List.of());
      }
      case Attempt.Failure<NetParser.FileContext>(int position) -> {
        var token = words.code().get(position);
        yield new ParseResult(
            Optional.empty(),
            List.of(
                Diagnostic.error("E001", "I did not expect `" + token.getText() + "` here")
                    .at(words.spans().of(token))));
      }
    };
  }
}

package netc.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import netc.source.SourceFile;
import netc.syntax.Formatter;
import netc.syntax.Formatter.Formatted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netc fmt}: lays out files; what has a syntax error stays as it is. */
@Command(
    name = "fmt",
    description = "Lays out .net files: indentation, blanks, columns. Comments stay.",
    mixinStandardHelpOptions = true)
final class FmtCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "the .net files; - reads standard input and writes standard output")
  private List<String> files;

  @Option(
      names = "--check",
      description = "write nothing; name the files that would change, and exit with 1 if there is one")
  private boolean checks;

  @Option(
      names = "--parens",
      description = "show the extent of every sum, and its like, with parentheses")
  private boolean addsParentheses;

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    boolean wrong = false;
    try (var outputs = new Outputs()) {
      for (String file : files) {
        SourceFile source = read(file);
        Formatted formatted = Formatter.format(source, addsParentheses);
        console.show(formatted.diagnostics());
        Optional<String> text = formatted.text();
        boolean changes = text.isPresent() && !text.get().equals(source.text());
        wrong |= text.isEmpty() || checks && changes;
        if (checks && changes) {
          console.print(source.name());
        } else if (!checks && text.isPresent()) {
          write(file, text.get(), changes, outputs);
        }
      }
      outputs.commit();
    }
    return wrong ? Main.INPUT_ERROR : 0;
  }

  private static void write(String file, String text, boolean changes, Outputs outputs) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (file.equals(STANDARD_INPUT)) {
      System.out.write(bytes, 0, bytes.length); // in UTF-8 whatever the terminal's encoding
      System.out.flush();
    } else if (changes) {
      outputs.add(
          Path.of(file),
          channel -> {
            var rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
              channel.write(rest);
            }
          });
    }
  }

  private static SourceFile read(String file) {
    if (!file.equals(STANDARD_INPUT)) {
      return SourceFile.read(Path.of(file));
    }
    try {
      var bytes = ByteBuffer.wrap(System.in.readAllBytes());
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return new SourceFile("<standard input>", text);
    } catch (CharacterCodingException e) {
      throw new InputException("standard input is not UTF-8 text");
    } catch (IOException e) {
      throw new InputException("cannot read standard input: " + e.getMessage());
    }
  }
}

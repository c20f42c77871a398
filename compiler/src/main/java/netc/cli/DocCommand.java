package netc.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import netc.check.Prelude;
import netc.source.SourceFile;
import netc.source.Suggestions;
import netc.syntax.Declaration;
import netc.syntax.Parser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netc doc}: the text of a declaration with its comment; without a name, what there is. */
@Command(
    name = "doc",
    description = "Shows a function or layer of the library, its comment and its text.",
    mixinStandardHelpOptions = true)
final class DocCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "such as dense or gelu; without it, all names and what they are")
  private String name;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description = "a .net file whose own declarations come first")
  private Path file;

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    List<Declaration> declarations = new ArrayList<>();
    if (file != null) {
      var parsed = Parser.parse(SourceFile.read(file));
      console.show(parsed.diagnostics());
      if (parsed.unit().isEmpty()) {
        return Main.INPUT_ERROR;
      }
      declarations.addAll(parsed.unit().get().declarations());
    }
    declarations.addAll(Prelude.unit().declarations());
    if (name == null) {
      declarations.forEach(declaration -> console.print(line(declaration)));
    } else {
      console.print(whole(declarations));
    }
    return 0;
  }

  /** {@code gelu                      z Φ(z), Φ the normal distribution.}, the comment's first line. */
  private static String line(Declaration declaration) {
    String first = declaration.documentation().lines().findFirst().orElse("");
    return String.format("%-28s %s", declaration.title(), first).stripTrailing();
  }

  private String whole(List<Declaration> declarations) {
    Optional<Declaration> found =
        declarations.stream().filter(d -> d.title().equals(name)).findFirst();
    Declaration declaration = found.orElseThrow(() -> unknown(declarations));
    var text = new StringBuilder();
    text.append("// ").append(declaration.span()).append('\n');
    declaration.documentation().lines().forEach(l -> text.append("/// ").append(l).append('\n'));
    return text.append(declaration.span().text()).toString();
  }

  private InputException unknown(List<Declaration> declarations) {
    List<String> names = declarations.stream().map(Declaration::title).toList();
    String guess =
        Suggestions.closest(name, names).map(n -> "; did you mean `" + n + "`?").orElse("");
    return new InputException(
        "nothing is called `" + name + "`" + guess + "\n`netc doc` lists what there is");
  }
}

package netc.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netc check}: every error and warning of some files. */
@Command(
    name = "check",
    description = "Checks .net files: names, shapes, ranges, bounds.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "the .net files")
  private List<Path> files;

  @Override
  public Integer call() {
    boolean wrong = false;
    for (Path file : files) {
      var checked = netc.Netc.check(netc.source.SourceFile.read(file), java.util.Map.of());
      Console.of(spec).show(checked.diagnostics());
      wrong |= checked.hasErrors();
    }
    return wrong ? Main.INPUT_ERROR : 0;
  }
}

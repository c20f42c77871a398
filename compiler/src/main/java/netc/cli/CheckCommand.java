package netc.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import netc.Netc;
import netc.check.CheckResult;
import netc.source.DiagnosticData;
import netc.source.SourceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netc check}: every error and warning of some files, and the shapes of their nets. */
@Command(
    name = "check",
    description = "Checks .net files: names, shapes, ranges, bounds.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "the .net files")
  private List<Path> files;

  @Option(
      names = "--shapes",
      description = "also every name with its role, its shape, and the number of parameters")
  private boolean shapes;

  @Option(names = "--json", description = "everything as one JSON text")
  private boolean json;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "another value for a dim or const of the nets, such as width=64; may be repeated")
  private Map<String, Double> sizes = new LinkedHashMap<>();

  /** What is known of one file, as JSON shows it. */
  record Report(String file, List<DiagnosticData> diagnostics, List<ShapeTable> nets) {}

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    boolean wrong = false;
    var reports = new ArrayList<Report>();
    for (Path file : files) {
      CheckResult checked = Netc.check(SourceFile.read(file), sizes);
      Sizes.check(sizes, checked.models(), file, checked.hasErrors());
      List<ShapeTable> tables =
          shapes ? checked.models().stream().map(ShapeTable::of).toList() : List.of();
      if (!json) {
        console.show(checked.diagnostics());
        tables.forEach(table -> table.lines().forEach(console::print));
      }
      reports.add(
          new Report(
              file.toString(),
              checked.diagnostics().stream().map(DiagnosticData::of).toList(),
              tables));
      wrong |= checked.hasErrors();
    }
    if (json) {
      console.print(Json.text(Map.of("files", reports)));
    }
    return wrong ? Main.INPUT_ERROR : 0;
  }
}

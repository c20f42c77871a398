package netc.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import netc.CompileException;
import netc.CompileOptions;
import netc.CompileResult;
import netc.CompiledNet;
import netc.Netc;
import netc.runtime.Names;
import netc.runtime.Precision;
import netc.source.SourceFile;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A {@code .net} file and how it is compiled: what every command with one net takes. */
final class SourceOptions {
  @Parameters(index = "0", paramLabel = "FILE", description = "the .net file")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "another value for a dim or const of the net, such as width=64; may be repeated")
  private Map<String, Double> sizes = new LinkedHashMap<>();

  @Option(
      names = "--precision",
      paramLabel = "f32|f64",
      description = "the element type of the computation, f32 unless given")
  private Precision precision = Precision.F32;

  @Option(
      names = "--net",
      paramLabel = "NAME",
      description = "which net, where the file has several")
  private String net;

  Path file() {
    return file;
  }

  /** The folder of the file, against which file names in it are resolved. */
  Path folder() {
    return file.toAbsolutePath().getParent();
  }

  CompileOptions compileOptions() {
    return CompileOptions.DEFAULT.withPrecision(precision).withSizes(sizes);
  }

  /** The chosen net as class files; warnings are shown. */
  CompiledNet compile(Console console) {
    return compile(console, compileOptions());
  }

  /**
   * The chosen net as class files; warnings are shown.
   *
   * @throws CompileException when the file has an error
   * @throws InputException when it has no such net, or the net no such size
   */
  CompiledNet compile(Console console, CompileOptions options) {
    List<CompiledNet> nets = compileAll(console, options);
    if (nets.size() > 1) {
      throw new InputException(
          file + " has several nets: " + names(nets) + "; choose one with --net");
    }
    return nets.getFirst();
  }

  /** All nets of the file, or only the one that {@code --net} names. */
  List<CompiledNet> compileAll(Console console, CompileOptions options) {
    CompileResult result = Netc.compile(SourceFile.read(file), options);
    if (result.hasErrors()) {
      throw new CompileException(result.diagnostics());
    }
    console.show(result.diagnostics());
    Sizes.check(sizes, result.nets().stream().map(CompiledNet::model).toList(), file, false);
    if (result.nets().isEmpty()) {
      throw new InputException(file + " has no net; write `net Name { … }`");
    }
    List<CompiledNet> chosen =
        result.nets().stream().filter(c -> net == null || name(c).equals(net)).toList();
    if (chosen.isEmpty()) {
      throw new InputException(noNet(result.nets()));
    }
    return chosen;
  }

  private String noNet(List<CompiledNet> nets) {
    var known = nets.stream().map(SourceOptions::name).toList();
    return "--net: " + file + " has no net `" + net + "`" + guess(net, known) + there(known);
  }

  private static String guess(String name, List<String> known) {
    Optional<String> near = Names.nearest(name, known);
    return near.map(n -> "; did you mean `" + n + "`?").orElse("");
  }

  private static String there(List<String> known) {
    return known.isEmpty()
        ? " (there is none)"
        : known.stream().distinct().collect(Collectors.joining(", ", " (there are: ", ")"));
  }

  private static String names(List<CompiledNet> nets) {
    return nets.stream().map(SourceOptions::name).collect(Collectors.joining(", "));
  }

  /** The name of the class without its package. */
  private static String name(CompiledNet compiled) {
    String name = compiled.metadata().className();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}

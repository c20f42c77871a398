package netc.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import netc.CompileException;
import netc.CompileOptions;
import netc.CompileResult;
import netc.CompiledNet;
import netc.Netc;
import netc.check.CheckResult;
import netc.ir.Model;
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

  /** Whatever the class computes in. */
  Precision precision() {
    return precision;
  }

  /**
   * The chosen net as the checker knows it, and the text it was read from; warnings are shown.
   *
   * @throws CompileException when the file has an error
   * @throws OptionException when it has no such net, or the net no such size
   */
  CheckedNet check(Console console) {
    SourceFile source = SourceFile.read(file);
    CheckResult result = Netc.check(source, sizes);
    if (result.hasErrors()) {
      throw new CompileException(result.diagnostics());
    }
    console.show(result.diagnostics());
    Sizes.check(sizes, result.models(), file, false);
    return new CheckedNet(source, only(chosen(result.models(), Model::name), Model::name));
  }

  /** A net that was checked and not yet compiled. */
  record CheckedNet(SourceFile source, Model model) {
    CompiledNet compile(CompileOptions options) {
      return Netc.compile(model, source, options);
    }
  }

  /** The chosen net as class files; warnings are shown. */
  CompiledNet compile(Console console) {
    return compile(console, compileOptions());
  }

  /**
   * The chosen net as class files; warnings are shown.
   *
   * @throws CompileException when the file has an error
   * @throws OptionException when it has no such net, or the net no such size
   */
  CompiledNet compile(Console console, CompileOptions options) {
    return only(compileAll(console, options), SourceOptions::name);
  }

  /** All nets of the file, or only the one that {@code --net} names. */
  List<CompiledNet> compileAll(Console console, CompileOptions options) {
    CompileResult result = Netc.compile(SourceFile.read(file), options);
    if (result.hasErrors()) {
      throw new CompileException(result.diagnostics());
    }
    console.show(result.diagnostics());
    Sizes.check(sizes, result.nets().stream().map(CompiledNet::model).toList(), file, false);
    return chosen(result.nets(), SourceOptions::name);
  }

  private <N> List<N> chosen(List<N> nets, Function<N, String> name) {
    if (nets.isEmpty()) {
      throw new InputException(file + " has no net; write `net Name { … }`");
    }
    List<N> chosen =
        nets.stream().filter(n -> net == null || name.apply(n).equals(net)).toList();
    if (chosen.isEmpty()) {
      List<String> known = nets.stream().map(name).toList();
      throw new OptionException(
          "--net: " + file + " has no net `" + net + "`" + guess(net, known) + there(known));
    }
    return chosen;
  }

  private <N> N only(List<N> nets, Function<N, String> name) {
    if (nets.size() > 1) {
      String names = nets.stream().map(name).collect(Collectors.joining(", "));
      throw new InputException(file + " has several nets: " + names + "; choose one with --net");
    }
    return nets.getFirst();
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

  /** The name of the class without its package. */
  private static String name(CompiledNet compiled) {
    String name = compiled.metadata().className();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}

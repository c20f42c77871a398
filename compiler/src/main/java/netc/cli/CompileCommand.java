package netc.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import netc.CompiledNet;
import netc.io.Checkpoint;
import netc.io.FileErrors;
import netc.runtime.Metadata;
import netc.source.SourceFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netc compile}: class files, alone or in a jar, with weights beside them. */
@Command(
    name = "compile",
    description = "Compiles every net of a file to a Java class that needs only the runtime.",
    mixinStandardHelpOptions = true)
final class CompileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source;

  @ArgGroup(multiplicity = "1")
  private Target target;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "a safetensors file for the class to load: checked, and put beside it")
  private Path weights;

  @Option(
      names = "--sources",
      paramLabel = "FILE.jar",
      description = {
        "also write a jar with the .net file, and each class as Java without bodies whose Javadoc are",
        "the /// texts: editors and the javadoc tool read it"
      })
  private Path sources;

  /** Where the classes go. */
  static final class Target {
    @Option(
        names = "-d",
        paramLabel = "DIR",
        description = "write class files into the folders of their packages below this one")
    private Path folder;

    @Option(
        names = "-o",
        paramLabel = "FILE.jar",
        description = "write a jar; the same source gives the same bytes")
    private Path jar;
  }

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    if (target.jar != null) {
      checkName("-o", target.jar);
      Outputs.protect(target.jar, source.file(), weights);
    }
    if (sources != null) {
      checkName("--sources", sources);
      Outputs.protect(sources, source.file(), weights);
      if (target.jar != null && absolute(sources).equals(absolute(target.jar))) {
        throw new OptionException("--sources and -o name the same file, " + sources);
      }
    }
    List<CompiledNet> nets =
        weights == null
            ? source.compileAll(console, source.compileOptions())
            : List.of(source.compile(console));
    Map<String, byte[]> files = files(nets);
    if (weights != null) {
      Metadata metadata = nets.getFirst().metadata();
      files.put(besideClass(metadata), checkedWeights(metadata, console));
    }
    write(files, nets);
    String where = (target.jar != null ? target.jar : target.folder).toString();
    nets.forEach(net -> console.note("wrote " + net.metadata().className() + " to " + where));
    return 0;
  }

  /** Keeps a slip of the pen from replacing weights or a source by a jar. */
  private static void checkName(String option, Path jar) {
    boolean isDevice = Files.exists(jar) && !Files.isRegularFile(jar);
    if (!jar.toString().endsWith(".jar") && !isDevice) {
      throw new OptionException(option + ": " + jar + " is no name of a jar; write " + jar + ".jar");
    }
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private static Map<String, byte[]> files(List<CompiledNet> nets) {
    var files = new LinkedHashMap<String, byte[]>();
    for (CompiledNet net : nets) {
      net.classes().forEach((name, bytes) -> files.put(name.replace('.', '/') + ".class", bytes));
    }
    return files;
  }

  private static String besideClass(Metadata metadata) {
    String name = metadata.className().replace('.', '/');
    return name.substring(0, name.lastIndexOf('/') + 1) + Checkpoint.fileBeside(metadata);
  }

  private byte[] checkedWeights(Metadata metadata, Console console) {
    Checkpoint.read(weights, metadata).notes().forEach(note -> console.note("note: " + note));
    try {
      return Files.readAllBytes(weights);
    } catch (IOException e) {
      throw new InputException(FileErrors.reading(weights, e));
    }
  }

  /** A jar of sources: folders as of the classes, and the text from which they were compiled. */
  private JarContent sources(List<CompiledNet> nets) {
    var jar = new JarContent();
    for (CompiledNet net : nets) {
      String name = net.metadata().className().replace('.', '/');
      jar.add(name + ".java", net.stub().getBytes(StandardCharsets.UTF_8));
      String folder = name.substring(0, name.lastIndexOf('/') + 1);
      String text = SourceFile.read(source.file()).text();
      jar.add(folder + net.metadata().sourceName(), text.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private void write(Map<String, byte[]> files, List<CompiledNet> nets) {
    try (Outputs outputs = new Outputs()) {
      if (target.jar != null) {
        var jar = new JarContent();
        files.forEach(jar::add);
        outputs.add(target.jar, jar);
      } else {
        files.forEach(
            (name, bytes) ->
                outputs.addInFolder(
                    target.folder.resolve(name), channel -> writeAll(bytes, channel)));
      }
      if (sources != null) {
        outputs.add(sources, sources(nets));
      }
      outputs.commit();
    }
  }

  private static void writeAll(byte[] bytes, WritableByteChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}

package netc.syntax;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import netc.source.SourceFile;

/** The {@code .net} files of the repository that are meant to be correct. */
public final class Texts {
  private static final Path ROOT = Path.of("").toAbsolutePath();

  private Texts() {}

  /** The prelude, the examples of the language page and every sample, in a fixed order. */
  public static Stream<SourceFile> all() {
    return folders().flatMap(Texts::under);
  }

  /** Where they are. */
  static Stream<Path> folders() {
    return Stream.of(
            ROOT.resolve("src/main/resources"),
            ROOT.resolve("src/test/resources/netc"),
            ROOT.resolveSibling("samples"))
        .filter(Files::isDirectory);
  }

  /** A correct {@code .net} file of the test resources, such as {@code examples/xor.net}. */
  public static SourceFile resource(String path) {
    return read(ROOT.resolve("src/test/resources/netc").resolve(path));
  }

  /** The files of a folder of the test resources, such as {@code examples}. */
  public static Stream<SourceFile> folder(String name) {
    return under(ROOT.resolve("src/test/resources/netc").resolve(name));
  }

  private static Stream<SourceFile> under(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".net"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .map(Texts::read)
          .toList()
          .stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static SourceFile read(Path file) {
    try {
      return new SourceFile(file.getFileName().toString(), Files.readString(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

package netc.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import netc.source.Diagnostic;
import netc.source.Edits;
import netc.source.Renderer;
import netc.source.SourceFile;
import netc.syntax.SyntaxAssertions;
import org.junit.jupiter.api.DynamicTest;

/**
 * The golden messages: {@code golden/<code>/<case>.net} beside the expected {@code <case>.txt}.
 * {@code -Dgolden.write=true} writes what is said now; read the difference before you commit it.
 *
 * <p>The folder names the code that the case must provoke, so that a crash or a slip of the pen can
 * never become the expected text. Each suggestion that carries edits is carried out: the message
 * that made it must be gone then.
 */
public final class Goldens {
  private static final Path ROOT = Path.of("src/test/resources/golden").toAbsolutePath();
  private static final boolean WRITES = Boolean.getBoolean("golden.write");

  private Goldens() {}

  /**
   * One test a case.
   *
   * @param codes which folders to run
   * @param compile what the file goes through; it returns all messages
   */
  public static Stream<DynamicTest> tests(
      Predicate<String> codes, Function<SourceFile, List<Diagnostic>> compile) {
    return cases()
        .filter(file -> codes.test(code(file)))
        .map(
            file ->
                dynamicTest(
                    code(file) + "/" + file.getFileName(),
                    file.toUri(),
                    () -> new Case(file, compile).run()));
  }

  /** The codes that have a case, in order. */
  public static List<String> codes() {
    return cases().map(Goldens::code).distinct().toList();
  }

  private static Stream<Path> cases() {
    try (var files = Files.walk(ROOT)) {
      return files.filter(file -> file.toString().endsWith(".net")).sorted().toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String code(Path file) {
    return file.getParent().getFileName().toString();
  }

  private record Case(Path file, Function<SourceFile, List<Diagnostic>> compile) {

    void run() throws IOException {
      var source = new SourceFile(file.getFileName().toString(), Files.readString(file));
      List<Diagnostic> found = compile.apply(source);
      assertTrue(
          found.stream().anyMatch(diagnostic -> diagnostic.code().equals(code(file))),
          () -> "no " + code(file) + " among\n" + Renderer.plain().render(found));
      if (!code(file).startsWith("E0")) {
        SyntaxAssertions.parse(source);
      }
      compare(Renderer.plain().render(found.stream().map(Library::withoutLines).toList()));
      for (Diagnostic diagnostic : found) {
        diagnostic.helps().forEach(help -> carryOut(source, diagnostic, help));
      }
    }

    private void compare(String actual) throws IOException {
      Path expected = file.resolveSibling(file.getFileName().toString().replace(".net", ".txt"));
      if (WRITES) {
        Files.writeString(expected, actual);
      }
      assertTrue(Files.exists(expected), "run with -Dgolden.write=true and read " + expected);
      assertEquals(Files.readString(expected), actual);
    }

    /** What was wrong is gone, and nothing is wrong with the text of the suggestion itself. */
    private void carryOut(SourceFile source, Diagnostic diagnostic, Diagnostic.Help help) {
      if (help.edits().isEmpty()) {
        return;
      }
      var edited = new SourceFile(source.name(), Edits.apply(source, help.edits()));
      List<Diagnostic> after = compile.apply(edited);
      boolean isNewSyntaxError =
          !diagnostic.code().startsWith("E0")
              && after.stream().anyMatch(next -> next.code().startsWith("E0"));
      assertTrue(
          count(after, diagnostic) < count(compile.apply(source), diagnostic) && !isNewSyntaxError,
          () -> "after \"" + help.text() + "\":\n" + Renderer.plain().render(after));
    }

    private static long count(List<Diagnostic> diagnostics, Diagnostic like) {
      return diagnostics.stream()
          .filter(d -> d.code().equals(like.code()) && d.title().equals(like.title()))
          .count();
    }
  }
}

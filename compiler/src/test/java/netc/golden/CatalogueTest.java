package netc.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import netc.check.errors.Code;
import netc.source.Diagnostic;
import org.junit.jupiter.api.Test;

/** Every code has a golden case, a page and a place that raises it, and none of these has no code. */
class CatalogueTest {
  private static final Path SOURCES = Path.of("src/main/java").toAbsolutePath();
  private static final Path GOLDENS = Path.of("src/test/resources/golden").toAbsolutePath();
  private static final Path PAGES = Path.of("../docs/errors").toAbsolutePath().normalize();
  private static final Pattern SYNTAX_CODE = Pattern.compile("\"(E0\\d\\d)\"");
  private static final Pattern EXAMPLE = Pattern.compile("```net\n(.*?)```\n", Pattern.DOTALL);

  /** Its smallest example has some thousand brackets. */
  private static final Set<String> WITHOUT_EXAMPLE = Set.of("E014");

  private static Set<String> codes() {
    var codes = new TreeSet<String>();
    Arrays.stream(Code.values()).map(Code::name).forEach(codes::add);
    for (Path file : files(SOURCES.resolve("netc/syntax"), ".java")) {
      SYNTAX_CODE.matcher(text(file)).results().forEach(m -> codes.add(m.group(1)));
    }
    return codes;
  }

  @Test
  void everyCodeHasAGoldenCase() {
    assertEquals(codes(), new TreeSet<>(Goldens.codes()), "folders of " + GOLDENS);
  }

  @Test
  void everyCodeHasAPage() {
    var pages =
        files(PAGES, ".md").stream()
            .map(page -> page.getFileName().toString().replace(".md", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(codes(), pages, "pages of docs/errors");
  }

  @Test
  void everyCodeIsRaised() {
    String errors = all(SOURCES.resolve("netc/check/errors"));
    for (Code code : Code.values()) {
      assertTrue(errors.contains("Code." + code.name() + ","), "no message has " + code);
    }
  }

  @Test
  void everyMessageIsSaidSomewhere() {
    String sources = all(SOURCES.resolve("netc"));
    for (Path file : files(SOURCES.resolve("netc/check/errors"), ".java")) {
      String name = file.getFileName().toString().replace(".java", "");
      for (Method method : messages(name)) {
        var call = Pattern.compile("\\b" + name + "\\s*\\.\\s*" + method.getName() + "\\(");
        assertTrue(
            call.matcher(sources).find(), name + "." + method.getName() + " is called nowhere");
      }
    }
  }

  private static List<Method> messages(String name) {
    try {
      return Arrays.stream(Class.forName("netc.check.errors." + name).getDeclaredMethods())
          .filter(m -> Modifier.isPublic(m.getModifiers()) && Modifier.isStatic(m.getModifiers()))
          .filter(m -> m.getReturnType() == Diagnostic.class)
          .toList();
    } catch (ClassNotFoundException e) {
      return List.of(); // package-info
    }
  }

  @Test
  void everyPageShowsAGoldenCase() {
    for (Path page : files(PAGES, ".md")) {
      String code = page.getFileName().toString().replace(".md", "");
      String text = text(page);
      assertTrue(text.startsWith("# " + code + ": "), page + " begins with its code");
      assertTrue(text.contains("**Why.**") && text.contains("**What to do.**"), page.toString());
      long lines = text.lines().count();
      assertTrue(lines >= 8 && lines <= 40, page + " has " + lines + " lines");
      var examples = EXAMPLE.matcher(text).results().map(m -> m.group(1)).toList();
      assertEquals(WITHOUT_EXAMPLE.contains(code) ? 0 : 1, examples.size(), page.toString());
      var cases = files(GOLDENS.resolve(code), ".net").stream().map(CatalogueTest::text).toList();
      assertTrue(cases.containsAll(examples), page + " shows what is no golden case of " + code);
    }
  }

  @Test
  void pagesOfTheCheckerBeginWithTheSummaryOfTheirCode() {
    for (Code code : Code.values()) {
      String first = text(PAGES.resolve(code + ".md")).lines().findFirst().orElse("");
      assertEquals("# " + code + ": " + code.summary(), first);
    }
  }

  private static String all(Path folder) {
    return files(folder, ".java").stream()
        .map(CatalogueTest::text)
        .collect(Collectors.joining("\n"));
  }

  private static List<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package netc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import netc.Netc;
import netc.explain.Explanation;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages for users say holds: their networks compile, their links lead somewhere. */
class DocsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern NET = Pattern.compile("(?ms)^```net\\R(.*?)^```");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  static List<Path> pages() {
    try (Stream<Path> samples = Files.list(Path.of(""));
        Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.of(
              Stream.of(ROOT.resolve("README.md"), Path.of("README.md").toAbsolutePath()),
              docs.filter(file -> file.toString().endsWith(".md")),
              samples.map(folder -> folder.resolve("README.md").toAbsolutePath()).filter(Files::exists))
          .flatMap(page -> page)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that are whole files; a line of a file begins with no package. */
  @ParameterizedTest
  @MethodSource("pages")
  void networksCompile(Path page) throws IOException {
    var blocks = NET.matcher(Files.readString(page));
    while (blocks.find()) {
      if (blocks.group(1).startsWith("package")) {
        var checked = Netc.check(new SourceFile("block.net", blocks.group(1)), Map.of());
        assertEquals(List.of(), checked.diagnostics(), blocks.group(1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    String withoutCode =
        Files.readString(page).replaceAll("(?s)```.*?```", "").replaceAll("`[^`]*`", "");
    var links = LINK.matcher(withoutCode);
    while (links.find()) {
      Path target = page.resolveSibling(links.group(1));
      assertTrue(Files.exists(target), () -> page + " links to " + target);
    }
  }

  @Test
  void theLessonShowsItsDerivativeAsItIs() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/lesson.md"));
    var checked = Netc.check(SourceFile.read(Path.of("lesson/lesson.net")), Map.of());
    var explanation = Explanation.of(checked.models().getFirst());
    assertTrue(page.contains("```text\n" + explanation.steps() + "```"), explanation.steps());
    assertTrue(page.contains("```text\n" + explanation.derivative() + "```"), explanation.derivative());
  }

  @Test
  void theReadmeShowsIrisAsItIs() throws IOException {
    var blocks = NET.matcher(Files.readString(ROOT.resolve("README.md")));
    assertTrue(blocks.find());
    assertEquals(Files.readString(Path.of("iris/iris.net")), blocks.group(1));
  }
}

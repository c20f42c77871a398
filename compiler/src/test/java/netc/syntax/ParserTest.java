package netc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParserTest {
  static Stream<String> texts() {
    return Texts.all().map(SourceFile::name);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsInOneWayOnly(String name) {
    var file = Texts.all().filter(text -> text.name().equals(name)).findFirst().orElseThrow();
    assertTrue(!SyntaxAssertions.parse(file).declarations().isEmpty());
  }

  /** All {@code .net} files of the repository but the goldens and benchmarks, which their own tests parse. */
  @Test
  void noTextIsForgotten() throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    try (Stream<Path> files = Files.walk(root)) {
      var forgotten =
          files
              .filter(file -> file.toString().endsWith(".net"))
              .map(file -> "/" + root.relativize(file))
              .filter(file -> !file.contains("/target/") && !file.contains("/golden/"))
              .filter(file -> !file.startsWith("/benchmarks/"))
              .filter(file -> !file.contains("/."))
              .filter(file -> Texts.folders().noneMatch(f -> (root + file).startsWith(f + "/")))
              .toList();
      assertEquals(List.of(), forgotten);
    }
  }

  @Test
  void anAmbiguityIsSeen() {
    var file = new SourceFile("bad.net", "net A { x = }");
    assertEquals(1, SyntaxAssertions.complaints(file).size());
  }

  @Test
  void documentationGoesToTheNextDeclaration() {
    var unit =
        SyntaxAssertions.parse(
            "docs.net",
            """
            /// Of the net.
            package demo

            net A {
              //// a ruler, no documentation
              ///  Two
              /// lines.
              // an ordinary comment
              input x
              y = x
            }
            /// Of b.
            const b = 2
            """);
    var net = assertInstanceOf(Declaration.Net.class, unit.declarations().getFirst());
    assertEquals("Of the net.", net.documentation());
    assertEquals(" Two\nlines.", net.body().statements().get(0).documentation());
    assertEquals("", net.body().statements().get(1).documentation());
    assertEquals("Of b.", unit.declarations().get(1).documentation());
  }

  @Test
  void namesAreNormalised() {
    var composed = first("const caf\u00e9 = 1");
    var decomposed = first("const cafe\u0301 = 1");
    assertEquals(composed.name().text(), decomposed.name().text());
    assertEquals("café", decomposed.name().span().text().replace("e\u0301", "é"));
  }

  @Test
  void aByteOrderMarkAndCarriageReturnsAreBlanks() {
    var constant = first("\uFEFFconst a = 1\r\n");
    assertEquals(7, constant.name().span().start());
  }

  @Test
  void spansCountCharactersAlsoBehindRareLetters() {
    var constant = first("const \uD835\uDC00 = alpha");
    assertEquals("alpha", constant.value().span().text());
  }

  @Test
  void aSumReachesOverProductsOnly() {
    var sum = assertInstanceOf(Expression.Binary.class, first("const a = sum[k] w[k] * x[k] + b").value());
    assertEquals(Expression.BinaryOperator.PLUS, sum.operator());
    var reduce = assertInstanceOf(Expression.Reduce.class, sum.left());
    assertInstanceOf(Expression.Binary.class, reduce.body());
  }

  @Test
  void aListIsTheFirstExpressionOfItsRange() {
    var unit = SyntaxAssertions.parse("list.net", "net A { for d in [1, 2, 4] { h@d = d } }");
    var net = (Declaration.Net) unit.declarations().getFirst();
    var loop = assertInstanceOf(Statement.For.class, net.body().statements().getFirst());
    var list = assertInstanceOf(Expression.Stack.class, loop.range().first());
    assertEquals(3, list.elements().size());
    assertTrue(loop.range().last().isEmpty());
  }

  @Test
  void accessesKnowTheirParts() {
    var access =
        assertInstanceOf(
            Expression.Access.class, first("const a = v.w@l[(g, j), i - 1 else -inf]").value());
    assertEquals(2, access.subscripts().getFirst().parts().size());
    assertInstanceOf(Expression.Negate.class, access.outside().orElseThrow());
    var base = assertInstanceOf(Expression.Reference.class, access.base());
    assertEquals(List.of("v"), base.qualifier());
    assertEquals("w", base.name().text());
    assertEquals("w@l", base.name().span().text());
    assertEquals(1, base.name().superscripts().size());
  }

  private static Declaration.Constant first(String text) {
    return (Declaration.Constant)
        SyntaxAssertions.parse("test.net", text).declarations().getFirst();
  }
}

package netc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import netc.check.Prelude;
import netc.grammar.NetLexer;
import netc.source.SourceFile;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormatterTest {
  static Stream<Named<SourceFile>> texts() {
    return Texts.all().map(file -> Named.of(file.name(), file));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyFileSaysTheSameAfterwards(SourceFile file) {
    for (boolean addsParentheses : new boolean[] {false, true}) {
      var formatted = new SourceFile(file.name(), format(file, addsParentheses));
      assertTrue(
          SameTree.test(SyntaxAssertions.parse(file), SyntaxAssertions.parse(formatted)),
          formatted.text());
      assertEquals(comments(file), comments(formatted));
      assertEquals(formatted.text(), format(formatted, addsParentheses));
    }
  }

  /** However the blanks of a file stand: afterwards they stand well, and nothing is lost. */
  @ParameterizedTest
  @MethodSource("texts")
  void blanksAreFree(SourceFile file) {
    String wide = file.text().replaceAll("(?m)^ +", "\t").replaceAll("(?m)$", "  ");
    String narrow =
        Pattern.compile("(?m)^([^/\n]|/(?!/))+") // all but comments
            .matcher(file.text())
            .replaceAll(code -> Matcher.quoteReplacement(code.group().replaceAll(" +", " ")));
    for (String text : List.of(wide, narrow, file.text().replace("\n", "\r\n"))) {
      var messy = new SourceFile(file.name(), text);
      var formatted = new SourceFile(file.name(), format(messy, false));
      assertTrue(SameTree.test(SyntaxAssertions.parse(file), SyntaxAssertions.parse(formatted)));
      assertEquals(formatted.text(), format(formatted, false));
    }
  }

  @Test
  void statementsStandOnLinesOfTheirOwn() {
    assertFormats(
        """
        net A { input x[2];   target   y
        z = x[ 0 ]+x [1]; loss l=( z-y )^ 2 }
        """,
        """
        net A {
          input x[2]
          target y
          z = x[0]+x[1]
          loss l = (z-y)^2
        }
        """);
  }

  @Test
  void whatIsTightStaysTightAndWhatIsWideBecomesEven() {
    assertFormats(
        """
        const a = 2*b+ 3 *c
        const d = sum [ k,j in 0 .. 3 ]w [k,j] * x[ k, j+1   else   -inf ]
        const e = f ( a,b = 1 ) |>g(2)|> h
        const n = not a==b and(c or d)
        const m = - x ^ - 2
        """,
        """
        const a = 2*b + 3 * c
        const d = sum[k,j in 0..3] w[k,j] * x[k, j+1 else -inf]
        const e = f(a, b = 1) |> g(2) |> h
        const n = not a == b and (c or d)
        const m = -x^-2
        """);
  }

  @Test
  void columnsStayAndGrow() {
    assertFormats(
        """
        net A {
          input  x[2]   // the features
          target y      // the label
          long_name[ i ] = x[i]
          param w[2 , 3] ~ zeros
          param b[2]     ~ zeros
          u    = 1

          v = 2
        }
        """,
        """
        net A {
          input  x[2]   // the features
          target y      // the label
          long_name[i] = x[i]
          param w[2, 3]  ~ zeros
          param b[2]     ~ zeros
          u = 1

          v = 2
        }
        """);
    assertFormats(
        """
        const a   = 1
        const b_c=2
        const d   = 4
        const e=f( 1,2 )     // far
        """,
        """
        const a = 1
        const b_c = 2
        const d = 4
        const e = f(1, 2)    // far
        """);
  }

  @Test
  void linesInsideAStatementKeepTheirDistance() {
    assertFormats(
        """
        net A {
            input x
            // about y
            y = x
                  // and its second part
                  + x /* once */ + x
            output y
        }
        """,
        """
        net A {
          input x
          // about y
          y = x
                // and its second part
                + x /* once */ + x
          output y
        }
        """);
  }

  @Test
  void settingsKeepTheirLines() {
    String good =
        """
        net A {
          data {
            rows = csv("a.csv")  test = 0.2
            x    = columns("a".."d")
          }
          train { optimizer = adam(lr = 1e-3)  batch_size = 128
                  epochs = 10  seed = 42 }
          train {}
        }
        """;
    assertFormats(good, good);
    assertFormats("net A { train { seed=1;epochs = 2 } }", "net A { train { seed = 1  epochs = 2 } }\n");
  }

  @Test
  void blocksOfOneStatementMayStandOnOneLine() {
    assertFormats(
        "fn f(z)->r{r=z}\nlayer g(n:dim)(x [I])->y [I]:real{  }\n",
        "fn f(z) -> r { r = z }\nlayer g(n: dim)(x[I]) -> y[I]: real {}\n");
  }

  @Test
  void blankLinesSeparateAndDoNotPileUp() {
    assertFormats(
        "\n\n\n/// Doc.   \n\npackage a\n\n\n\nnet A\n{\n\n  x = 1\n\n\n  y = 2\n\n}",
        "/// Doc.\n\npackage a\n\nnet A {\n  x = 1\n\n  y = 2\n}\n");
    assertFormats("", "");
    assertFormats("// only this", "// only this\n");
  }

  @Test
  void everyReductionShowsItsExtent() {
    var file =
        new SourceFile(
            "sums.net",
            """
            const a = b * sum[k] w[k] * x[k] + c
            const d = mean[i] sum[j] x[i, j] ^ 2 + max(d, e) + (sum[k] (w[k]))[0]
            """);
    assertEquals(
        """
        const a = b * sum[k] (w[k] * x[k]) + c
        const d = mean[i] (sum[j] (x[i, j]^2)) + max(d, e) + (sum[k] (w[k]))[0]
        """,
        format(file, true));
  }

  @Test
  void aTextWithErrorsIsNotFormatted() {
    var formatted = Formatter.format(new SourceFile("bad.net", "net A { x = }"), false);
    assertTrue(formatted.text().isEmpty());
    assertFalse(formatted.diagnostics().isEmpty());
  }

  @Test
  void treesThatDifferAreSeen() {
    var one = SyntaxAssertions.parse("a.net", "const a = b - c - d");
    assertTrue(SameTree.test(one, SyntaxAssertions.parse("b.net", "const a = (b - c) - (d)")));
    for (String other : List.of("b - (c - d)", "b - c + d", "b - c - e", "b - c", "b - c - d@1")) {
      assertFalse(SameTree.test(one, SyntaxAssertions.parse("b.net", "const a = " + other)), other);
    }
    assertFalse(SameTree.test(one, SyntaxAssertions.parse("b.net", "/// A.\nconst a = b - c - d")));
  }

  static Stream<String> library() {
    return Prelude.FILES.stream();
  }

  /** Who reads the library sees what {@code netc fmt} makes of a net. */
  @ParameterizedTest
  @MethodSource("library")
  void theLibraryIsLaidOutAsFmtWould(String name) {
    SourceFile file = Prelude.source(name);
    assertEquals(file.text(), format(file, false));
  }

  private static void assertFormats(String text, String expected) {
    assertEquals(expected, format(new SourceFile("test.net", text), false));
    assertEquals(expected, format(new SourceFile("test.net", expected), false));
  }

  private static String format(SourceFile file, boolean addsParentheses) {
    return Formatter.format(file, addsParentheses).text().orElseThrow();
  }

  private static List<String> comments(SourceFile file) {
    return Words.of(file).all().stream()
        .filter(
            token ->
                switch (token.getType()) {
                  case NetLexer.LINE, NetLexer.DOC, NetLexer.BLOCK -> true;
                  default -> false;
                })
        .map(token -> token.getText().stripTrailing())
        .toList();
  }
}

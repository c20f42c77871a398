package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import netc.Netc;
import netc.check.errors.Code;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code dump}, {@code explain}, {@code completion}, and what the launcher warms up with. */
class OtherCommandsTest {
  private static final String NET =
      """
      package t
      net T {
        input x[3]
        param w[2, 3] ~ ones
        z[j] = sum[k] w[j,k] * x[k]
        a[j] = 2 * z[j]
        output b = exp(a)
        loss l = sum(b)
      }
      """;

  @TempDir private Path folder;

  private Path net() {
    return Cli.write(folder.resolve("t.net"), NET);
  }

  // ---------- dump ----------

  @Test
  void aDumpShowsWhatAPassDid() {
    var before = Cli.run("dump", net(), "--after", "start");
    var after = Cli.run("dump", net(), "--after", "fuse");
    assertEquals(0, before.code(), before.err());
    assertTrue(before.out().startsWith("program T.predict\n"), before.out());
    assertTrue(before.out().contains("\na[batch, j in 2] = 2.0 * z[batch, j]    // t.net:6\n"), before.out());
    assertFalse(after.out().contains("\na[batch"), "fused away: " + after.out());
    netc.ir.Reader.read(after.out()); // what is printed can be read again
  }

  @Test
  void allPassesAreShownInOrder() {
    String out = Cli.run("dump", net()).out();
    int start = out.indexOf("// 0-start\n");
    int fuse = out.indexOf("-fuse");
    int last = out.indexOf("-dead-code-again");
    assertTrue(0 <= start && start < fuse && fuse < last, out);
    assertTrue(out.contains(": nothing changed\n"), out);
  }

  @Test
  void formsAndLoops() {
    assertTrue(Cli.run("dump", net(), "--form", "train", "--after", "fuse").out().contains("result grad.param.w"));
    String loops = Cli.run("dump", net(), "--loops", "--form", "train", "--precision", "f64").out();
    assertTrue(loops.contains("// t.net:5\nkernel(double[]"), loops);
    assertTrue(loops.contains("for (int "), loops);
    var wrong = Cli.run("dump", net(), "--form", "trian");
    assertEquals(1, wrong.code());
    assertEquals(
        "error: there is no form `trian`; did you mean `train`? (there are: predict, evaluate, train)\n", wrong.err());
    var pass = Cli.run("dump", net(), "--after", "fusion");
    assertEquals(1, pass.code());
    assertTrue(pass.err().startsWith("error: there is no pass `fusion`"), pass.err());
  }

  // ---------- explain ----------

  @ParameterizedTest
  @EnumSource(Code.class)
  void everyCodeIsExplained(Code code) {
    var run = Cli.run("explain", code.name().toLowerCase());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains(code.name()), run.out());
    assertTrue(run.out().contains(code.summary()), run.out());
  }

  @Test
  void anUnknownCodeIsSaidToBeOne() {
    for (String code : new String[] {"E999", "../version", "", "banana"}) {
      var run = Cli.run("explain", code);
      assertEquals(1, run.code());
      assertTrue(run.err().startsWith("error: there is no code `" + code + "` (there are: "), run.err());
      assertTrue(run.err().contains(", E102, "), run.err());
    }
  }

  /** Which outputs of a sequence can be computed step by step, and what prevents the others. */
  @Test
  void anEquationThatLooksAheadIsNamed() throws Exception {
    Path net =
        Files.writeString(
            folder.resolve("ahead.net"),
            """
            package test
            net Ahead {
              input x[5, 2]
              h = x |> gru(3)
              output h
              output y[t in 5] = h[t, 0] + h[t+1, 0 else 0]
            }
            """);
    var run = Cli.run("explain", net);
    String said =
        """

        output h can be computed step by step
        output y cannot be computed step by step: %s:6 reads `h.gru.h` at other times
          y_t = h.gru.h_t0 + h.gru.h_{t+1,0 else 0}
        """
            .formatted(net.getFileName());
    assertTrue(run.out().endsWith(said), run.out());
    var latex = Cli.run("explain", net, "--latex");
    assertTrue(latex.out().contains("\n% output h can be computed step by step\n% output y"), latex.out());
  }

  @Test
  void aNetIsExplainedWithItsDerivative() {
    var run = Cli.run("explain", net(), "--derivative");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("z_j = Σ_k w_jk·x_k  "), run.out());
    assertTrue(run.out().contains("\n∂l/∂w_jk = "), run.out());
    var latex = Cli.run("explain", net(), "--derivative", "--latex");
    assertTrue(latex.out().contains("\\frac{\\partial l}{\\partial w_{jk}} &= "), latex.out());
  }

  @Test
  void aNetThatCannotBeExplainedIsNamed() {
    var missing = Cli.run("explain", folder.resolve("no.net"));
    assertEquals(1, missing.code(), missing.err());
    Path wrong = Cli.write(folder.resolve("wrong.net"), NET.replace("* x[k]", "* y[k]"));
    assertEquals(1, Cli.run("explain", wrong).code());
    Path noLoss = Cli.write(folder.resolve("n.net"), NET.replace("loss l = sum(b)", ""));
    var run = Cli.run("explain", noLoss, "--derivative");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("net T has no loss to differentiate"), run.err());
    assertEquals(2, Cli.run("explain", "E102", "--latex").code());
  }

  // ---------- completion ----------

  @Test
  void theCompletionScriptIsOneOfBash() throws IOException, InterruptedException {
    var run = Cli.run("completion");
    assertEquals(0, run.code());
    for (String word : new String[] {"--shapes", "--compare", "--weights", "--profile", "bench", "dump"}) {
      assertTrue(run.out().contains(word), word);
    }
    Path script = Cli.write(folder.resolve("completion"), run.out());
    Process bash = new ProcessBuilder("bash", "-n", script.toString()).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes());
    assertTrue(bash.waitFor(20, TimeUnit.SECONDS));
    assertEquals(0, bash.exitValue(), said);
  }

  // ---------- the launcher's warm-up ----------

  @Test
  void theWarmUpNetIsRight() {
    var checked = Netc.check(new SourceFile("warm.net", WarmUp.NET), java.util.Map.of());
    assertEquals("[]", checked.diagnostics().toString());
  }
}

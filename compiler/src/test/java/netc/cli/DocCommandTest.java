package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import netc.check.Prelude;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void showsCommentAndText() {
    assertEquals(0, run("doc", "gelu"));
    String text = out.toString();
    assertTrue(text.startsWith("// std/activations.net:"), text);
    assertTrue(text.contains("/// z Φ(z), Φ the normal distribution."), text);
    assertTrue(text.endsWith("fn gelu(z) = 0.5 * z * (1 + erf(z / sqrt(2)))\n"), text);
  }

  @Test
  void listsEverything() {
    assertEquals(0, run("doc"));
    assertEquals(Prelude.unit().declarations().size(), out.toString().lines().count());
    assertTrue(out.toString().contains("\ndense    "), out.toString());
  }

  @Test
  void aFilesOwnDeclarationsComeFirst() throws IOException {
    Path file = folder.resolve("own.net");
    Files.writeString(file, "/// Mine.\nfn gelu(z) = z\n");
    assertEquals(0, run("doc", "--in", file.toString(), "gelu"));
    assertEquals("// " + file + ":2:1\n/// Mine.\nfn gelu(z) = z\n", out.toString());
  }

  @Test
  void anUnknownNameIsAnErrorWithAGuess() {
    assertEquals(1, run("doc", "gelo"));
    assertEquals(
        "error: nothing is called `gelo`; did you mean `gelu`?\n`netc doc` lists what there is\n",
        err.toString());
  }

  private int run(String... arguments) {
    return Main.commandLine(arguments)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}

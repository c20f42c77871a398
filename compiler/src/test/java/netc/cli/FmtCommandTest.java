package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {
  private static final String MESSY = "const a=sum [k]x[ k ] *2   // ∂\n";
  private static final String NEAT = "const a = sum[k] x[k] * 2  // ∂\n";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void writesTheFileLaidOut() throws IOException {
    Path file = file("a.net", MESSY);
    assertEquals(0, run("fmt", file.toString()));
    assertEquals(NEAT, Files.readString(file));
    assertEquals("", out.toString() + err);
    assertEquals(0, run("fmt", "--check", file.toString()));
  }

  @Test
  void leavesAFileAloneThatIsLaidOutAlready() throws IOException {
    Path file = file("a.net", NEAT);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    assertEquals(0, run("fmt", file.toString()));
    assertEquals(FileTime.fromMillis(1_000_000), Files.getLastModifiedTime(file));
  }

  @Test
  void checkNamesWhatWouldChangeAndWritesNothing() throws IOException {
    Path messy = file("messy.net", MESSY);
    Path neat = file("neat.net", NEAT);
    assertEquals(1, run("fmt", "--check", messy.toString(), neat.toString()));
    assertEquals(messy + "\n", out.toString());
    assertEquals(MESSY, Files.readString(messy));
  }

  @Test
  void aSyntaxErrorIsShownAndTheFileStays() throws IOException {
    String broken = "const a = = 1\n";
    Path bad = file("bad.net", broken);
    Path good = file("good.net", MESSY);
    assertEquals(1, run("fmt", bad.toString(), good.toString()));
    assertTrue(err.toString().contains("error[E001]"), err.toString());
    assertEquals(broken, Files.readString(bad));
    assertEquals(NEAT, Files.readString(good));
  }

  @Test
  void aMissingFileIsNamedAndNothingIsWritten() throws IOException {
    Path good = file("good.net", MESSY);
    String missing = folder.resolve("missing.net").toString();
    assertEquals(1, run("fmt", good.toString(), missing));
    assertTrue(err.toString().contains("there is no file " + missing), err.toString());
    assertEquals(MESSY, Files.readString(good));
  }

  @Test
  void fromStandardInputToStandardOutput() throws IOException {
    assertEquals(NEAT, through(MESSY.getBytes(StandardCharsets.UTF_8), 0, "fmt", "-"));
    assertEquals(
        "const a = sum[k] (x[k] * 2)  // ∂\n",
        through(MESSY.getBytes(StandardCharsets.UTF_8), 0, "fmt", "--parens", "-"));
    assertEquals("", through("const = ".getBytes(StandardCharsets.UTF_8), 1, "fmt", "-"));
    assertTrue(err.toString().contains("<standard input>"), err.toString());
    assertEquals("", through(new byte[] {(byte) 0xFF}, 1, "fmt", "-"));
    assertTrue(err.toString().contains("standard input is not UTF-8 text"), err.toString());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String through(byte[] input, int exitCode, String... arguments) {
    InputStream in = System.in;
    PrintStream standard = System.out;
    var bytes = new ByteArrayOutputStream();
    try {
      System.setIn(new ByteArrayInputStream(input));
      System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      assertEquals(exitCode, run(arguments));
    } finally {
      System.setIn(in);
      System.setOut(standard);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code netc check}. */
class CheckCommandTest {
  private static final String NET =
      """
      package test
      net Small {
        dim width = 4
        input x[3]
        input on : bool
        target y : index(2)
        s = x |> standardize()
        h = s |> dense(width, tanh)
        z = (if on then h else 0 * h) |> dense(2)
        output p = softmax(z)
        loss ce = cross_entropy(z, y)
        param b[5] ~ zeros
        penalty small = 0.1 * sum[j] b[j]^2
        metric hit = if argmax[k] z[k] == y then 1 else 0
      }
      """;

  @TempDir private Path folder;

  @Test
  void aGoodFileIsNotTalkedAbout() {
    Path file = Cli.write(folder.resolve("small.net"), NET);
    assertEquals(new Cli.Outcome(0, "", ""), Cli.run("check", file));
  }

  @Test
  void shapesRolesAndCountsOfEveryName() {
    Path file = Cli.write(folder.resolve("small.net"), NET);
    var run = Cli.run("check", "--shapes", file);
    assertEquals(0, run.code(), run.err());
    assertEquals(
        """
        net Small
         input x [3] real small.net:4
         input on - bool small.net:5
         target y - index(2) small.net:6
         param h.dense.weight [4, 3] real 12 small.net:8
         param h.dense.bias [4] real 4 small.net:8
         param z.dense.weight [2, 4] real 8 small.net:9
         param z.dense.bias [2] real 2 small.net:9
         param b [5] real 5 small.net:12
         state s.standardize.mu [3] real 3 small.net:7
         state s.standardize.sd [3] real 3 small.net:7
         value s.standardize.y [3] real small.net:7
         value h.dense.s [4] real small.net:8
        """,
        head(squeezed(run.out()), 13));
    assertTrue(squeezed(run.out()).contains("\n output p [2] real "), run.out());
    assertTrue(squeezed(run.out()).contains("\n loss ce - real small.net:11\n"), run.out());
    assertTrue(squeezed(run.out()).contains("\n penalty small - real shared small.net:13\n"), run.out());
    assertTrue(squeezed(run.out()).contains("\n metric hit - real shared small.net:14\n"), run.out());
    assertTrue(run.out().endsWith("  31 in parameters, 6 in states\n"), run.out());
    assertFalse(run.out().contains("'1"), "parts of formulas are shown: " + run.out());
  }

  private static String squeezed(String text) {
    return text.replaceAll(" +", " ");
  }

  private static String head(String text, int lines) {
    return text.lines().limit(lines).map(line -> line + "\n").reduce("", String::concat);
  }

  @Test
  void aSizeThatWasSetCounts() {
    Path file = Cli.write(folder.resolve("small.net"), NET);
    var run = Cli.run("check", "--shapes", "--set", "width=7", file);
    assertTrue(squeezed(run.out()).contains("h.dense.weight [7, 3] real 21"), run.out());
    var wrong = Cli.run("check", "--set", "widht=7", file);
    assertEquals(2, wrong.code());
    assertEquals(
        "error: --set: " + file + " has no dim or const `widht`; did you mean `width`? (there are: width)\n",
        wrong.err());
  }

  @Test
  void jsonHasDiagnosticsAndShapes() {
    Path good = Cli.write(folder.resolve("small.net"), NET);
    Path bad = Cli.write(folder.resolve("bad.net"), "package t\nnet T { input x  output y = simgoid(x) }");
    var run = Cli.run("check", "--json", "--shapes", good, bad);
    assertEquals(1, run.code());
    assertEquals("", run.err());
    var files = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("files");
    JsonObject net =
        files.get(0).getAsJsonObject().getAsJsonArray("nets").get(0).getAsJsonObject();
    assertEquals(31, net.get("parameters").getAsLong());
    JsonObject target =
        StreamSupport.stream(net.getAsJsonArray("rows").spliterator(), false)
            .map(row -> row.getAsJsonObject())
            .filter(row -> row.get("name").getAsString().equals("y"))
            .findFirst()
            .orElseThrow();
    assertEquals("index(2)", target.get("type").getAsString());
    JsonObject error =
        files.get(1).getAsJsonObject().getAsJsonArray("diagnostics").get(0).getAsJsonObject();
    assertEquals("E101", error.get("code").getAsString());
    JsonObject place =
        error.getAsJsonArray("labels").get(0).getAsJsonObject().getAsJsonObject("place");
    assertEquals(2, place.get("line").getAsInt());
    assertEquals(29, place.get("column").getAsInt());
  }

  @Test
  void everyFileIsChecked() {
    Path bad = Cli.write(folder.resolve("bad.net"), "package t\nnet T { input x  output y = simgoid(x) }");
    Path worse = Cli.write(folder.resolve("worse.net"), "package t\nnet T { input x  output y = }");
    var run = Cli.run("check", bad, worse);
    assertEquals(1, run.code());
    assertTrue(run.err().contains("error[E101]"), run.err());
    assertTrue(run.err().contains("worse.net:2"), run.err());
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    Path none = folder.resolve("none.net");
    assertEquals(new Cli.Outcome(1, "", "error: there is no file " + none + "\n"), Cli.run("check", none));
    var aFolder = Cli.run("check", folder);
    assertEquals(1, aFolder.code());
    assertTrue(aFolder.err().contains("it is a folder"), aFolder.err());
    Path binary = folder.resolve("binary.net");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertEquals("error: " + binary + " is not UTF-8 text\n", Cli.run("check", binary).err());
  }

  @Test
  void usageHasItsOwnExitCode() {
    assertEquals(2, Cli.run("check").code());
    assertEquals(2, Cli.run("check", "--shape", "x.net").code());
    assertEquals(2, Cli.run("chekc", "x.net").code());
    assertEquals(2, Cli.run().code());
    assertTrue(Cli.run("chekc").err().contains("check"), "no suggestion");
    assertEquals(0, Cli.run("check", "--help").code());
  }
}

package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import netc.runtime.Flavour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code explain --plan} as a page to read: {@code plan/<net>.net} beside {@code <net>.txt}, which {@code
 * -Dgolden.write=true} writes anew.
 */
class PlanTest {
  private static final Path FOLDER = Path.of("src/test/resources/netc/cli/plan");

  @ParameterizedTest
  @ValueSource(strings = {"image", "words", "tiny", "windows"})
  void thePlanOfANet(String net) throws IOException {
    isAsWritten(Cli.run("explain", "--plan", FOLDER.resolve(net + ".net")), net + ".txt");
  }

  @Test
  void theMemoryOfANet() throws IOException {
    isAsWritten(Cli.run("explain", "--memory", FOLDER.resolve("words.net")), "words.memory.txt");
  }

  private static void isAsWritten(Cli.Outcome run, String file) throws IOException {
    assertEquals(0, run.code(), run.err());
    String forms = run.out().lines().skip(1).collect(Collectors.joining("\n", "", "\n"));
    Path expected = FOLDER.resolve(file);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(expected, forms);
    }
    assertEquals(Files.readString(expected), forms);
  }

  @Test
  void theFlavourOfThisJvmStandsAtTheHead() {
    var run = Cli.run("explain", "--plan", FOLDER.resolve("words.net"), "--form", "predict.one");
    String head = run.out().lines().findFirst().orElseThrow();
    String flavour = Flavour.current() == Flavour.VECTOR ? "vectors" : "plain loops";
    assertTrue(head.endsWith(": " + flavour + ", since " + Flavour.reason()), head);
    assertTrue(head.startsWith(System.getProperty("java.vm.name")), head);
    assertEquals(1, run.out().lines().filter(line -> line.startsWith("Words.")).count(), run.out());
  }

  @Test
  void anUnknownFormIsSaidToBeOne() {
    var run = Cli.run("explain", "--plan", FOLDER.resolve("words.net"), "--form", "predic");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("there is no form `predic`; did you mean `predict`?"), run.err());
    assertEquals(2, Cli.run("explain", "E102", "--plan").code());
  }
}

package netc.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import netc.io.SafeTensors;
import netc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code netc run --output}: one output alone, and one of what is given instead of the inputs. */
class RunOutputTest {
  private static final String DECODER =
      """
      package test
      net Decoder {
        input x[3]
        input spare
        z = x |> dense(2, tanh)
        q = z |> dense(3)
        output code = z
        output direct = q
        output xhat = q given z
        loss l = spare * sum(q)
      }
      """;

  @TempDir private Path folder;

  private Path write(String name, Map<String, Tensor> content) {
    Path file = folder.resolve(name);
    SafeTensors.write(file, content, Map.of());
    return file;
  }

  /** The decoder of the code is what the net computes of the input. */
  @ParameterizedTest
  @ValueSource(strings = {"--precision=f64", "--interpret", "--precision=f32"})
  void anOutputTakesWhatIsGiven(String how) throws IOException {
    Path net = Files.writeString(folder.resolve("decoder.net"), DECODER);
    Tensor x = Tensor.of(new double[] {0.5, -1, 2, 0.1, 0.2, 0.3}, 2, 3);
    Tensor spare = Tensor.of(new double[] {1, 2}, 2);
    Path inputs = write("x.safetensors", Map.of("x", x, "spare", spare));
    Path all = folder.resolve("all.safetensors");
    var run = Cli.run("run", net, "--tensors", inputs, "--seed", "3", how, "-o", all);
    assertEquals(0, run.code(), run.err());
    Map<String, Tensor> found = SafeTensors.read(all).tensors();
    assertEquals(Set.of("out.code", "out.direct"), found.keySet());

    Tensor code = found.get("out.code");
    Path given = write("z.safetensors", Map.of("input.z", code, "spare", spare));
    Path decoded = folder.resolve("decoded.safetensors");
    run = Cli.run("run", net, "--tensors", given, "--seed", "3", how, "--output", "xhat", "-o", decoded);
    assertEquals(0, run.code(), run.err());
    Map<String, Tensor> only = SafeTensors.read(decoded).tensors();
    assertEquals(Set.of("out.xhat"), only.keySet());
    assertArrayEquals(found.get("out.direct").doubles(), only.get("out.xhat").doubles(), 1e-6);

    run = Cli.run("run", net, "--tensors", inputs, "--seed", "3", how, "--output", "code");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("out.code") && !run.out().contains("out.direct"), run.out());
  }

  @Test
  void anOutputThatCannotBeComputed() throws IOException {
    Path net = Files.writeString(folder.resolve("decoder.net"), DECODER);
    Path inputs = write("x.safetensors", Map.of("x", Tensor.of(new double[] {0.5, -1, 2}, 3)));
    var run = Cli.run("run", net, "--tensors", inputs, "--seed", "3", "--output", "xhat");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("the file has no `input.z`, which is needed"), run.err());
    run = Cli.run("run", net, "--tensors", inputs, "--seed", "3", "--output", "xhatt");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("has no output `xhatt`; did you mean `xhat`?"), run.err());
    run = Cli.run("run", net, "--tensors", inputs, "--seed", "3", "--output", "xhat", "--grad");
    assertEquals(2, run.code());
    Path wrong = write("z.safetensors", Map.of("z", Tensor.of(new double[] {1, 2, 3}, 3)));
    run = Cli.run("run", net, "--tensors", wrong, "--seed", "3", "--output", "xhat");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("`z` has shape [3], but one example of it is [2]"), run.err());
    assertTrue(run.err().contains("(decoder.net:9)"), run.err());
  }
}

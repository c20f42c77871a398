package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.Netc;
import netc.runtime.Backward;
import netc.runtime.Network;
import netc.runtime.Tasks;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nets with many weights in dense layers train in blocks of 64 examples, of which 32 are computed together. */
final class LongBlocksTest {
  /** Most weights are in a table, so that the interpreter has little to compute. */
  private static final String NET =
      """
      package test
      net N {
        input x[256]
        input token: index(4100)
        target y: index(3)
        param table[4100, 64] ~ normal(0, 0.1)
        param v[3, 4] ~ normal(0, 1)
        param u[3, 3, 16] ~ normal(0, 1)
        h = x |> dense(64, tanh)
        q[o, t in 16] = sum[k] v[o, k] * x[8 * t + k]
        g[j] = h[j] + table[token, j]
        z = g |> dense(3)
        output p[c] = z[c] + sum[o, t] u[c, o, t] * q[o, t]
        loss ce = cross_entropy(p, y)
      }
      """;

  private static int blockRows(String net, String form) {
    var checked = Netc.check(new SourceFile("test.net", net), Map.of());
    return Netc.schedules(checked.models().getFirst(), CompileOptions.DEFAULT).stream()
        .filter(schedule -> schedule.form().equals(form))
        .findFirst()
        .orElseThrow()
        .blockRows();
  }

  @ParameterizedTest
  @CsvSource({"train, 64", "evaluate, 64", "predict, 32"})
  void whatTrainsHasLongBlocks(String form, int rows) {
    assertEquals(rows, blockRows(NET, form));
  }

  /** Fewer weights; another layer that is most of the work; blocks that wait for each other. */
  @Test
  void othersHaveShortOnes() {
    List<String> others =
        List.of(
            NET.replace("4100", "3800"),
            NET.replace("3, 4]", "3, 128]").replace("16", "64").replace("8 * t", "2 * t"),
            NET.replace("dense(64, tanh)", "dense(64, tanh) |> batch_norm1d()"));
    var rows = new ArrayList<Integer>();
    others.forEach(net -> rows.add(blockRows(net, "train")));
    assertEquals(List.of(32, 32, 32), rows);
  }

  @Test
  void theyAgreeWithTheInterpreter() {
    GeneratedVersusInterpreter.of(NET).withBatches(20, 130, 170).check();
  }

  /** What a longer block has left in the other lanes, not a number here, is in no sum of a shorter one. */
  @Test
  void lanesWithoutAnExampleAreInNoSum() {
    Flavours.each(
        () -> {
          Network network = Nets.compile(NET).load().init(1);
          var used = new Backward(network, 8);
          run(used, network, 256, Float.NaN);
          for (int rows : new int[] {20, 33, 64, 130, 160, 250}) {
            var fresh = new Backward(network, 8);
            run(used, network, rows, 1);
            run(fresh, network, rows, 1);
            assertEquals(fresh.loss(), used.loss());
            for (int p = 0; p < network.parameters().size(); p++) {
              assertArrayEquals((float[]) fresh.gradient(p), (float[]) used.gradient(p), 0);
            }
          }
        });
  }

  private static void run(Backward backward, Network network, int rows, float scale) {
    var random = new Random(rows);
    var x = new float[rows * 256];
    for (int i = 0; i < x.length; i++) {
      x[i] = scale * random.nextFloat(-1, 1);
    }
    int[] token = random.ints(rows, 0, 4100).toArray();
    int[] y = random.ints(rows, 0, 3).toArray();
    Map<String, Object> given = Map.of("input.x", x, "input.token", token, "target.y", y);
    Object[] sources =
        Stream.of(backward.inputNames()).map(name -> name == null ? null : given.get(name)).toArray();
    backward.run(network.copyOfWeights(), sources, null, 0, rows, Tasks.SEQUENTIAL);
  }
}

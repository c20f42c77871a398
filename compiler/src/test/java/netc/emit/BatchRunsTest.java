package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import netc.runtime.Backward;
import netc.runtime.Flavour;
import netc.runtime.Network;
import netc.runtime.Tasks;
import netc.runtime.Team;
import org.junit.jupiter.api.Test;

/** The runs in which a batch is added up share runners: whoever computes them, the sums are the same. */
final class BatchRunsTest {
  /** A dense layer, whose gradient has an array of its own, and two parameters that have one gradient. */
  private static final String NET =
      """
      net N {
        input x[100]
        target y: index(3)
        param b[3] ~ zeros
        param c[3] ~ zeros
        h = x |> dense(40, tanh) |> dense(3)
        z[k] = h[k] + b[k] + c[k]
        loss ce = cross_entropy(z, y)
      }
      """;

  /** One run and several, of one block and of more, some shorter than others. */
  private static final int[] BATCHES = {96, 20, 640, 64, 288, 300, 1, 256};

  @Test
  void aBatchHasTheBitsOfOneByItself() {
    Flavours.each(
        () -> {
          Network network = network();
          try (var team = new Team(3)) {
            Tasks backwards =
                (count, task) -> {
                  for (int i = count - 1; i >= 0; i--) {
                    task.accept(i);
                  }
                };
            for (Tasks tasks : List.of(Tasks.SEQUENTIAL, team, backwards)) {
              var again = new Backward(network, 8);
              for (int rows : BATCHES) {
                var once = new Backward(network, 8);
                run(once, network, rows, Tasks.SEQUENTIAL);
                run(again, network, rows, tasks);
                assertEquals(once.loss(), again.loss());
                for (int p = 0; p < network.parameters().size(); p++) {
                  assertArrayEquals((float[]) once.gradient(p), (float[]) again.gradient(p), 0);
                }
              }
            }
          }
        });
  }

  /** Runs of several blocks add up what fewer runs of as many blocks do. */
  @Test
  void longRunsAddUpAllBlocks() {
    Network network = network();
    var one = new Backward(network, 1);
    var eight = new Backward(network, 8);
    for (int rows : BATCHES) {
      run(one, network, rows, Tasks.SEQUENTIAL);
      run(eight, network, rows, Tasks.SEQUENTIAL);
      assertEquals(one.loss(), eight.loss(), 1e-6);
      for (int p = 0; p < network.parameters().size(); p++) {
        assertArrayEquals((float[]) one.gradient(p), (float[]) eight.gradient(p), 1e-6f);
      }
    }
  }

  @Test
  void aThreadNeedsTheArraysOfOneBlock() {
    // Vectors are objects until the JIT compiler has translated them.
    Network network = network().withFlavour(Flavour.PORTABLE);
    var measured = new Backward(network, 8);
    long first = allocated(() -> run(measured, network, 256, Tasks.SEQUENTIAL));
    long sources = allocated(() -> sources(measured, 256));
    long promised = measured.bytes(256, 1);
    assertTrue(first - sources < promised * 1.1 + 20_000, first + " " + sources + " " + promised);
    assertTrue(measured.bytes(256, 8) > 2 * promised);
  }

  private static long allocated(Runnable action) {
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = bean.getCurrentThreadAllocatedBytes();
    action.run();
    return bean.getCurrentThreadAllocatedBytes() - before;
  }

  private static Network network() {
    return Nets.compile(NET).load().init(1);
  }

  private static void run(Backward backward, Network network, int rows, Tasks tasks) {
    backward.run(network.copyOfWeights(), sources(backward, rows), null, 0, rows, tasks);
  }

  private static Object[] sources(Backward backward, int rows) {
    var random = new Random(rows);
    var x = new float[rows * 100];
    var y = new int[rows];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat(-1, 1);
    }
    for (int i = 0; i < rows; i++) {
      y[i] = random.nextInt(3);
    }
    return Stream.of(backward.inputNames())
        .map(name -> name == null ? null : name.equals("input.x") ? x : (Object) y)
        .toArray();
  }
}

package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import netc.CompiledNet;
import netc.data.Dataset;
import netc.runtime.Flavour;
import netc.runtime.Gradients;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.train.TrainSettings;
import netc.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller may rely on: workspaces serve again, threads share a network, nothing is allocated. */
class CallsTest {
  private static final int ROWS = 70;

  private static Network network(CompiledNet net, NetData data) {
    return net.load().init(1).withParameters(data.weights());
  }

  private static NetData data(CompiledNet net, int rows) {
    return NetData.random(net.model(), net.load().init(1), rows, -1, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"emit/outputs", "rewrite/iris", "rewrite/image", "emit/gathers"})
  void aWorkspaceServesAgainWithOtherRowsAndOtherWeights(String name) {
    CompiledNet net = Nets.resource(name + ".net", Precision.F32);
    NetData data = data(net, ROWS);
    Network network = network(net, data);
    var typed = new TypedNet(network);
    Network changed = network(net, data(net, ROWS - 1));
    Object workspace = typed.workspace(ROWS);
    for (int rows : new int[] {ROWS, 3, 33, 1, ROWS}) {
      NetData some = data.first(rows);
      List<double[]> fresh = typed.run(typed.workspace(rows), some);
      List<double[]> again = typed.run(workspace, some);
      for (int i = 0; i < fresh.size(); i++) {
        assertArrayEquals(fresh.get(i), again.get(i), name + ", output " + i + ", rows " + rows);
      }
    }
    var other = new TypedNet(network.withParameters(changed.parameters()));
    List<double[]> fresh = other.run(other.workspace(ROWS), data);
    List<double[]> again = other.run(workspace, data);
    for (int i = 0; i < fresh.size(); i++) {
      assertArrayEquals(fresh.get(i), again.get(i), name + ", output " + i + ", other weights");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"emit/outputs", "rewrite/iris", "rewrite/image"})
  void threadsShareANetwork(String name) throws Exception {
    CompiledNet net = Nets.resource(name + ".net", Precision.F32);
    NetData data = data(net, ROWS);
    Network network = network(net, data);
    var typed = new TypedNet(network);
    List<double[]> expected = answers(typed, network, data, 0);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      var found = new ArrayList<Future<List<double[]>>>();
      for (int thread = 0; thread < 4; thread++) {
        Callable<List<double[]>> task =
            () -> {
              List<double[]> last = List.of();
              for (int i = 0; i < 50; i++) {
                last = answers(typed, network, data, i);
              }
              return last;
            };
        found.add(threads.submit(task));
      }
      for (Future<List<double[]>> each : found) {
        List<double[]> answers = each.get();
        for (int i = 0; i < expected.size(); i++) {
          assertArrayEquals(expected.get(i), answers.get(i), name + ", output " + i);
        }
      }
    }
  }

  private static List<double[]> answers(
      TypedNet typed, Network network, NetData data, int repetition) {
    var answers = new ArrayList<double[]>();
    for (Metadata.Port output : network.metadata().outputs()) {
      answers.add(typed.one(output, data));
    }
    NetData few = data.first(1 + repetition % 40);
    typed.run(typed.workspace(ROWS), few); // other rows between: nothing of them may stay
    answers.addAll(typed.run(typed.workspace(ROWS), data));
    return answers;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emit/outputs", "rewrite/iris", "rewrite/image", "rewrite/house", "emit/several_losses",
        "emit/same_gradients", "rewrite/recommender", "emit/borders"
      })
  void aCallWithAWorkspaceAllocatesNothing(String name) throws Throwable {
    Flavours.in(
        Flavour.PORTABLE,
        () -> {
          for (Precision precision : Precision.values()) {
            CompiledNet net = Nets.resource(name + ".net", precision);
            NetData data = data(net, 40);
            var typed = new TypedNet(network(net, data));
            for (MethodHandle call : typed.workspaceCalls(typed.workspace(40), data)) {
              assertEquals(0, allocatedBy(call), name + ", " + precision + ", " + call.type());
            }
          }
        });
  }

  /** Until the JIT compiler has translated a kernel, each vector is an object. */
  @Test
  void withVectorsItAllocatesNothingOnceItIsTranslated() throws Throwable {
    Flavours.in(
        Flavour.VECTOR,
        () -> {
          CompiledNet net = Nets.resource("rewrite/iris.net", Precision.F32);
          NetData data = data(net, 40);
          var typed = new TypedNet(network(net, data));
          for (MethodHandle call : typed.workspaceCalls(typed.workspace(40), data)) {
            long allocated = allocatedBy(call);
            for (int attempt = 0; allocated > 0 && attempt < 300; attempt++) {
              allocated = allocatedBy(call);
            }
            assertEquals(0, allocated, call.type().toString());
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"emit/given", "examples/vae"})
  void neitherDoesOneOfWhatIsGiven(String name) throws Throwable {
    Flavours.in(Flavour.PORTABLE, () -> givenCalls(name));
  }

  private static void givenCalls(String name) throws Throwable {
    for (Precision precision : Precision.values()) {
      CompiledNet net = Nets.resource(name + ".net", precision);
      NetData data = data(net, 40);
      Network network = network(net, data);
      var typed = new TypedNet(network);
      for (int i = 0; i < net.model().conditionals().size(); i++) {
        NetData given = data.given(net.model().conditionals().get(i), -1, 1);
        var conditional = network.metadata().conditionals().get(i);
        MethodHandle call = typed.givenCall(conditional, typed.workspace(40), given);
        assertEquals(0, allocatedBy(call), name + ", " + precision + ", " + call.type());
      }
    }
  }

  /** The least of some measurements: the JVM itself allocates now and then, on any thread. */
  static long allocatedBy(MethodHandle call) throws Throwable {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 300; i++) {
      call.invokeExact();
    }
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 5; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 10; i++) {
        call.invokeExact();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  @ParameterizedTest
  @ValueSource(strings = {"rewrite/iris", "emit/several_losses", "emit/same_gradients", "rewrite/image"})
  void anyNumberOfThreadsTrainsTheSameBits(String name) {
    CompiledNet net = Nets.resource(name + ".net", Precision.F32);
    NetData data = data(net, 500);
    Network network = network(net, data);
    Map<String, Tensor> alone = trained(network, data, 1);
    assertEquals(alone, trained(network, data, 2), name);
    assertEquals(alone, trained(network, data, 3), name);
  }

  private static Map<String, Tensor> trained(Network network, NetData data, int threads) {
    var settings = TrainSettings.defaults().batchSize(200).epochs(3).threads(threads);
    var trainer = new Trainer<>(network, settings);
    trainer.fit(Dataset.of(data.columns()));
    return trainer.network().parameters();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rewrite/iris", "emit/same_gradients"})
  void gradientsOfAWorkspaceAreThoseOfTheNetworkInBits(String name) {
    CompiledNet net = Nets.resource(name + ".net", Precision.F64);
    NetData data = data(net, ROWS);
    Network network = network(net, data);
    var typed = new TypedNet(network);
    Object workspace = typed.workspace(ROWS);
    for (int rows : new int[] {ROWS, 5, ROWS}) {
      NetData some = data.first(rows);
      var sink = new Gradients(network.metadata());
      double loss = typed.gradients(workspace, some, sink);
      var generic = network.gradients(some.columns(), rows);
      assertEquals(generic.loss(), loss, name);
      assertEquals(generic.parameters(), sink.all(), name);
    }
  }
}

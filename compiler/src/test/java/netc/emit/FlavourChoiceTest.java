package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.LoadedNet;
import netc.Netc;
import netc.data.Dataset;
import netc.runtime.Flavour;
import netc.runtime.Network;
import netc.runtime.Stream;
import netc.runtime.Tensor;
import netc.schedule.Call;
import netc.schedule.KernelNumbers;
import netc.source.SourceFile;
import netc.train.Sgd;
import netc.train.Trainer;
import org.junit.jupiter.api.Test;

/** A network computes in the flavour that it was told, whatever the property says; so do those made of it. */
class FlavourChoiceTest {
  private static final int ROWS = 40;

  private static final SourceFile SOURCE =
      new SourceFile(
          "choice.net",
          """
          package test
          net Choice {
            input x[4, 24]
            h = x |> gru(20)
            output h
            loss l = sum[t, j] (h[t, j] - 0.1)^2
          }
          """);

  private static final Map<String, Tensor> DATA = Map.of("x", Tensor.of(values(ROWS * 96), ROWS, 4, 24));

  private final LoadedNet clocked = compiled(CompileOptions.DEFAULT.withClocks()).load();

  private static CompiledNet compiled(CompileOptions options) {
    return Netc.compile(SOURCE, options).nets().getFirst();
  }

  private static float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.sin(i);
    }
    return values;
  }

  /** Which flavour's kernels have run since the last look, by the clocks of the class. */
  private Flavour ran() {
    var schedules = Netc.schedules(Netc.check(SOURCE, Map.of()).models().getFirst(), CompileOptions.DEFAULT);
    KernelNumbers numbers = KernelNumbers.of(schedules);
    long[] times = clocked.kernelTimes();
    boolean vector = false;
    boolean portable = false;
    for (var schedule : schedules) {
      for (Call call : schedule.calls()) {
        if (call instanceof Call.Flavoured flavoured) {
          vector |= flavoured.vector().stream().anyMatch(k -> times[2 * numbers.of(k) + 3] > 0);
          portable |= flavoured.portable().stream().anyMatch(k -> times[2 * numbers.of(k) + 3] > 0);
        }
      }
    }
    Arrays.fill(times, 0);
    assertTrue(vector ^ portable, "kernels of one flavour");
    return vector ? Flavour.VECTOR : Flavour.PORTABLE;
  }

  @Test
  void theChoiceGoesBeforeTheProperty() {
    for (Flavour property : Flavour.values()) {
      for (Flavour chosen : Flavour.values()) {
        Flavours.in(
            property,
            () -> {
              Network network = clocked.init(1);
              assertEquals(property, network.flavour());
              Network other = network.withFlavour(chosen);
              assertEquals(chosen, other.flavour());
              assertEquals(property, network.flavour(), "the first one stays as it is");
              other.predict(DATA, ROWS);
              assertEquals(chosen, ran());
              network.predict(DATA, ROWS);
              assertEquals(property, ran());
            });
      }
    }
  }

  @Test
  void trainersEvaluationsAndOtherNetworksGoOnInIt() {
    for (Flavour chosen : Flavour.values()) {
      Network network = clocked.init(1).withFlavour(chosen);
      assertEquals(chosen, network.withParameters(Map.of()).flavour());
      network.gradients(DATA, ROWS);
      assertEquals(chosen, ran());
      network.evaluate(DATA, ROWS);
      assertEquals(chosen, ran());
      var trainer = new Trainer<>(network, Sgd.rate(0.1).batchSize(ROWS).steps(2).threads(2));
      trainer.fit(Dataset.of(DATA));
      assertEquals(chosen, ran());
      assertEquals(chosen, trainer.network().flavour());
    }
  }

  /** The bits are those of the flavour, however it was chosen; the two differ in rounding. */
  @Test
  void theBitsAreThoseOfTheFlavour() {
    CompiledNet net = compiled(CompileOptions.DEFAULT);
    Network network = net.load().init(1);
    var found = new java.util.EnumMap<Flavour, float[]>(Flavour.class);
    for (Flavour flavour : Flavour.values()) {
      float[] chosen = network.withFlavour(flavour).predict(DATA, ROWS).get("h").floats();
      Flavours.in(
          flavour,
          () -> assertArrayEquals(chosen, net.load().init(1).predict(DATA, ROWS).get("h").floats()));
      found.put(flavour, chosen);
    }
    float[] vector = found.get(Flavour.VECTOR);
    float[] portable = found.get(Flavour.PORTABLE);
    assertFalse(Arrays.equals(vector, portable), "as different as to show which is which");
    assertArrayEquals(vector, portable, 1e-5f);
  }

  @Test
  void workspacesAndStreamsOfTheOtherFlavourAreRefused() {
    CompiledNet net = compiled(CompileOptions.DEFAULT);
    Network vector = net.load().init(1).withFlavour(Flavour.VECTOR);
    Network portable = vector.withFlavour(Flavour.PORTABLE);
    NetData data = NetData.random(net.model(), vector, 3, -1, 1);
    Object workspace = new TypedNet(vector).workspace(3);
    new TypedNet(vector).run(workspace, data);
    var failure =
        assertThrows(
            IllegalArgumentException.class, () -> new TypedNet(portable).run(workspace, data));
    assertEquals(
        "a workspace of a test.Choice that computes with vectors does not fit one that computes with plain"
            + " loops; make one with its own workspace(rows), or give both networks one flavour by"
            + " withFlavour",
        failure.getMessage());
    StepMethods methods = StepMethods.of(vector.metadata(), netc.loop.ScalarType.FLOAT).getFirst();
    var stream = (Stream) new TypedNet(vector).stream(methods);
    new TypedNet(vector).step(methods, stream, data, 0);
    failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> new TypedNet(portable).step(methods, stream, data, 1));
    assertTrue(failure.getMessage().startsWith("a stream of a test.Choice that computes with vectors"));
  }
}

package netc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import netc.LoadedNet;
import netc.data.Dataset;
import netc.runtime.Derivatives;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Tensor;
import netc.train.TrainSettings;
import netc.train.Trainer;

/**
 * The gradients of a generated class in doubles beside central differences of its own objective, on rows
 * of the sample's data, after one epoch, so that fitted states have their values.
 */
final class GradientComparison {
  private static final int ROWS = 5;
  private static final int MOST_PLACES = 8;
  private static final int ALL_PLACES = 120;
  private static final double STEP = 1e-6; // small, so that it rarely crosses the kink of a relu

  private final Network network;
  private final Map<String, Tensor> data;
  private final int places; // of each tensor: fewer where there are many
  private final Random random = new Random(17);

  private GradientComparison(Network network, Map<String, Tensor> data) {
    this.network = network;
    this.data = data;
    places = Math.clamp(ALL_PLACES / network.parameters().size(), 2, MOST_PLACES);
  }

  static GradientComparison of(LoadedNet loaded, Sample sample) {
    long seed = Sample.seed(loaded.metadata());
    Dataset all = sample.data(loaded.metadata()).train();
    Dataset few = all.select(new Random(3).ints(200, 0, all.rows()).toArray());
    var trainer = new Trainer<Network>(loaded.init(seed), TrainSettings.defaults().epochs(1));
    trainer.fit(few);
    int[] rows = new Random(4).ints(ROWS, 0, few.rows()).toArray();
    return new GradientComparison(trainer.network(), blurred(loaded.metadata(), few.select(rows)));
  }

  /** Real inputs moved a little: equal ones, as in a black border, meet at the kink of a maximum. */
  private static Map<String, Tensor> blurred(Metadata metadata, Dataset rows) {
    var random = new Random(5);
    var moved = new LinkedHashMap<>(rows.tensors());
    for (Metadata.Port port : metadata.inputs()) {
      if (port.type() == Metadata.Type.REAL) {
        Tensor tensor = rows.tensor(port.name());
        double[] values = tensor.doubles();
        for (int i = 0; i < values.length; i++) {
          values[i] += random.nextDouble(0.1, 0.9);
        }
        moved.put(port.name(), Tensor.of(values, tensor.shape()));
      }
    }
    return moved;
  }

  void compare() {
    Derivatives derivatives = network.gradients(data, ROWS);
    int moved = 0;
    for (Metadata.Variable variable : network.metadata().variables()) {
      if (variable.trained()) {
        moved += compareParameter(variable.path(), derivatives.parameters().get(variable.path()));
      }
    }
    for (Map.Entry<String, Tensor> input : derivatives.inputs().entrySet()) {
      compareInput(input.getKey(), input.getValue());
    }
    assertTrue(moved > 0, "every gradient that was looked at is zero");
  }

  private int compareParameter(String path, Tensor gradient) {
    Tensor values = network.parameter(path);
    int moved = 0;
    for (int place = 0; place < places; place++) {
      int at = random.nextInt(values.elements());
      double above = network.withParameters(Map.of(path, moved(values, at, STEP))).gradients(data, ROWS).loss();
      double below = network.withParameters(Map.of(path, moved(values, at, -STEP))).gradients(data, ROWS).loss();
      moved += compare("param." + path, at, (above - below) / (2 * STEP), gradient.get(at));
    }
    return moved;
  }

  private void compareInput(String name, Tensor gradient) {
    Tensor values = data.get(name);
    for (int place = 0; place < places; place++) {
      int at = random.nextInt(values.elements());
      double above = objective(name, moved(values, at, STEP));
      double below = objective(name, moved(values, at, -STEP));
      compare("input." + name, at, (above - below) / (2 * STEP), gradient.get(at));
    }
  }

  private double objective(String name, Tensor values) {
    var changed = new LinkedHashMap<>(data);
    changed.put(name, values);
    return network.gradients(changed, ROWS).loss();
  }

  private static Tensor moved(Tensor values, int at, double step) {
    double[] changed = values.doubles();
    changed[at] += step;
    return Tensor.of(changed, values.shape());
  }

  private static int compare(String what, int at, double difference, double gradient) {
    double tolerance = 1e-6 * Math.max(1, Math.abs(difference));
    assertEquals(difference, gradient, tolerance, () -> what + "[" + at + "]");
    return gradient == 0 ? 0 : 1;
  }
}

package netc.emit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import netc.interpret.Values;
import netc.ir.ElementType;
import netc.ir.Model;
import netc.runtime.Network;
import netc.runtime.Tensor;

/**
 * Rows for a net's inputs and targets, and weights: random, the same at each call, every real number
 * exactly a float, so that both precisions compute the same.
 *
 * @param columns by the name of an input or target, the rows first
 * @param weights parameters and states by path
 */
record NetData(int rows, Map<String, Tensor> columns, Map<String, Tensor> weights) {

  /**
   * @param low the least real number of inputs and targets
   * @param high the greatest
   */
  static NetData random(Model model, Network initial, int rows, double low, double high) {
    var random = new Random(41 + rows);
    var columns = new LinkedHashMap<String, Tensor>();
    model.inputs().forEach(d -> columns.put(d.name(), column(d.tensor(), rows, random, low, high)));
    model.targets().forEach(d -> columns.put(d.name(), column(d.tensor(), rows, random, low, high)));
    var weights = new LinkedHashMap<String, Tensor>();
    // Away from the zeros and ones at which many start: there too much is equal by accident.
    initial.parameters().forEach((path, start) -> weights.put(path, near(start, random)));
    initial
        .states()
        .forEach((path, start) -> weights.put(path, reals(start.shape(), random, 0.5, 2)));
    return new NetData(rows, columns, weights);
  }

  private static Tensor column(
      netc.ir.Tensor tensor, int rows, Random random, double low, double high) {
    int[] shape = shape(tensor, rows);
    if (tensor.type() == ElementType.REAL) {
      return reals(shape, random, low, high);
    }
    int[] data = new int[elements(shape)];
    var range = tensor.interval();
    for (int i = 0; i < data.length; i++) {
      data[i] =
          range
              .map(r -> (int) random.nextLong(r.low(), r.high() + 1))
              .orElseGet(() -> random.nextInt(2));
    }
    return tensor.type() == ElementType.INT
        ? Tensor.of(data, shape)
        : Tensor.of(Tensor.of(data, shape).booleans(), shape);
  }

  private static Tensor reals(int[] shape, Random random, double low, double high) {
    double[] data = new double[elements(shape)];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextDouble(low, high);
    }
    return Tensor.of(data, shape);
  }

  private static Tensor near(Tensor start, Random random) {
    double[] data = start.doubles();
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (data[i] + random.nextDouble(-0.2, 0.2));
    }
    return Tensor.of(data, start.shape());
  }

  private static int[] shape(netc.ir.Tensor tensor, int rows) {
    return tensor.shape().stream().mapToInt(e -> e.isBatch() ? rows : e.size()).toArray();
  }

  private static int elements(int[] shape) {
    return java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** The same weights with random rows for what is given to an output instead of the inputs. */
  NetData given(Model.Conditional conditional, double low, double high) {
    var random = new Random(43 + rows);
    var given = new LinkedHashMap<String, Tensor>();
    conditional
        .given()
        .forEach(
            g ->
                given.put(
                    g.argument().name(), column(g.argument().tensor(), rows, random, low, high)));
    return new NetData(rows, given, weights);
  }

  /** All of it as the interpreter takes it. */
  Map<String, Values> values() {
    var values = new LinkedHashMap<String, Values>();
    columns.forEach((name, tensor) -> values.put(name, new Values(tensor.shape(), tensor.doubles())));
    weights.forEach((name, tensor) -> values.put(name, new Values(tensor.shape(), tensor.doubles())));
    return values;
  }

  /** The same weights with the first rows only. */
  NetData first(int count) {
    return slice(0, count);
  }

  /** The same weights with some of the rows. */
  NetData slice(int from, int count) {
    var some = new LinkedHashMap<String, Tensor>();
    columns.forEach((name, tensor) -> some.put(name, slice(tensor, from, count)));
    return new NetData(count, some, weights);
  }

  /** Rows of a tensor, in its own type. */
  static Tensor slice(Tensor tensor, int from, int count) {
    int[] shape = tensor.shape();
    int size = tensor.elements() / shape[0];
    shape[0] = count;
    double[] data =
        java.util.Arrays.copyOfRange(tensor.doubles(), from * size, (from + count) * size);
    return Tensor.of(data, shape).as(tensor.dtype());
  }
}

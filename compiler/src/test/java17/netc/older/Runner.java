package netc.older;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import netc.data.Dataset;
import netc.runtime.Derivatives;
import netc.runtime.Evaluation;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Tensor;
import netc.train.Sgd;
import netc.train.Trainer;

/**
 * Runs generated classes, by name, on whatever Java it is started with: predictions, evaluation,
 * gradients, some training. Prints a line a tensor: its name, then its numbers. Source for Java 17.
 */
public final class Runner {
  private static final int ROWS = 33;

  private Runner() {}

  public static void main(String[] classNames) throws ReflectiveOperationException {
    System.out.println("java " + Runtime.version().feature());
    for (String name : classNames) {
      Network network =
          (Network) Class.forName(name).getMethod("init", long.class).invoke(null, 7L);
      run(name + " " + network.precision(), network);
    }
  }

  private static void run(String title, Network network) {
    Map<String, Tensor> data = data(network.metadata());
    network.predict(data, ROWS).forEach((name, tensor) -> print(title + " out." + name, tensor));
    if (network.metadata().losses().isEmpty()) {
      return;
    }
    Evaluation evaluation = network.evaluate(data, ROWS);
    print(title + " loss", Tensor.of(new double[] {evaluation.loss()}, 1));
    evaluation.metrics()
        .forEach((name, value) -> print(title + " metric." + name, Tensor.of(new double[] {value}, 1)));
    Derivatives derivatives = network.gradients(data, ROWS);
    derivatives.parameters().forEach((name, tensor) -> print(title + " grad." + name, tensor));
    if (!network.parameters().isEmpty()) {
      var settings = Sgd.rate(0.01).batchSize(ROWS).steps(2);
      var trainer = new Trainer<>(network, settings.threads(2));
      trainer.fit(Dataset.of(data));
      trainer.network().parameters().forEach((name, tensor) -> print(title + " trained." + name, tensor));
    }
  }

  private static Map<String, Tensor> data(Metadata metadata) {
    var random = new Random(5);
    var data = new LinkedHashMap<String, Tensor>();
    List<Metadata.Port> ports = new ArrayList<>(metadata.inputs());
    ports.addAll(metadata.targets());
    for (Metadata.Port port : ports) {
      int[] shape = new int[port.shape().length + 1];
      shape[0] = ROWS;
      System.arraycopy(port.shape(), 0, shape, 1, port.shape().length);
      double[] values = new double[ROWS * port.elements()];
      for (int i = 0; i < values.length; i++) {
        switch (port.type()) {
          case REAL -> values[i] = (float) (2 * random.nextDouble() - 1);
          case INDEX -> values[i] = random.nextInt(port.bound() == 0 ? 100 : port.bound());
          case BOOL -> values[i] = random.nextInt(2);
        }
      }
      data.put(port.name(), Tensor.of(values, shape));
    }
    return data;
  }

  private static void print(String name, Tensor tensor) {
    var line = new StringBuilder(name.replace(' ', '/'));
    for (double value : tensor.doubles()) {
      line.append(' ').append(value);
    }
    System.out.println(line);
  }
}

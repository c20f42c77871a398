package flowers;

import demo.Iris;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netc.data.Dataset;
import netc.train.Adam;
import netc.train.Length;
import netc.train.TrainReport;
import netc.train.Trainer;

/**
 * Names irises by four measurements in centimetres. {@code demo.Iris} is made of samples/iris/iris.net
 * when this application is built, and its weights lie beside the class.
 */
public final class Flowers {
  private static final int MEASURES = 4;
  private static final List<String> SPECIES = Iris.labels("y");

  private final Iris net;

  public Flowers(Iris net) {
    this.net = net;
  }

  /** The species of one flower: sepal length and width, petal length and width. */
  public String species(float... measures) {
    return SPECIES.get(largest(net.p(measures), 0));
  }

  /** The species of many flowers, row after row, in one call and without garbage but the answer. */
  public List<String> speciesOfAll(float[] rows) {
    int count = rows.length / MEASURES;
    Iris.Workspace workspace = net.workspace(count);
    float[] probabilities = new float[count * SPECIES.size()];
    net.p(workspace, rows, count, probabilities);
    List<String> answers = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      answers.add(SPECIES.get(largest(probabilities, row * SPECIES.size())));
    }
    return answers;
  }

  /** A better network, after more flowers; this one stays as it is. */
  public Flowers learn(Path csv, int epochs, PrintStream log) {
    Dataset rows = Dataset.csv(csv, Iris.DATA);
    Trainer<Iris> trainer = net.trainer(Adam.rate(2e-3).batchSize(16).seed(1));
    TrainReport report = trainer.fit(rows, Length.epochs(epochs));
    log.printf("%d rows, %d epochs: loss %.4f%n", rows.rows(), report.epochs(), report.loss());
    return new Flowers(trainer.network());
  }

  public void save(Path file) {
    net.save(file);
  }

  Iris net() {
    return net;
  }

  private static int largest(float[] values, int from) {
    int best = 0;
    for (int i = 1; i < SPECIES.size(); i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  /** {@code 5.1 3.5 1.4 0.2} names a flower; {@code learn more.csv better.safetensors} trains on. */
  public static void main(String[] arguments) {
    var flowers = new Flowers(Iris.load());
    if (arguments.length == 3 && arguments[0].equals("learn")) {
      flowers.learn(Path.of(arguments[1]), 50, System.out).save(Path.of(arguments[2]));
    } else if (arguments.length == MEASURES) {
      float[] measures = new float[MEASURES];
      for (int i = 0; i < MEASURES; i++) {
        measures[i] = Float.parseFloat(arguments[i]);
      }
      System.out.println(flowers.species(measures));
    } else {
      System.err.println("give four measurements in cm, or: learn ROWS.csv WEIGHTS.safetensors");
      System.exit(2);
    }
  }
}

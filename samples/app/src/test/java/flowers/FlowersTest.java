package flowers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import demo.Iris;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netc.data.Dataset;
import netc.runtime.Gradients;
import netc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generated class in an application: the runtime is all it needs, on Java 17 and later. */
class FlowersTest {
  private static final Path CSV = Path.of("../iris/iris.csv");

  private final Flowers flowers = new Flowers(Iris.load());
  private final Dataset rows = Dataset.csv(CSV, Iris.DATA);

  @Test
  void thereIsNoCompilerHereAndTheClassIsForJava17() throws Exception {
    assertThrows(ClassNotFoundException.class, () -> Class.forName("netc.Netc"));
    try (var in = new DataInputStream(Iris.class.getResourceAsStream("Iris.class"))) {
      assertEquals(0xCAFEBABE, in.readInt());
      assertEquals(61, in.readInt());
    }
  }

  @Test
  void oneFlowerIsNamed() {
    assertEquals("setosa", flowers.species(5.1f, 3.5f, 1.4f, 0.2f));
    assertEquals("versicolor", flowers.species(5.9f, 3.0f, 4.2f, 1.5f));
    assertEquals("virginica", flowers.species(6.3f, 3.3f, 6.0f, 2.5f));
  }

  @Test
  void manyFlowersAreNamedAsOneByOne() {
    float[] measures = rows.tensor("x").floats();
    List<String> all = flowers.speciesOfAll(measures);
    List<String> singly = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      singly.add(flowers.species(java.util.Arrays.copyOfRange(measures, 4 * row, 4 * row + 4)));
    }
    assertEquals(singly, all);
    assertTrue(right(all) >= 140, () -> right(all) + " of 150 are right");
  }

  @Test
  void learningGoesOnAndIsSaved(@TempDir Path folder) {
    Iris before = flowers.net();
    var weights = before.parameters();
    double lossBefore = before.evaluate(rows.tensors(), rows.rows()).loss();
    var log = new ByteArrayOutputStream();
    Flowers better = flowers.learn(CSV, 50, new PrintStream(log));

    assertEquals(weights, before.parameters());
    assertNotEquals(weights, better.net().parameters());
    double lossAfter = better.net().evaluate(rows.tensors(), rows.rows()).loss();
    assertTrue(lossAfter < lossBefore, () -> lossBefore + " became " + lossAfter);
    assertTrue(log.toString().contains("150 rows, 50 epochs"), log::toString);

    better.save(folder.resolve("better.safetensors"));
    Iris again = Iris.load(folder.resolve("better.safetensors"));
    assertEquals(better.net().parameters(), again.parameters());
  }

  @Test
  void anApplicationMayDescendByItself() {
    Iris net = Iris.init(1);
    float[] x = rows.tensor("x").floats();
    int[] y = rows.tensor("y").ints();
    Iris.Workspace workspace = net.workspace(rows.rows());
    var gradients = new Gradients(net.metadata());
    float first = net.gradients(workspace, x, y, rows.rows(), gradients);
    for (int step = 0; step < 20; step++) {
      net = net.withParameters(stepped(net, gradients));
      net.gradients(workspace, x, y, rows.rows(), gradients);
    }
    float last = net.gradients(workspace, x, y, rows.rows(), gradients);
    assertTrue(last < 0.9 * first, () -> first + " became " + last);
  }

  private static java.util.Map<String, Tensor> stepped(Iris net, Gradients gradients) {
    var moved = new java.util.LinkedHashMap<String, Tensor>();
    net.parameters()
        .forEach(
            (path, parameter) -> {
              float[] values = parameter.floats();
              float[] slope = gradients.floats(path);
              for (int i = 0; i < values.length; i++) {
                values[i] -= 0.1f * slope[i];
              }
              moved.put(path, Tensor.of(values, parameter.shape()));
            });
    return moved;
  }

  private long right(List<String> answers) {
    int[] truth = rows.tensor("y").ints();
    long right = 0;
    for (int row = 0; row < truth.length; row++) {
      right += answers.get(row).equals(Iris.labels("y").get(truth[row])) ? 1 : 0;
    }
    return right;
  }
}

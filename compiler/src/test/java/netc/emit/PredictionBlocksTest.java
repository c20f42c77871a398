package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import netc.runtime.Network;
import netc.runtime.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A prediction does not depend on the examples around it, nor on how many blocks hold so many take. */
class PredictionBlocksTest {
  private static final String NET =
      """
      package test
      net N {
        input x[2, 8, 8]
        input word : index(5)
        param E[5, 6] ~ normal(0, 1)
        h = x |> conv2d(4, 3, padding = 1, act = tanh) |> max_pool2d(2) |> flatten |> dense(6)
        scan t in 4 { s[t, i in 6] = tanh(s[t - 1, i else 0] * 0.5 + h[i] + E[word, i]) }
        output p = softmax(s[3])
        output far = argmax(s[3])
      }
      """;
  private static final int PIXELS = 2 * 8 * 8;
  private static final int ROWS = 300;

  private final Random random = new Random(4);
  private final float[] images = new float[ROWS * PIXELS];
  private final int[] words = random.ints(ROWS, 0, 5).toArray();

  private Map<String, Tensor> rows(int first, int count) {
    float[] pixels = Arrays.copyOfRange(images, first * PIXELS, (first + count) * PIXELS);
    return Map.of(
        "x", Tensor.of(pixels, count, 2, 8, 8),
        "word", Tensor.of(Arrays.copyOfRange(words, first, first + count), count));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 32, 100, 257})
  void blocksDoNotMatter(int piece) {
    Flavours.each(() -> inPieces(piece));
  }

  private void inPieces(int piece) {
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextFloat() - 0.5f;
    }
    Network network = Nets.compile(NET).load().init(1);
    Map<String, Tensor> all = network.predict(rows(0, ROWS), ROWS);
    float[] p = all.get("p").floats();
    int[] far = all.get("far").ints();
    for (int first = 0; first < ROWS; first += piece) {
      int count = Math.min(piece, ROWS - first);
      Map<String, Tensor> some = network.predict(rows(first, count), count);
      assertArrayEquals(
          Arrays.copyOfRange(p, first * 6, (first + count) * 6), some.get("p").floats());
      assertArrayEquals(
          Arrays.copyOfRange(far, first, first + count), some.get("far").ints());
    }
  }
}

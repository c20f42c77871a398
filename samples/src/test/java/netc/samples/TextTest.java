package netc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The models of characters have the text that they say, and promise more than counting pairs gives. */
class TextTest {
  private static final String ALPHABET = " abcdefghijklmnopqrstuvwxyz.,;:!?'-";

  private static List<int[]> windows(String file) throws Exception {
    try (Stream<String> lines = Files.lines(Path.of("char_lstm", file))) {
      return lines
          .skip(1)
          .map(line -> Stream.of(line.split(",")).mapToInt(Integer::parseInt).toArray())
          .toList();
    }
  }

  private static String letters(int[] window) {
    return IntStream.of(window)
        .mapToObj(i -> ALPHABET.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  @Test
  void theWindowsAreTheText() throws Exception {
    String text =
        Files.readString(Path.of("char_lstm/alice.txt"))
            .toLowerCase(Locale.ROOT)
            .replace('"', '\'')
            .replaceAll("\\s+", " ")
            .replaceAll("[()]", "");
    int kept = text.length() * 9 / 10;
    compare(text.substring(0, kept), windows("train.csv"), 16);
    compare(text.substring(kept), windows("test.csv"), 32);
  }

  private static void compare(String text, List<int[]> windows, int every) {
    assertEquals((text.length() - 33) / every + 1, windows.size());
    for (int i = 0; i < windows.size(); i++) {
      assertEquals(text.substring(i * every, i * every + 33), letters(windows.get(i)));
    }
  }

  /**
   * Bits a character of the model that knows frequencies of pairs: counted where the networks learn,
   * measured where they are measured, with the smoothing that makes it best there.
   */
  private static double bigram() throws Exception {
    int size = ALPHABET.length();
    double[][] pairs = new double[size][size];
    for (int[] window : windows("train.csv")) {
      for (int i = 1; i < window.length; i++) {
        pairs[window[i - 1]][window[i]]++;
      }
    }
    List<int[]> test = windows("test.csv");
    return DoubleStream.of(0.01, 0.03, 0.1, 0.3, 1, 3).map(a -> bits(pairs, a, test)).min().orElseThrow();
  }

  private static double bits(double[][] pairs, double added, List<int[]> windows) {
    double bits = 0;
    int count = 0;
    for (int[] window : windows) {
      for (int i = 1; i < window.length; i++) {
        double[] next = pairs[window[i - 1]];
        double probability =
            (next[window[i]] + added) / (DoubleStream.of(next).sum() + added * next.length);
        bits -= Math.log(probability) / Math.log(2);
        count++;
      }
    }
    return bits / count;
  }

  /** That the networks keep what they promise, {@link SamplesTest} sees. */
  @ParameterizedTest
  @ValueSource(strings = {"char_lstm/char_lstm.net", "tiny_gpt/tiny_gpt.net"})
  void moreIsPromisedThanPairsGive(String file) throws Exception {
    Sample.Promise promise = Sample.named(file).promises().getFirst();
    double bigram = bigram();
    assertEquals(3.42, bigram, 0.01, "as the READMEs say");
    assertEquals("bpc", promise.measure());
    assertTrue(promise.bound() < bigram - 0.25, () -> promise + ", bigrams: " + bigram);
  }
}

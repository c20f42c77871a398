package netc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
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

  /** The first so many characters of each window, one window after the other. */
  private static String joined(List<int[]> windows, int each) {
    var text = new StringBuilder();
    windows.forEach(w -> {
      for (int i = 0; i < each; i++) {
        text.append(ALPHABET.charAt(w[i]));
      }
    });
    return text.toString();
  }

  @Test
  void theWindowsAreTheText() throws Exception {
    String text =
        Files.readString(Path.of("char_lstm/alice.txt"))
            .toLowerCase(java.util.Locale.ROOT)
            .replace('"', '\'')
            .replaceAll("\\s+", " ")
            .replaceAll("[()0-9]", "");
    String train = joined(windows("train.csv"), 16);
    String test = joined(windows("test.csv"), 32);
    assertEquals(text.substring(0, train.length()), train);
    int kept = text.length() * 9 / 10;
    assertEquals(text.substring(kept, kept + test.length()), test);
    assertTrue(train.length() + 17 <= kept && train.length() + test.length() > text.length() - 100);
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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Cuts alice.txt into windows of 33 characters, each as its place in the alphabet: the first nine tenths
 * into train.csv, every 16 characters one, the rest into test.csv, every 32. Run here with {@code java
 * Windows.java}; the files are the same each time.
 */
final class Windows {
  private static final String ALPHABET = " abcdefghijklmnopqrstuvwxyz.,;:!?'-";
  private static final int LENGTH = 33;

  public static void main(String[] arguments) throws IOException {
    String text = plain(Files.readString(Path.of("alice.txt")));
    int train = text.length() * 9 / 10;
    Files.writeString(Path.of("train.csv"), table(text.substring(0, train), 16));
    Files.writeString(Path.of("test.csv"), table(text.substring(train), 32));
  }

  /** Small letters, one kind of quote, one space for each gap, nothing outside the alphabet. */
  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replace('"', '\'')
        .replaceAll("\\s+", " ")
        .replaceAll("[^" + ALPHABET + "]", "");
  }

  private static String table(String text, int every) {
    var table = new StringBuilder("c0");
    for (int i = 1; i < LENGTH; i++) {
      table.append(",c").append(i);
    }
    for (int from = 0; from + LENGTH <= text.length(); from += every) {
      table.append('\n').append(ALPHABET.indexOf(text.charAt(from)));
      for (int i = 1; i < LENGTH; i++) {
        table.append(',').append(ALPHABET.indexOf(text.charAt(from + i)));
      }
    }
    return table.append('\n').toString();
  }
}

package netc.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a report between two comments of a page. */
final class Readme {
  private static final String BEGIN = "<!-- report -->\n";
  private static final String END = "<!-- end of report -->";

  private Readme() {}

  static void replace(Path page, String report) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " has no place for a report");
    }
    Files.writeString(
        page, text.substring(0, begin + BEGIN.length()) + "\n" + report + "\n" + text.substring(end));
  }
}

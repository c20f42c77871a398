package netc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command line as a test sees it. */
final class Cli {
  private Cli() {}

  /** What a command did. */
  record Outcome(int code, String out, String err) {}

  /** Runs a command in this JVM. */
  static Outcome run(Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine(texts)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(texts);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** Copies a resource of this package into a folder. */
  static Path copy(String resource, Path folder) {
    Path file = folder.resolve(resource);
    try (InputStream in = Cli.class.getResourceAsStream(resource)) {
      Files.copy(in, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder with files, and commands run on them in this process. */
final class Bench {
  private final Path folder;

  Bench(Path folder) {
    this.folder = folder;
  }

  /** How a command ended. */
  record Run(int code, String out, String err) {
    /** It went well. */
    Run succeeds() {
      assertEquals(0, code, () -> out + err);
      return this;
    }

    /** It ended with this code and one message that contains the texts; nothing else was said. */
    Run fails(int expected, String... texts) {
      assertEquals(expected, code, () -> out + err);
      assertEquals("", out);
      assertFalse(err.contains("\tat "), err);
      for (String text : texts) {
        assertTrue(err.contains(text), () -> "`" + text + "` is not in:\n" + err);
      }
      long errors = err.lines().filter(line -> line.matches("(\\w+ )?error(\\[\\w+])?: .*")).count();
      assertEquals(1, errors, err);
      return this;
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** The sample of the language page, with its data. */
  Bench withIris() {
    return resource("iris.net").resource("iris.csv");
  }

  Bench resource(String name) {
    try (InputStream in = Bench.class.getResourceAsStream("/netc/cli/" + name)) {
      Files.write(path(name), in.readAllBytes());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Bench file(String name, String text) {
    return file(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  Bench file(String name, byte[] bytes) {
    try {
      Files.write(path(name), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all files, sorted. */
  List<String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command; {@code @name} in an argument stands for the path of a file in the folder. */
  Run run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var full = new ArrayList<String>();
    for (String argument : arguments) {
      full.add(argument.replace("@", folder + java.io.File.separator));
    }
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(full.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }
}

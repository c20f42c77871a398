package netc.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import netc.io.AtomicFile;
import netc.io.FileErrors;

/** Where text results go: a file that is replaced whole or not at all, or standard output. */
final class ResultFile {
  private final Path file;
  private final Console console;

  /** Writes the text. */
  @FunctionalInterface
  interface Content {
    void writeTo(Writer writer) throws IOException;
  }

  /**
   * @param file null for standard output
   */
  ResultFile(Path file, Console console) {
    this.file = file;
    this.console = console;
  }

  /**
   * Checks early that the file can be written.
   *
   * @param kept files that must stay as they are; null among them is none
   */
  void check(Path... kept) {
    if (file == null) {
      return;
    }
    Outputs.protect(file, kept);
    try {
      AtomicFile.check(file, 0);
    } catch (IOException e) {
      throw new InputException(FileErrors.writing(file, e));
    }
  }

  void write(Content content) {
    try {
      if (file == null) {
        content.writeTo(console.out());
        console.flush();
      } else {
        AtomicFile.write(
            file,
            channel -> {
              var stream = Channels.newOutputStream(channel);
              var writer =
                  new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
              content.writeTo(writer);
              writer.flush();
            });
      }
    } catch (IOException e) {
      throw new InputException(
          file == null
              ? "cannot write to standard output: " + e.getMessage()
              : FileErrors.writing(file, e));
    }
  }
}

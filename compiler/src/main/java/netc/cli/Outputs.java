package netc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import netc.io.AtomicFile;
import netc.io.FileErrors;

/**
 * Files that a command writes together: all are complete on the disk before the first takes its name,
 * so that a failure, a full disk say, leaves everything as it was.
 */
final class Outputs implements AutoCloseable {
  private final Map<Path, AtomicFile> staged = new LinkedHashMap<>();

  /**
   * Refuses to write over a file that the command reads.
   *
   * @param inputs may have null for what was not given
   */
  static void protect(Path target, Path... inputs) {
    for (Path input : inputs) {
      if (input != null && isSame(target, input)) {
        throw new InputException(
            "the result would replace " + input + ", which is read; give it another name");
      }
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.exists(one) && Files.isRegularFile(one) && Files.isSameFile(one, other);
    } catch (IOException e) {
      return false; // reading it will tell
    }
  }

  /** Writes the content beside the file; see {@link AtomicFile#stage}. */
  void add(Path file, AtomicFile.Content content) {
    try {
      staged.put(file, AtomicFile.stage(file, content));
    } catch (IOException e) {
      throw new InputException(FileErrors.writing(file, e));
    }
  }

  /** As {@link #add}, in a folder that is made when it is missing. */
  void addInFolder(Path file, AtomicFile.Content content) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new InputException(FileErrors.writing(file, e));
    }
    add(file, content);
  }

  /** Gives all files their names. */
  void commit() {
    staged.forEach(
        (file, content) -> {
          try {
            content.commit();
          } catch (IOException e) {
            throw new InputException(FileErrors.writing(file, e));
          }
        });
  }

  @Override
  public void close() {
    for (AtomicFile content : staged.values()) {
      try {
        content.close();
      } catch (IOException ignored) {
        // A temporary file that cannot be removed does no harm, and there is an error to be told already.
      }
    }
  }
}

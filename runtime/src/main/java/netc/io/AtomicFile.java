package netc.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file whole or not at all: the new content goes to a temporary file in the same folder, to
 * the disk, and only then to its name. When anything fails the temporary file is removed.
 */
final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  static void write(Path file, Content content) {
    try {
      Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.isDirectory(target)) {
        throw new NoSuchFileException(file.toString(), null, "it is a folder");
      }
      replace(target, content);
    } catch (IOException e) {
      throw new CheckpointException(FileErrors.writing(file, e), e);
    }
  }

  private static void replace(Path target, Content content) throws IOException {
    Path temporary = null;
    try {
      temporary = create(target);
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      move(temporary, target);
      temporary = null;
    } finally {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    }
    persistFolder(target.getParent());
  }

  /** Creates an empty file beside the target, with the permissions of any new file. */
  private static Path create(Path target) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        return Files.createFile(
            target.resolveSibling("." + target.getFileName() + "." + attempt + ".tmp"));
      } catch (FileAlreadyExistsException e) {
        // Another writer's, or left over from a process that was killed: take the next name.
      }
    }
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes the new name survive a power failure, where the system lets a folder be opened. */
  private static void persistFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException ignored) {
      // Windows does not open folders; the content itself is already on the disk.
    }
  }
}

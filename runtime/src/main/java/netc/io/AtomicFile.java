package netc.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The new content of a file, complete on the disk beside it, that takes the file's name with {@link
 * #commit}. Closed before that, it goes away and the file is as it was. Several files that belong
 * together are all staged before the first is committed.
 *
 * <p>What is no file with content of its own, such as {@code /dev/stdout} or a pipe, is not replaced
 * but written to, when staged.
 */
public final class AtomicFile implements AutoCloseable {
  private final Path target;

  /** Null when there is nothing left to do. */
  private Path temporary;

  private AtomicFile(Path target, Path temporary) {
    this.target = target;
    this.temporary = temporary;
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** Replaces a file whole or not at all. */
  public static void write(Path file, Content content) throws IOException {
    try (AtomicFile staged = stage(file, content)) {
      staged.commit();
    }
  }

  /** Writes content into a temporary file in the file's folder; a failure leaves nothing behind. */
  public static AtomicFile stage(Path file, Content content) throws IOException {
    Path target = target(file);
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
      }
      return new AtomicFile(target, null);
    }
    AtomicFile staged = new AtomicFile(target, create(target));
    try (FileChannel channel = FileChannel.open(staged.temporary, StandardOpenOption.WRITE)) {
      content.writeTo(channel);
      channel.force(true);
    } catch (IOException | RuntimeException | Error e) {
      staged.close();
      throw e;
    }
    return staged;
  }

  /**
   * Finds out before long work whether a file can be written, and leaves no trace.
   *
   * @param bytes that will be written, as far as they are known
   */
  public static void check(Path file, long bytes) throws IOException {
    Path target = target(file);
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw new AccessDeniedException(file.toString());
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return;
    }
    Path temporary = create(target);
    try {
      long room = Files.getFileStore(temporary).getUsableSpace();
      if (room < bytes) {
        throw new FileSystemException(
            file.toString(), null, "the disk has room for " + room + " bytes, but it needs " + bytes);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path target(Path file) throws IOException {
    Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw new NoSuchFileException(file.toString(), null, "it is a folder");
    }
    return target;
  }

  /** Gives the content the file's name, in one step where the file system can. */
  public void commit() throws IOException {
    if (temporary != null) {
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
      temporary = null;
      persistFolder(target.getParent());
    }
  }

  @Override
  public void close() throws IOException {
    if (temporary != null) {
      Files.deleteIfExists(temporary);
      temporary = null;
    }
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

  /** Makes the new name survive a power failure, where the system lets a folder be opened. */
  private static void persistFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException ignored) {
      // Windows does not open folders; the content itself is already on the disk.
    }
  }
}

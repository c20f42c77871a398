package netc.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import netc.runtime.Tensor;

/**
 * The safetensors format: eight bytes with the header's length, the header in JSON, then the tensors'
 * bytes, little-endian. F32, F64, I64, I32, U8 and BOOL are read as they are; F16 and BF16 are widened
 * to F32, I8 and I16 to I32.
 */
public final class SafeTensors {
  private SafeTensors() {}

  /** Tensors by name, in the order of their bytes, and the file's metadata. */
  public record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {}

  /**
   * Reads a whole file.
   *
   * @throws CheckpointException when there is no such file or it is not exactly as the format demands
   */
  public static Content read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new NoSuchFileException(file.toString(), null, "it is a folder");
      }
      try (FileChannel channel = FileChannel.open(file)) {
        return new SafeTensorsReader(file.toString(), channel, channel.size()).read();
      }
    } catch (IOException e) {
      throw new CheckpointException(FileErrors.reading(file, e), e);
    }
  }

  /** Reads a file's bytes; {@code name} is what messages call it. */
  public static Content read(String name, byte[] bytes) {
    try {
      var channel = Channels.newChannel(new ByteArrayInputStream(bytes));
      return new SafeTensorsReader(name, channel, bytes.length).read();
    } catch (IOException e) {
      throw new CheckpointException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a whole file: into a temporary file beside it that takes its place when it is complete, so
   * that whatever happens the old file or the new one is there.
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    try {
      AtomicFile.write(file, content(tensors, metadata));
    } catch (IOException e) {
      throw new CheckpointException(FileErrors.writing(file, e), e);
    }
  }

  /** The bytes of such a file, to be written with others or elsewhere. */
  public static AtomicFile.Content content(
      Map<String, Tensor> tensors, Map<String, String> metadata) {
    return channel -> SafeTensorsWriter.write(channel, tensors, metadata);
  }
}

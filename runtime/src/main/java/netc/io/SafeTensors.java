package netc.io;

import java.nio.file.Path;
import java.util.Map;
import netc.runtime.Tensor;

/** Skeleton: reader and writer follow. */
public final class SafeTensors {
  private SafeTensors() {}

  /** Tensors by name, in the file's order, and the file's metadata. */
  public record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {}

  /** Reads a whole file. */
  public static Content read(Path file) {
    throw new CheckpointException(file + ": reading follows");
  }

  /** Writes a whole file, atomically. */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    throw new CheckpointException(file + ": writing follows");
  }
}

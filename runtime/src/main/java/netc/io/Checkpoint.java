package netc.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Weights;

/** The weights file of a network: parameters and states by path, and where they come from. */
public final class Checkpoint {
  private Checkpoint() {}

  /**
   * What a file holds for a network.
   *
   * @param provenance the file's metadata
   * @param notes what a user may want to know and is no error, such as another source hash
   */
  public record Loaded(Weights weights, Map<String, String> provenance, List<String> notes) {}

  /** The weights in a file, checked against the network; generated {@code load(Path)} calls this. */
  public static Weights load(Path file, Metadata metadata) {
    return read(file, metadata).weights();
  }

  /** The file {@code <Class>.safetensors} beside a class; generated {@code load()} calls this. */
  public static Weights beside(Class<?> network, Metadata metadata) {
    throw new CheckpointException(network + ": reading follows");
  }

  /** As {@link #load}, with notes. */
  public static Loaded read(Path file, Metadata metadata) {
    throw new CheckpointException(file + ": reading follows");
  }

  /** Writes parameters and states; generated {@code save(Path)} calls this. */
  public static void save(Network network, Path file) {
    save(network, file, Map.of());
  }

  /** As {@link #save(Network, Path)}, with more metadata, such as how it was trained. */
  public static void save(Network network, Path file, Map<String, String> provenance) {
    throw new CheckpointException(file + ": writing follows");
  }
}

package netc.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.DType;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Rule;
import netc.runtime.Tensor;
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

  /** As {@link #load}, with notes. */
  public static Loaded read(Path file, Metadata metadata) {
    return fit(file.toString(), SafeTensors.read(file), metadata);
  }

  /** The file {@code <Class>.safetensors} beside a class; generated {@code load()} calls this. */
  public static Weights beside(Class<?> network, Metadata metadata) {
    return beside(network.getResourceAsStream(fileBeside(metadata)), metadata);
  }

  /**
   * As {@link #beside(Class, Metadata)}, for a class in a named module, whose resources only its own
   * code can open.
   *
   * @param stream closed here; null when there is no such resource
   */
  public static Weights beside(InputStream stream, Metadata metadata) {
    String name = fileBeside(metadata);
    if (stream == null) {
      throw new CheckpointException(
          "there is no " + name + " beside the class " + metadata.className()
              + "; compile it with --weights, or use load(path) or init(seed)");
    }
    try (stream) {
      return fit(name, SafeTensors.read(name, stream.readAllBytes()), metadata).weights();
    } catch (IOException e) {
      throw new CheckpointException("cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  /** The name of the weights file beside a class. */
  public static String fileBeside(Metadata metadata) {
    String name = metadata.className();
    return name.substring(name.lastIndexOf('.') + 1) + ".safetensors";
  }

  /** Writes parameters and states; generated {@code save(Path)} calls this. */
  public static void save(Network network, Path file) {
    save(network, file, Map.of());
  }

  /** As {@link #save(Network, Path)}, with more metadata, such as how it was trained. */
  public static void save(Network network, Path file, Map<String, String> provenance) {
    Metadata metadata = network.metadata();
    Map<String, Tensor> tensors = new LinkedHashMap<>(network.parameters());
    tensors.putAll(network.states());
    Map<String, String> all = new LinkedHashMap<>();
    all.put("format", "pt"); // other readers of safetensors files ask for this
    all.put("netc.class", metadata.className());
    all.put("netc.source_sha256", metadata.sourceSha256());
    all.put("netc.compiler", metadata.compilerVersion());
    all.put("netc.precision", metadata.precision().toString());
    all.put("netc.flavour", "portable");
    if (!metadata.sizes().isEmpty()) {
      all.put("netc.sizes", sizes(metadata));
    }
    all.putAll(provenance);
    SafeTensors.write(file, tensors, all);
  }

  private static Loaded fit(String file, SafeTensors.Content content, Metadata metadata) {
    names(file, content, metadata);
    Weights weights = Weights.zeros(metadata);
    for (int i = 0; i < weights.count(); i++) {
      Metadata.Variable variable = metadata.variables().get(i);
      Tensor tensor = content.tensors().get(variable.path());
      if (!java.util.Arrays.equals(tensor.shape(), variable.shape())) {
        throw new CheckpointException(
            CheckpointErrors.shape(file, tensor, variable, content.metadata(), metadata));
      }
      if (tensor.dtype() != DType.F32 && tensor.dtype() != DType.F64) {
        throw new CheckpointException(CheckpointErrors.type(file, tensor, variable, metadata));
      }
      weights.set(i, tensor);
    }
    List<String> notes = new ArrayList<>();
    String hash = content.metadata().get("netc.source_sha256");
    if (hash != null && !hash.equals(metadata.sourceSha256())) {
      notes.add(
          file + " was written for another version of " + metadata.sourceName()
              + "; names and shapes agree");
    }
    return new Loaded(weights, content.metadata(), List.copyOf(notes));
  }

  /** Both sets of names must be the same, but for PyTorch's counters. */
  private static void names(String file, SafeTensors.Content content, Metadata metadata) {
    List<String> wanted = Network.names(metadata);
    List<String> missing = new ArrayList<>(wanted);
    missing.removeAll(content.tensors().keySet());
    List<String> unexpected = new ArrayList<>();
    for (String name : content.tensors().keySet()) {
      if (!wanted.contains(name) && !("." + name).endsWith(".num_batches_tracked")) {
        unexpected.add(name);
      }
    }
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new CheckpointException(
          CheckpointErrors.names(file, missing, unexpected, metadata));
    }
  }

  static String sizes(Metadata metadata) {
    List<String> sizes = new ArrayList<>();
    for (Map.Entry<String, Double> size : metadata.sizes().entrySet()) {
      sizes.add(size.getKey() + "=" + Rule.text(size.getValue()));
    }
    return String.join(" ", sizes);
  }
}

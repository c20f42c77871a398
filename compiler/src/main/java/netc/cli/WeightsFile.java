package netc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import netc.LoadedNet;
import netc.io.AtomicFile;
import netc.io.Checkpoint;
import netc.io.FileErrors;
import netc.runtime.DType;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Precision;

/** Weights files by the names that the commands give them: where they are, are read and may be written. */
final class WeightsFile {
  private static final String EXTENSION = ".safetensors";

  /** More than the header of a weights file takes for each of its tensors. */
  private static final long HEADER_BYTES = 256;

  private WeightsFile() {}

  /** {@code iris.safetensors} beside {@code iris.net}. */
  static Path beside(Path source) {
    return source.resolveSibling(stem(source, ".net") + EXTENSION);
  }

  /** {@code iris.interrupted.safetensors} beside {@code iris.safetensors}. */
  static Path interrupted(Path target) {
    return target.resolveSibling(stem(target, EXTENSION) + ".interrupted" + EXTENSION);
  }

  private static String stem(Path file, String extension) {
    String name = file.getFileName().toString();
    return name.endsWith(extension)
        ? name.substring(0, name.length() - extension.length())
        : name;
  }

  /** A network and the facts that its weights file tells of its training. */
  record Loaded(Network network, Path file, Map<String, String> provenance) {}

  /**
   * Reads weights.
   *
   * @param given by the user, or null for the file that {@code train} writes
   */
  static Loaded load(LoadedNet net, Path source, Path given, Console console) {
    Path file = given == null ? beside(source) : given;
    if (given == null && !Files.exists(file)) {
      throw new InputException(
          "there are no weights " + file + ": run `netc train " + source
              + "` first, or give a file with --weights");
    }
    Checkpoint.Loaded content = Checkpoint.read(file, net.metadata());
    content.notes().forEach(note -> console.note("note: " + note));
    return new Loaded(net.load(file), file, content.provenance());
  }

  /**
   * Checks before a training that its result can be written to a file, and that this harms no other.
   *
   * @param kept files that must stay as they are
   */
  static void check(Path target, Metadata metadata, List<Path> kept) {
    Outputs.protect(target, kept.toArray(Path[]::new));
    if (Files.isRegularFile(target) && !looksLikeWeights(target)) {
      throw new InputException(
          target + " exists and is no weights file; remove it, or give another file with -o");
    }
    try {
      AtomicFile.check(target, bytes(metadata));
    } catch (IOException e) {
      throw new InputException(FileErrors.writing(target, e));
    }
  }

  /** Empty, or beginning as safetensors files do: eight bytes of length, then a JSON object. */
  private static boolean looksLikeWeights(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(9);
      return start.length == 0 || start.length == 9 && start[8] == '{';
    } catch (IOException e) {
      return true; // then writing will say what is wrong
    }
  }

  private static long bytes(Metadata metadata) {
    long width = metadata.precision() == Precision.F32 ? DType.F32.bytes() : DType.F64.bytes();
    long header = HEADER_BYTES * metadata.variables().size();
    long[] elements =
        metadata.variables().stream().mapToLong(variable -> variable.elements()).toArray();
    return header + width * Arrays.stream(elements).sum();
  }
}

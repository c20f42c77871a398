package netc.io;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.runtime.Metadata;
import netc.runtime.Names;
import netc.runtime.Tensor;

/** The wording of errors when a weights file does not fit a network. */
final class CheckpointErrors {
  private static final int MOST = 10;

  private CheckpointErrors() {}

  static String names(
      String file, List<String> missing, List<String> unexpected, Metadata metadata) {
    var text = new StringBuilder(file + " does not fit " + metadata.className() + ":");
    for (String name : missing.subList(0, Math.min(MOST, missing.size()))) {
      text.append("\n  `").append(name).append("` is missing in the file");
      Optional<String> near = Names.nearest(name, unexpected);
      if (near.isPresent()) {
        text.append("; did you mean its `").append(near.get()).append("`?");
      }
    }
    more(text, missing.size());
    for (String name : unexpected.subList(0, Math.min(MOST, unexpected.size()))) {
      text.append("\n  `").append(SafeTensorsHeader.shown(name)).append("` is in the file, ");
      text.append("but the net has no such parameter or state");
    }
    more(text, unexpected.size());
    return text.append("\n  rename the tensors, or train ")
        .append(metadata.sourceName())
        .append(" again")
        .toString();
  }

  private static void more(StringBuilder text, int count) {
    if (count > MOST) {
      text.append("\n  … and ").append(count - MOST).append(" more");
    }
  }

  static String shape(
      String file,
      Tensor tensor,
      Metadata.Variable variable,
      Map<String, String> provenance,
      Metadata metadata) {
    String text =
        file + ": tensor `" + variable.path() + "` has shape " + Arrays.toString(tensor.shape())
            + ", but the net's has " + Arrays.toString(variable.shape()) + " ("
            + metadata.sourceName() + ":" + variable.line() + ")";
    String sizes = provenance.getOrDefault("netc.sizes", "");
    return sizes.equals(Checkpoint.sizes(metadata))
        ? text + "; train the net again"
        : text + "; the file was written with --set " + (sizes.isEmpty() ? "(nothing)" : sizes);
  }

  static String type(String file, Tensor tensor, Metadata.Variable variable, Metadata metadata) {
    return file + ": tensor `" + variable.path() + "` has dtype " + tensor.dtype()
        + ", but a parameter or state is F32 or F64 (" + metadata.sourceName() + ":"
        + variable.line() + ")";
  }
}

package netc.data;

import java.util.List;
import netc.runtime.Metadata;

/** The {@code data} block of a net: which columns or files fill which inputs and targets. */
public final class DataSpec {
  private final Metadata metadata;

  private DataSpec(Metadata metadata) {
    this.metadata = metadata;
  }

  /** The block as written; the generated {@code DATA} is this. */
  public static DataSpec of(Metadata metadata) {
    return new DataSpec(metadata);
  }

  /** The class names of an input or target; the generated {@code labels(name)} calls this. */
  public List<String> labels(String name) {
    throw new DataException(metadata.className() + ": labels follow");
  }
}

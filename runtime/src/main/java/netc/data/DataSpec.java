package netc.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.runtime.Metadata;

/**
 * The {@code data} block of a net, with overrides: which columns or files fill which inputs and targets,
 * and what is kept for validation and test. Immutable. The block is read when it is used, and an error
 * in it is a {@link DataException}.
 */
public final class DataSpec {
  private final Metadata metadata;
  private final Map<String, Path> files;
  private final Map<String, Object> parts;

  private DataSpec(Metadata metadata, Map<String, Path> files, Map<String, Object> parts) {
    this.metadata = metadata;
    this.files = files;
    this.parts = parts;
  }

  /** The block as written; the generated {@code DATA} is this. */
  public static DataSpec of(Metadata metadata) {
    return new DataSpec(metadata, Map.of(), Map.of());
  }

  /** Another file for {@code rows}. */
  public DataSpec withRows(Path file) {
    return withFile("rows", file);
  }

  /** Another IDX file for one input or target. */
  public DataSpec withFile(String name, Path file) {
    if (!name.equals("rows")) {
      block().labels(name); // there is such an input or target
    }
    var changed = new LinkedHashMap<>(files);
    changed.put(name, file);
    return new DataSpec(metadata, changed, parts);
  }

  /** {@code name}: valid or test; a fraction of the rows, 0 for none. */
  public DataSpec withPart(String name, double fraction) {
    return withPart(name, (Object) DataBlock.fraction(name, fraction, ""));
  }

  /** {@code name}: valid or test; a file of its own. */
  public DataSpec withPart(String name, Path file) {
    return withPart(name, (Object) file);
  }

  /** {@code name}: valid or test; an IDX file of its own for one input or target. */
  public DataSpec withPart(String name, String port, Path file) {
    checkPart(name);
    block().labels(port); // there is such an input or target
    var changed = new LinkedHashMap<>(files);
    changed.put(name + "." + port, file);
    return new DataSpec(metadata, changed, parts);
  }

  private static void checkPart(String name) {
    if (!name.equals("valid") && !name.equals("test")) {
      throw new IllegalArgumentException("a part of the data is valid or test, not " + name);
    }
  }

  private DataSpec withPart(String name, Object part) {
    checkPart(name);
    var changed = new LinkedHashMap<>(parts);
    changed.put(name, part);
    return new DataSpec(metadata, files, changed);
  }

  /** The class names of an input or target, in the order of its values; empty when it has none. */
  public List<String> labels(String name) {
    return block().labels(name);
  }

  /** The inputs that predictions need and that come from an IDX file of their own each. */
  public List<String> idxInputs() {
    return block().fields(false).stream()
        .filter(field -> field.origin() instanceof Origin.Idx)
        .map(field -> field.port().name())
        .toList();
  }

  /**
   * Loads everything: training rows, and validation and test rows where the block asks for them.
   *
   * @param folder against which the block's own file names are resolved: that of the {@code .net} file
   * @param seed of the split into fractions
   */
  public Splits load(Path folder, long seed) {
    return new Loader(this, folder).splits(seed);
  }

  /**
   * Loads what predictions need, of all rows: neither targets nor inputs that only losses read.
   *
   * @param folder as in {@link #load}
   */
  public Dataset loadInputs(Path folder) {
    return new Loader(this, folder).inputs();
  }

  Metadata metadata() {
    return metadata;
  }

  DataBlock block() {
    return new DataBlock(metadata);
  }

  /** The file given for {@code rows}, for an input or target, or for one of a part: {@code test.x}. */
  Optional<Path> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /** A fraction as a Double, a file as a Path (override) or String (block). */
  Optional<Object> part(String name) {
    return parts.containsKey(name) ? Optional.of(parts.get(name)) : block().part(name);
  }
}

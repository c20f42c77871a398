package netc.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.runtime.Metadata;

/**
 * The {@code data} block of a net, with overrides: which columns or files fill which inputs and targets,
 * and what is kept for validation and test. Immutable.
 */
public final class DataSpec {
  private final Metadata metadata;

  /** Named as in {@link Metadata.Data}: a Path that was given here, or a String of the block. */
  private final Map<String, Object> files;

  private final Map<String, Double> fractions;

  private DataSpec(Metadata metadata, Map<String, Object> files, Map<String, Double> fractions) {
    this.metadata = metadata;
    this.files = files;
    this.fractions = fractions;
  }

  /** The block as written; the generated {@code DATA} is this. */
  public static DataSpec of(Metadata metadata) {
    return new DataSpec(
        metadata, new LinkedHashMap<>(metadata.data().files()), metadata.data().fractions());
  }

  /** Another file for {@code rows}. */
  public DataSpec withRows(Path file) {
    return withFile("rows", file);
  }

  /** Another IDX file for one input or target. */
  public DataSpec withFile(String name, Path file) {
    if (!name.equals("rows")) {
      port(name); // there is such an input or target
    }
    return changed(Map.of(name, file), Set.of(name + ".valid", name + ".test"), Map.of());
  }

  /** {@code name}: valid or test; a fraction of the rows, 0 for none. */
  public DataSpec withPart(String name, double fraction) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw DataErrors.fraction(name, fraction);
    }
    checkPart(name);
    return changed(Map.of(), Set.of(name), Map.of(name, fraction));
  }

  /** {@code name}: valid or test; a file of its own. */
  public DataSpec withPart(String name, Path file) {
    checkPart(name);
    DataSpec changed = changed(Map.of(name, file), Set.of(), Map.of());
    changed.fractions.remove(name);
    return changed;
  }

  /** {@code name}: valid or test; an IDX file of its own for one input or target. */
  public DataSpec withPart(String name, String port, Path file) {
    checkPart(name);
    port(port); // there is such an input or target
    return changed(Map.of(name + "." + port, file), Set.of(), Map.of());
  }

  private static void checkPart(String name) {
    if (!name.equals("valid") && !name.equals("test")) {
      throw new IllegalArgumentException("a part of the data is valid or test, not " + name);
    }
  }

  private DataSpec changed(
      Map<String, Path> moreFiles, Set<String> fewerFiles, Map<String, Double> moreFractions) {
    var changedFiles = new LinkedHashMap<>(files);
    changedFiles.keySet().removeAll(fewerFiles);
    changedFiles.putAll(moreFiles);
    var changedFractions = new LinkedHashMap<>(fractions);
    changedFractions.putAll(moreFractions);
    return new DataSpec(metadata, changedFiles, changedFractions);
  }

  /** The class names of an input or target, in the order of its values; empty when it has none. */
  public List<String> labels(String name) {
    Metadata.Columns columns = metadata.data().columns().get(port(name).name());
    return columns == null ? List.of() : columns.labels();
  }

  /** The inputs that predictions need and that come from an IDX file of their own each. */
  public List<String> idxInputs() {
    List<String> names = new ArrayList<>();
    for (Field field : fields(false)) {
      if (field.columns() == null) {
        names.add(field.name());
      }
    }
    return names;
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

  char separator() {
    return metadata.data().separator().charAt(0);
  }

  /** Inputs and targets, or only the inputs that an output needs, with where their values come from. */
  List<Field> fields(boolean withTargets) {
    Set<String> needed = new HashSet<>();
    for (Metadata.Port output : metadata.outputs()) {
      needed.addAll(output.needs());
    }
    List<Field> fields = new ArrayList<>();
    for (Metadata.Port port : metadata.inputs()) {
      if (withTargets || needed.contains(port.name())) {
        fields.add(new Field("input", port, columns(port), metadata.sourceName()));
      }
    }
    if (withTargets) {
      for (Metadata.Port port : metadata.targets()) {
        fields.add(new Field("target", port, columns(port), metadata.sourceName()));
      }
    }
    return fields;
  }

  /** Without a setting: the column of the same name, or {@code x[0]}, {@code x[1]}, … of a tensor. */
  private Metadata.Columns columns(Metadata.Port port) {
    Metadata.Columns columns = metadata.data().columns().get(port.name());
    if (columns != null || files.containsKey(port.name())) {
      return files.containsKey(port.name()) ? null : columns;
    }
    List<Metadata.Range> own = new ArrayList<>();
    for (int i = 0; i < port.elements(); i++) {
      String name = port.shape().length == 0 ? port.name() : port.name() + "[" + i + "]";
      own.add(new Metadata.Range(true, name, 0, name, 1));
    }
    return new Metadata.Columns(own, List.of(), Double.NaN, 0);
  }

  private Metadata.Port port(String name) {
    List<Metadata.Port> ports = new ArrayList<>(metadata.inputs());
    ports.addAll(metadata.targets());
    List<String> names = new ArrayList<>();
    for (Metadata.Port port : ports) {
      if (port.name().equals(name)) {
        return port;
      }
      names.add(port.name());
    }
    throw new IllegalArgumentException(DataErrors.noPort(name, names));
  }

  /** The fraction of the rows that a part is; 0 where it has files of its own or there is none. */
  double fraction(String part) {
    return fractions.getOrDefault(part, 0.0);
  }

  /** What was given, or stands in the block, for exactly this; see {@link Metadata.Data}. */
  Optional<Object> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /**
   * The file of a part for the table ({@code rows}), or for an input or target: its own, or the one that
   * goes with the file of all rows where nothing else is said of the part.
   */
  Optional<Object> file(String name, String part) {
    if (part.equals("rows")) {
      return file(name);
    }
    Optional<Object> own = file(name.equals("rows") ? part : part + "." + name);
    boolean said = fractions.containsKey(part) || files.containsKey(part);
    return own.isPresent() || said ? own : file(name + "." + part);
  }
}

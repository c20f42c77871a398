package netc.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.runtime.Metadata;
import netc.runtime.Names;
import netc.runtime.Tensor;

/**
 * The tensors of a file under the names of a net: {@code input.x}, {@code target.y}, {@code param.w},
 * {@code state.s}, {@code index.tok} for an input or target of indices, or the bare names.
 *
 * @param data of inputs and targets, by bare name
 * @param variables of parameters and states, by path
 */
record NamedTensors(Map<String, Tensor> data, Map<String, Tensor> variables) {

  /** What a run gives and a file of reference values holds beside what goes in. */
  private static boolean isResult(String name) {
    return name.equals("loss")
        || name.startsWith("loss.")
        || name.startsWith("out.")
        || name.startsWith("grad.");
  }

  /** A counter that PyTorch saves and no net reads. */
  private static boolean isCounter(String name) {
    return name.equals("num_batches_tracked") || name.endsWith(".num_batches_tracked");
  }

  /**
   * Finds out which tensor is which.
   *
   * @param needed full names, {@code input.x} or {@code param.w}, without which the run cannot be
   * @throws InputException when a name is unknown, given twice, or missing
   */
  static NamedTensors match(
      String file, Map<String, Tensor> tensors, Metadata metadata, Collection<String> needed) {
    var match = new Match(file, metadata);
    tensors.forEach(match::take);
    match.finish(tensors.keySet(), needed);
    return new NamedTensors(match.data, match.variables);
  }

  private static final class Match {
    private static final int MOST = 24;

    private final String file;
    private final Metadata metadata;

    /** What a name in the file may be → the full name. */
    private final Map<String, String> aliases = new LinkedHashMap<>();

    /** The full name → what the file calls it. */
    private final Map<String, String> taken = new LinkedHashMap<>();

    private final Map<String, Tensor> data = new LinkedHashMap<>();
    private final Map<String, Tensor> variables = new LinkedHashMap<>();
    private final List<String> unknown = new ArrayList<>();

    Match(String file, Metadata metadata) {
      this.file = file;
      this.metadata = metadata;
      metadata.inputs().forEach(port -> port("input.", port));
      metadata.targets().forEach(port -> port("target.", port));
      for (Metadata.Variable variable : metadata.variables()) {
        alias((variable.trained() ? "param." : "state.") + variable.path(), variable.path());
      }
    }

    private void port(String prefix, Metadata.Port port) {
      alias(prefix + port.name(), port.name());
      if (port.type() == Metadata.Type.INDEX) {
        aliases.putIfAbsent("index." + port.name(), prefix + port.name());
      }
    }

    /** A full name goes before a bare one: a path may begin with `input.`, too. */
    private void alias(String full, String bare) {
      aliases.put(full, full);
      aliases.putIfAbsent(bare, full);
    }

    void take(String name, Tensor tensor) {
      String full = aliases.get(name);
      if (full == null) {
        if (!isResult(name) && !isCounter(name)) {
          unknown.add(name);
        }
        return;
      }
      String before = taken.put(full, name);
      if (before != null) {
        throw new InputException(
            file + " has `" + full + "` twice: as `" + before + "` and as `" + name + "`");
      }
      String bare = full.substring(full.indexOf('.') + 1);
      boolean isData = full.startsWith("input.") || full.startsWith("target.");
      (isData ? data : variables).put(bare, tensor);
    }

    void finish(Set<String> found, Collection<String> needed) {
      Set<String> missing = new LinkedHashSet<>(needed);
      missing.removeAll(taken.keySet());
      if (unknown.isEmpty() && missing.isEmpty()) {
        return;
      }
      var text = new StringBuilder(file + " does not fit " + metadata.className() + ":");
      unknown.stream().limit(MOST).forEach(name -> text.append(unknown(name)));
      missing.stream().limit(MOST).forEach(name -> text.append(missing(name)));
      text.append("\n  the net has: ").append(list(new LinkedHashSet<>(aliases.values())));
      text.append("\n  the file has: ").append(list(found));
      throw new InputException(text.toString());
    }

    private String unknown(String name) {
      Optional<String> near = Names.nearest(name, aliases.keySet());
      return "\n  the net has no `" + shown(name) + "`"
          + near.map(n -> "; did you mean `" + n + "`?").orElse("");
    }

    private static String missing(String name) {
      boolean isVariable = name.startsWith("param.") || name.startsWith("state.");
      return "\n  the file has no `" + name + "`, which is needed"
          + (isVariable ? " (or give --weights or --seed)" : "");
    }

    private static String list(Collection<String> names) {
      List<String> few = names.stream().limit(MOST).map(Match::shown).toList();
      String more = names.size() > MOST ? ", … " + names.size() : "";
      return names.isEmpty() ? "nothing" : String.join(", ", few) + more;
    }

    /** A hostile name is shown short and without control characters. */
    private static String shown(String name) {
      String clean = name.replaceAll("\\p{Cntrl}", "?");
      return clean.length() <= 80 ? clean : clean.substring(0, 80) + "…";
    }
  }
}

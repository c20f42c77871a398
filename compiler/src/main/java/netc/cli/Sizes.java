package netc.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import netc.ir.Model;
import netc.runtime.Names;

/** The names that {@code --set} may give another value. */
final class Sizes {
  private Sizes() {}

  /**
   * Checks that the nets of a file have every name that was set.
   *
   * @param isPartial whether some net of the file has an error, so that not all names are known
   * @throws OptionException when one is unknown
   */
  static void check(
      Map<String, Double> sizes, Collection<Model> models, Path file, boolean isPartial) {
    var known = new TreeSet<String>();
    models.forEach(model -> known.addAll(model.sizes().keySet()));
    for (String name : sizes.keySet()) {
      if (!known.contains(name) && !isPartial) {
        String there = known.isEmpty() ? "there is none" : "there are: " + String.join(", ", known);
        throw new OptionException(
            "--set: " + file + " has no dim or const `" + name + "`"
                + Names.nearest(name, known).map(n -> "; did you mean `" + n + "`?").orElse("")
                + " (" + there + ")");
      }
    }
  }
}

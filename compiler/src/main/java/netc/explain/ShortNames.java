package netc.explain;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netc.ir.Step;

/**
 * What the tensors that a net computes are called in its formulas. A function within a layer makes names
 * such as {@code h.gru.p@0.gru_level.f.gru_pass.u}; the middle is left out, {@code h.gru.u}, where that
 * names one tensor only. Parameters keep the names they have in files of weights.
 */
public final class ShortNames {
  private static final int LONGEST = 3;

  private final Map<String, String> shown = new HashMap<>();

  private ShortNames() {}

  static ShortNames of(List<? extends Step.Single> steps) {
    return of(steps.stream().map(step -> step.target().name()).toList());
  }

  /** Of tensors with these names. */
  public static ShortNames of(Collection<String> known) {
    var all = new LinkedHashSet<>(known);
    var names = new ShortNames();
    Set<String> taken = new HashSet<>(all);
    Set<String> ambiguous = new HashSet<>();
    all.stream().map(ShortNames::shortened).filter(name -> !taken.add(name)).forEach(ambiguous::add);
    all.stream()
        .filter(name -> !ambiguous.contains(shortened(name)))
        .forEach(name -> names.shown.put(name, shortened(name)));
    return names;
  }

  /** The name to show; its own where the short one would be another's, too. */
  public String of(String name) {
    return shown.getOrDefault(name, name);
  }

  private static String shortened(String name) {
    String[] parts = name.split("\\.");
    return parts.length <= LONGEST
        ? name
        : parts[0] + "." + parts[1] + "." + parts[parts.length - 1];
  }
}

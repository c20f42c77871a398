package netc.schedule;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Why a step is not computed in a faster way that was tried, noted where that is decided. */
final class Refusals {
  private final Set<String> reasons = new LinkedHashSet<>();

  /** Notes the reason where the condition holds, and gives the condition back. */
  boolean when(boolean condition, String reason) {
    if (condition) {
      reasons.add(reason);
    }
    return condition;
  }

  List<String> reasons() {
    return List.copyOf(reasons);
  }
}

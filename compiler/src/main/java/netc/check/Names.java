package netc.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Hands out names that are unique in a net: {@code h}, {@code h'1}, {@code h'2}, … */
final class Names {
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> parts = new HashMap<>();

  /** The wanted name, or the next free one made of it. */
  String unique(String wanted) {
    return taken.add(wanted) ? wanted : part(wanted);
  }

  /** The last part of a definition was not needed after all. */
  void release(String part) {
    String definition = part.substring(0, part.lastIndexOf('\''));
    taken.remove(part);
    parts.merge(definition, -1, Integer::sum);
  }

  /** A name for a part of a definition: {@code h'1}. */
  String part(String definition) {
    while (true) {
      String name = definition + "'" + parts.merge(definition, 1, Integer::sum);
      if (taken.add(name)) {
        return name;
      }
    }
  }
}

package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names and what they stand for; an inner scope hides an outer one. */
class Scope {
  private final Scope parent;
  private final Map<String, Entity> entities = new LinkedHashMap<>();

  Scope(Scope parent) {
    this.parent = parent;
  }

  /** What {@code key} stands for here; the key of {@code w@2} is {@code w@2}. */
  final Optional<Entity> find(String key) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Optional<Entity> found = scope.local(key);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  Optional<Entity> local(String key) {
    return Optional.ofNullable(entities.get(key));
  }

  void put(String key, Entity entity) {
    entities.put(key, entity);
  }

  /** Every name that can be mentioned here, the nearest first. */
  final List<String> visible() {
    var names = new ArrayList<String>();
    for (Scope scope = this; scope != null; scope = scope.parent) {
      names.addAll(scope.localNames());
    }
    return names;
  }

  List<String> localNames() {
    return List.copyOf(entities.keySet());
  }

  Scope parent() {
    return parent;
  }
}

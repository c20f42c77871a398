package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.source.Span;

/** Names and what they stand for; an inner scope hides an outer one. */
class Scope {
  private final Scope parent;
  private final Map<String, Entity> entities = new LinkedHashMap<>();

  /** What the statements of this body define. */
  private Map<String, Announced> announced = Map.of();

  /** What was defined in scopes inside this one, now gone, and where. */
  private final Map<String, Span> gone = new LinkedHashMap<>();

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

  /** A definition that is to come. */
  record Announced(Span name, Span statement) {}

  void announce(Map<String, Announced> definitions) {
    announced = definitions;
  }

  void leave(Scope inner) {
    inner.entities.forEach((key, entity) -> gone.putIfAbsent(key, entity.span()));
  }

  /** Where a name that cannot be found yet is defined further down. */
  final Optional<Announced> announced(String key) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.announced.containsKey(key)) {
        return Optional.of(scope.announced.get(key));
      }
    }
    return Optional.empty();
  }

  /** Where a name that cannot be found any more was defined. */
  final Optional<Span> gone(String key) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.gone.containsKey(key)) {
        return Optional.of(scope.gone.get(key));
      }
    }
    return Optional.empty();
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

  void remove(String key) {
    entities.remove(key);
  }

  List<String> localNames() {
    return List.copyOf(entities.keySet());
  }

  Scope parent() {
    return parent;
  }
}

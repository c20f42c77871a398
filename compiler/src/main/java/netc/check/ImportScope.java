package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the imports of one file make visible: names as they are, or behind the import's own name. */
final class ImportScope extends Scope {
  private final List<FileScope> open = new ArrayList<>();
  private final Map<String, FileScope> qualified = new LinkedHashMap<>();

  ImportScope(Scope parent) {
    super(parent);
  }

  /** Everything that a file declares, by its plain name. */
  void open(FileScope file) {
    open.add(file);
  }

  /** A file under a name: {@code v} in {@code v.conv}. */
  void qualify(String name, FileScope file) {
    qualified.put(name, file);
  }

  Optional<FileScope> qualified(String name) {
    return Optional.ofNullable(qualified.get(name));
  }

  List<String> qualifiers() {
    return List.copyOf(qualified.keySet());
  }

  @Override
  Optional<Entity> local(String key) {
    for (FileScope file : open) {
      Optional<Entity> found = file.local(key).filter(e -> !(e instanceof Entity.NetName));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  @Override
  List<String> localNames() {
    return open.stream().flatMap(f -> f.localNames().stream()).toList();
  }
}

package netc.check;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where in the tree of instances an expression stands: its definition. Paths are keys in checkpoints:
 * definition, layer, parameter; the n-th call of one layer in one definition has {@code _n} from 2 on.
 */
final class Site {
  private final String path;
  private final Map<String, Integer> calls = new LinkedHashMap<>();

  /** {@code path} is the definition's: {@code h@1}, {@code h.conv2d_2.y}; empty at the top of a net. */
  Site(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** The path of the next call of {@code layer} in this definition. */
  String call(String layer) {
    int count = calls.merge(layer, 1, Integer::sum);
    return member(path, count == 1 ? layer : layer + "_" + count);
  }

  static String member(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}

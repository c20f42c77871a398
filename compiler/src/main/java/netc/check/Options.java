package netc.check;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * @param sizes values that replace a {@code dim} or {@code const} of the net, by name ({@code --set})
 */
public record Options(Map<String, Double> sizes) {
  public static final Options NONE = new Options(Map.of());

  public Options {
    sizes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
  }
}

package netc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import netc.runtime.Precision;

/**
 * What can be chosen when a file is compiled.
 *
 * @param precision the element type of the class: {@code float} or {@code double}
 * @param sizes values that replace a {@code dim} or {@code const} of the net, by name ({@code --set})
 * @param inspect whether the train form also gives outputs and the gradients of real inputs; for tools
 * @param clocked whether each kernel adds up how long it takes, {@link LoadedNet#kernelTimes}; for tools
 */
public record CompileOptions(
    Precision precision, Map<String, Double> sizes, boolean inspect, boolean clocked) {
  public static final CompileOptions DEFAULT = new CompileOptions(Precision.F32, Map.of(), false);

  public CompileOptions {
    sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
  }

  /** Of a class for applications, or of one for tools that inspect its training. */
  public CompileOptions(Precision precision, Map<String, Double> sizes, boolean inspect) {
    this(precision, sizes, inspect, false);
  }

  public CompileOptions withPrecision(Precision other) {
    return new CompileOptions(other, sizes, inspect, clocked);
  }

  public CompileOptions withSizes(Map<String, Double> others) {
    return new CompileOptions(precision, others, inspect, clocked);
  }

  public CompileOptions inspecting() {
    return new CompileOptions(precision, sizes, true, clocked);
  }

  public CompileOptions withClocks() {
    return new CompileOptions(precision, sizes, inspect, true);
  }
}

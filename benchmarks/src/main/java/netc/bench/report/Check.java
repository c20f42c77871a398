package netc.bench.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import netc.bench.Engine;
import netc.bench.Outputs;
import netc.bench.Workload;
import netc.io.SafeTensors;
import netc.runtime.Tensor;

/**
 * Writes what an engine makes of each workload in this JVM with each number of threads:
 * {@code file engine workload,workload… threads,threads…}.
 */
public final class Check {
  /** Between workload, threads and the name of an output. */
  static final String SEPARATOR = ": ";

  private Check() {}

  public static void main(String[] arguments) {
    Engine engine = Engine.of(arguments[1]);
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (String name : arguments[2].split(",")) {
      Workload workload = Workload.valueOf(name);
      for (String threads : arguments[3].split(",")) {
        String prefix = name + SEPARATOR + threads + SEPARATOR;
        Outputs.of(engine, workload, Integer.parseInt(threads))
            .forEach((output, values) -> outputs.put(prefix + output, Tensor.of(values, values.length)));
      }
    }
    SafeTensors.write(Path.of(arguments[0]), outputs, Map.of("engine", engine.version()));
    System.exit(0); // ONNX Runtime's and PyTorch's threads are not waited for
  }
}

package netc.bench.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import netc.bench.Engine;
import netc.bench.Outputs;
import netc.bench.Workload;
import netc.io.SafeTensors;
import netc.runtime.Tensor;

/** Writes what an engine makes of each workload in this JVM: {@code file engine workload,workload…}. */
public final class Check {
  /** Between the workload and the name of an output. */
  static final String SEPARATOR = ": ";

  private Check() {}

  public static void main(String[] arguments) {
    Engine engine = Engine.of(arguments[1]);
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (String workload : arguments[2].split(",")) {
      Outputs.of(engine, Workload.valueOf(workload))
          .forEach(
              (name, values) ->
                  outputs.put(workload + SEPARATOR + name, Tensor.of(values, values.length)));
    }
    SafeTensors.write(Path.of(arguments[0]), outputs, Map.of("engine", engine.version()));
    System.exit(0); // ONNX Runtime's and PyTorch's threads are not waited for
  }
}

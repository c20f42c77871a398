package netc.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import netc.bench.NetcEngine;
import netc.bench.Workload;
import netc.bench.cold.FirstOfNetc;
import netc.bench.cold.FirstOfOnnxRuntime;
import netc.bench.cold.FirstOfPeer;
import netc.bench.onnx.OnnxModel;
import netc.io.SafeTensors;
import netc.runtime.Tensor;

/** Whole processes: a JVM starts, loads a network from a file, predicts once and ends. */
final class ColdStart {
  private final Children children;
  private final Path folder;
  private final int times;

  ColdStart(Children children, Path folder, int times) {
    this.children = children;
    this.folder = folder;
    this.times = times;
  }

  void measure(List<Configuration> configurations, Results results) throws IOException {
    Map<String, Tensor> weights = NetcEngine.weights(Workload.MLP);
    Path own = folder.resolve("mlp.safetensors");
    SafeTensors.write(own, weights, Map.of());
    Path onnx = folder.resolve("mlp.onnx");
    Files.write(onnx, OnnxModel.write(Workload.MLP, weights, 1));
    for (Configuration configuration : configurations) {
      System.err.println(configuration.label() + ": cold start");
      switch (configuration.engine()) {
        case "netc" -> measure(configuration, FirstOfNetc.class, own, results);
        case "onnxruntime" -> measure(configuration, FirstOfOnnxRuntime.class, onnx, results);
        default -> measure(configuration, FirstOfPeer.class, own, results);
      }
    }
  }

  private void measure(Configuration configuration, Class<?> main, Path file, Results results) {
    List<String> command =
        Children.command(configuration, main, file.toString(), configuration.engine());
    double[] milliseconds = new double[times];
    for (int i = -1; i < times; i++) { // the first fills the system's cache of files
      long start = System.nanoTime();
      if (children.start(1, command) != 0) {
        results.disagreements.add(configuration.label() + ": cold start failed");
        return;
      }
      if (i >= 0) {
        milliseconds[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(milliseconds);
    results.coldStarts.put(configuration.label(), new Figure(milliseconds));
  }
}

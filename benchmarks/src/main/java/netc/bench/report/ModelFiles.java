package netc.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import netc.bench.NetcEngine;
import netc.bench.Workload;
import netc.bench.jmh.PredictBatch;
import netc.bench.onnx.OnnxModel;
import netc.io.SafeTensors;
import netc.runtime.Tensor;

/** 784-128-10 in files, as processes load it when they start. */
final class ModelFiles {
  private final Path folder;

  ModelFiles(Path folder) throws IOException {
    this.folder = folder;
    Map<String, Tensor> weights = NetcEngine.weights(Workload.MLP);
    SafeTensors.write(of("netc", 1), weights, Map.of());
    for (int rows : new int[] {1, PredictBatch.ROWS}) {
      Files.write(of("onnxruntime", rows), OnnxModel.write(Workload.MLP, weights, rows));
    }
  }

  /** What an engine loads to predict so many rows at a time. */
  Path of(String engine, int rows) {
    return folder.resolve(
        switch (engine) {
          case "onnxruntime", "djl" -> "mlp-" + rows + ".onnx";
          default -> "mlp.safetensors";
        });
  }
}

package netc.bench.cold;

import java.nio.file.Path;
import netc.bench.Workload;
import netc.bench.torch.TorchEngine;
import netc.io.SafeTensors;

/** libtorch with the same weights; that they are read by netc's reader costs it some milliseconds. */
public final class FirstOfTorch {
  private FirstOfTorch() {}

  public static void main(String[] arguments) {
    var weights = SafeTensors.read(Path.of(arguments[0])).tensors();
    var predictor = new TorchEngine().predictor(Workload.MLP, weights, 1);
    System.out.println(predictor.predict(new float[784])[0]);
  }
}

package netc.bench.cold;

import java.nio.file.Path;
import netc.bench.Engine;
import netc.bench.Workload;
import netc.io.SafeTensors;

/** Another engine with the same weights; that netc's reader reads them costs it some milliseconds. */
public final class FirstOfPeer {
  private FirstOfPeer() {}

  public static void main(String[] arguments) {
    var weights = SafeTensors.read(Path.of(arguments[0])).tensors();
    var predictor = Engine.of(arguments[1]).predictor(Workload.MLP, weights, 1);
    System.out.println(predictor.predict(new float[784])[0]);
    System.exit(0); // threads of the engine are not waited for
  }
}

package netc.bench.cold;

import bench.Mlp;
import java.nio.file.Path;

/** The least that an application does to predict once. */
public final class FirstOfNetc {
  private FirstOfNetc() {}

  public static void main(String[] arguments) {
    Mlp net = Mlp.load(Path.of(arguments[0]));
    System.out.println(net.p(new float[784])[0]);
  }
}

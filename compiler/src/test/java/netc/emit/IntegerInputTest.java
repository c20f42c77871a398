package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import netc.CompileOptions;
import netc.Netc;
import netc.runtime.Tensor;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;

/** An input declared as {@code int} takes any whole number, also below 0. */
class IntegerInputTest {
  @Test
  void hasNoBounds() {
    var file =
        new SourceFile(
            "count.net",
            "package demo\nnet Count {\n  input n : int\n  output y = real(n) * 0.5\n}\n");
    var network = Netc.compile(file, CompileOptions.DEFAULT).nets().getFirst().load().init(1);
    var rows = Map.of("n", Tensor.of(new int[] {-3, 0, 2_000_000_000}, 3));
    assertArrayEquals(
        new double[] {-1.5, 0, 1e9}, network.predict(rows, 3).get("y").doubles(), 0);
  }
}

package netc.bench.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import netc.bench.NetcEngine;
import netc.bench.Outputs;
import netc.bench.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DL4J computes what netc does, for the workloads that it is timed with. */
class Dl4jAgreesTest {

  @ParameterizedTest
  @EnumSource(value = Workload.class, names = {"TINY", "MLP", "DEEP_MLP", "LENET"})
  void makesTheSameOfTheSameWeights(Workload workload) {
    Map<String, float[]> expected = Outputs.of(new NetcEngine(), workload, 1);
    Outputs.of(new Dl4jEngine(), workload, 1)
        .forEach((name, values) -> assertEquals("", Outputs.difference(name, expected.get(name), values)));
  }
}

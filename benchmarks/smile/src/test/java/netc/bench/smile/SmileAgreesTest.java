package netc.bench.smile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import netc.bench.NetcEngine;
import netc.bench.Outputs;
import netc.bench.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Smile computes what netc does, for the workloads that it is timed with. */
class SmileAgreesTest {

  @ParameterizedTest
  @CsvSource({"TINY,1", "TINY,2", "MLP,1", "MLP,2", "DEEP_MLP,1", "DEEP_MLP,2"})
  void makesTheSameOfTheSameWeights(Workload workload, int threads) {
    Map<String, float[]> expected = Outputs.of(new NetcEngine(), workload, 1);
    Outputs.of(new SmileEngine(), workload, threads)
        .forEach((name, values) -> assertEquals("", Outputs.difference(name, expected.get(name), values)));
  }

  /** Else the comparison above would compare predictions only. */
  @ParameterizedTest
  @ValueSource(strings = {"TINY", "MLP"})
  void trains(Workload workload) {
    assertTrue(Outputs.of(new SmileEngine(), workload, 1).containsKey("train fc1.weight"));
  }
}

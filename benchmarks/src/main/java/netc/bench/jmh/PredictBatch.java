package netc.bench.jmh;

import java.util.concurrent.TimeUnit;
import netc.bench.Engine;
import netc.bench.NetcEngine;
import netc.bench.Workload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** 256 rows from one array into another. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PredictBatch {
  public static final int ROWS = 256;

  @Param("netc")
  public String engine;

  @Param public Workload workload;

  @Param("1")
  public int threads;

  private Engine.BatchPredictor predictor;
  private float[] rows;
  private float[] probabilities;

  @Setup
  public void load() {
    predictor =
        Engine.of(engine).batchPredictor(workload, NetcEngine.weights(workload), ROWS, threads);
    rows = workload.examples(ROWS);
    probabilities = new float[ROWS * workload.outputs];
    Settling.settle(() -> predictor.predict(rows, probabilities));
  }

  @Benchmark
  public float[] predict(CpuShare share) {
    predictor.predict(rows, probabilities);
    return probabilities;
  }
}

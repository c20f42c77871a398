package netc.bench.jmh;

import java.util.Arrays;
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

/** One example as an application predicts it: a {@code float[]} in, a new {@code float[]} out. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PredictOne {
  private static final int EXAMPLES = 16;

  @Param("netc")
  public String engine;

  @Param public Workload workload;

  @Param("1")
  public int threads;

  private Engine.Predictor predictor;
  private final float[][] examples = new float[EXAMPLES][];
  private int next;

  /** So that no prediction is left out by a compiler. */
  private float[] kept;

  @Setup
  public void load() {
    predictor = Engine.of(engine).predictor(workload, NetcEngine.weights(workload), threads);
    float[] all = workload.examples(EXAMPLES);
    int size = workload.inputs();
    Arrays.setAll(examples, i -> Arrays.copyOfRange(all, i * size, (i + 1) * size));
    Settling.settle(() -> kept = predictNext());
  }

  @Benchmark
  public float[] predict(CpuShare share) {
    return predictNext();
  }

  private float[] predictNext() {
    next = (next + 1) % EXAMPLES;
    return predictor.predict(examples[next]);
  }
}

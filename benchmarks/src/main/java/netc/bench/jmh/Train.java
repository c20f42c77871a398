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

/** One epoch over 32 batches in memory: all that happens between raw rows and moved weights. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Train {
  public static final int BATCHES = 32;

  @Param("netc")
  public String engine;

  @Param public Workload workload;

  @Param("1")
  public int threads;

  private Engine.Learner learner;

  @Setup
  public void load() {
    int rows = BATCHES * workload.batch;
    learner =
        Engine.of(engine)
            .learner(
                workload,
                NetcEngine.weights(workload),
                workload.examples(rows),
                workload.labels(rows),
                threads);
    Settling.settle(learner::epoch);
  }

  @Benchmark
  public void epoch(CpuShare share) {
    learner.epoch();
  }
}

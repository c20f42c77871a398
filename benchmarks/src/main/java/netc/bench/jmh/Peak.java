package netc.bench.jmh;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a core can do at best: the yardstick that every other figure of the same run is held to. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Peak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 100_000;
  private static final int CHAINS = 12;

  private float factor;
  private float addend;

  /** Operations of one call of {@link #multiplyAdd}. */
  public static long operations() {
    return 2L * ROUNDS * CHAINS * SPECIES.length();
  }

  @Setup
  public void load() {
    Random random = new Random(3);
    factor = 0.5f + random.nextFloat() / 4;
    addend = random.nextFloat();
  }

  /** Twelve chains of fused multiply-adds that do not wait for each other. */
  @Benchmark
  public float multiplyAdd(CpuShare share) {
    FloatVector b = FloatVector.broadcast(SPECIES, factor);
    FloatVector c = FloatVector.broadcast(SPECIES, addend);
    FloatVector a0 = c;
    FloatVector a1 = b;
    FloatVector a2 = c.add(1);
    FloatVector a3 = c.add(2);
    FloatVector a4 = c.add(3);
    FloatVector a5 = c.add(4);
    FloatVector a6 = c.add(5);
    FloatVector a7 = c.add(6);
    FloatVector a8 = c.add(7);
    FloatVector a9 = c.add(8);
    FloatVector a10 = c.add(9);
    FloatVector a11 = c.add(10);
    for (int i = 0; i < ROUNDS; i++) {
      a0 = a0.fma(b, c);
      a1 = a1.fma(b, c);
      a2 = a2.fma(b, c);
      a3 = a3.fma(b, c);
      a4 = a4.fma(b, c);
      a5 = a5.fma(b, c);
      a6 = a6.fma(b, c);
      a7 = a7.fma(b, c);
      a8 = a8.fma(b, c);
      a9 = a9.fma(b, c);
      a10 = a10.fma(b, c);
      a11 = a11.fma(b, c);
    }
    FloatVector left = a0.add(a1).add(a2).add(a3).add(a4).add(a5);
    FloatVector right = a6.add(a7).add(a8).add(a9).add(a10).add(a11);
    return left.add(right).lane(0);
  }
}

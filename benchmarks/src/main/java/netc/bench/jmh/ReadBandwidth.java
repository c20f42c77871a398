package netc.bench.jmh;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How fast a core reads as many floats again and again, from the cache that they fit in. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReadBandwidth {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** In L1, then as many as the weights of 784-128-10 and of 784-512-512-10. */
  @Param({"4096", "101632", "668672"})
  public int floats;

  private float[] values;

  @Setup
  public void load() {
    Random random = new Random(5);
    values = new float[floats];
    for (int i = 0; i < floats; i++) {
      values[i] = random.nextFloat();
    }
  }

  @Benchmark
  public float read(CpuShare share) {
    int step = SPECIES.length();
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector a4 = a0;
    FloatVector a5 = a0;
    FloatVector a6 = a0;
    FloatVector a7 = a0;
    for (int i = 0; i < values.length; i += 8 * step) {
      a0 = a0.add(FloatVector.fromArray(SPECIES, values, i));
      a1 = a1.add(FloatVector.fromArray(SPECIES, values, i + step));
      a2 = a2.add(FloatVector.fromArray(SPECIES, values, i + 2 * step));
      a3 = a3.add(FloatVector.fromArray(SPECIES, values, i + 3 * step));
      a4 = a4.add(FloatVector.fromArray(SPECIES, values, i + 4 * step));
      a5 = a5.add(FloatVector.fromArray(SPECIES, values, i + 5 * step));
      a6 = a6.add(FloatVector.fromArray(SPECIES, values, i + 6 * step));
      a7 = a7.add(FloatVector.fromArray(SPECIES, values, i + 7 * step));
    }
    return a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7)
        .reduceLanes(VectorOperators.ADD);
  }
}

package netc.schedule;

import java.util.List;
import java.util.function.IntFunction;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * The choice between loops for machines with 32 vector registers and for those with 16. It is made by the
 * number of lanes, which the JIT compiler knows: vectors of 8 floats are AVX2's, with 16 registers; AVX-512
 * has 16 floats and NEON 4, both with 32. (SVE of 8 floats has 32, too, and takes the smaller tiles.)
 */
final class Registers {
  private static final int LANES_OF_AVX2 = 8;
  static final int MANY = 32;
  static final int FEW = 16;

  private Registers() {}

  interface Loops {
    /** @param registers of vectors, so many at least */
    List<Statement> of(int registers);
  }

  /**
   * @param areAlike whether the loops are the same for any number of registers
   */
  static List<Statement> choose(boolean areAlike, Loops loops) {
    List<Statement> ofMany = loops.of(MANY);
    if (areAlike) {
      return ofMany;
    }
    Scalar lanes = new Scalar.LaneCount(ScalarType.FLOAT);
    var isAvx2 = new Scalar.Compare(Scalar.Comparison.EQUAL, lanes, Ints.of(LANES_OF_AVX2));
    return List.of(new Statement.If(isAvx2, loops.of(FEW), ofMany));
  }

  /**
   * Loops over tiles of at most so many rows.
   *
   * @param many rows where there are 32 registers
   * @param few rows where there are 16
   */
  static List<Statement> choose(int many, int few, IntFunction<List<Statement>> loops) {
    return choose(many == few, registers -> loops.apply(registers == FEW ? few : many));
  }
}

package netc.runtime;

import java.util.List;
import java.util.Map;

/**
 * One compiled form of a net: which slots it has and where its inputs and results lie.
 *
 * <p>Names of bindings: {@code input.x}, {@code target.y}, {@code seed} (per example, the weight of its
 * losses in the objective: 1/rows for a mean), {@code accumulated.i} (finishing forms). Names of results:
 * {@code out.p}, {@code loss.C0}, {@code penalty.l1}, {@code grad.param.<path>}, {@code
 * grad.input.<name>}, {@code accumulate.i}, {@code value}.
 *
 * @param name {@code predict}, {@code predict.one}, {@code predict.rows}, {@code given:<output>}, {@code
 *     evaluate}, {@code train}, {@code penalty}, {@code metric.<name>}, {@code fit.<state path>}, {@code
 *     fit.<state path>.finish}
 * @param blockRows the most examples one call takes; 1 for forms without a batch
 * @param slots all arrays that the form works on, parameters excepted
 * @param inputs name → position in {@code slots}
 * @param barriers what is combined over the blocks of a batch behind each phase; empty where blocks do
 *     not depend on each other
 * @param results name → position in {@code slots}, or a negative number {@code -1-w}: weight {@code w}
 * @param isTiny whether it has so little to compute that plain loops are taken where nobody asks for
 *     vectors: these are slower until the JIT compiler has translated them
 */
public record Form(
    String name,
    Precision precision,
    int blockRows,
    List<Slot> slots,
    Map<String, Integer> inputs,
    Map<String, Integer> results,
    List<List<Combination>> barriers,
    boolean isTiny) {

  private static final int MOST_ROWS = 256;
  private static final double MOST_BYTES = 48e6;

  /** A shared slot in which each block has computed its own rows' part. */
  public record Combination(int slot, Metadata.Operator operator) {}

  /** One that is not tiny, and whose blocks do not depend on each other. */
  public Form(
      String name,
      Precision precision,
      int blockRows,
      List<Slot> slots,
      Map<String, Integer> inputs,
      Map<String, Integer> results) {
    this(name, precision, blockRows, slots, inputs, results, List.of(), false);
  }

  public Form {
    slots = List.copyOf(slots);
    inputs = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(inputs));
    results = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(results));
    barriers = List.copyOf(barriers);
  }

  /**
   * The examples of a block that predicts so many rows: plain loops along an example's row take some 128
   * turns until they are fast, so with them blocks are longer, as far as the arrays stay small.
   */
  int rowsOfPrediction(int rows, boolean vectors) {
    int longest = blockRows;
    if (blockRows > 1 && !hasBarriers() && !vectors) {
      double bytes = 0;
      for (Slot slot : slots) {
        bytes += slot.bytes(precision, 1);
      }
      while (longest < rows && longest < MOST_ROWS && 2 * bytes * longest / blockRows <= MOST_BYTES) {
        longest *= 2;
      }
    }
    return longest;
  }

  /** In how many parts a block is computed. */
  public int phases() {
    return Math.max(1, barriers.size());
  }

  /** Whether every block of a batch has to compute a phase before any starts the next. */
  public boolean hasBarriers() {
    return !barriers.isEmpty();
  }
}

package netc.schedule;

import java.util.List;
import netc.ir.Reduction;

/**
 * What every block of a batch computes before any block goes on.
 *
 * @param combined what has then to be combined over the blocks, each of which gets the result
 */
public record Phase(List<Call> calls, List<Combination> combined) {

  /** A shared tensor of which each block has computed its own rows' part. */
  public record Combination(ArrayReference.InBuffer part, Reduction.Operator operator) {}

  public Phase {
    calls = List.copyOf(calls);
    combined = List.copyOf(combined);
  }
}

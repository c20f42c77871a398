package netc.schedule;

import java.util.List;

/**
 * Kernels for a contraction, and for so many of the steps behind it.
 *
 * @param calls copies of factors, then the tiles
 */
record TilesAndSteps(List<KernelCall> calls, int following) {
  TilesAndSteps {
    calls = List.copyOf(calls);
  }
}

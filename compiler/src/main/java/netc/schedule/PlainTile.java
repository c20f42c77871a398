package netc.schedule;

import java.util.List;
import java.util.function.Function;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.Scalar.Comparison;
import netc.loop.Statement;

/**
 * How much one turn of a plain loop adds up, so that the JIT compiler makes vectors of it: measured, in
 * docs/decisions/009. With more results or taps than these the loop stays scalar.
 *
 * @param results rows of results to which the same taps are added
 * @param sharedLoads of the taps' rows, so many are loaded once for all results
 */
record PlainTile(int results, int sharedLoads) {
  static final int TAPS = 4;

  /** From this release of Java on, larger loops become vectors. */
  private static final int NEW_RELEASE = 25;

  /** In shorter rows more results gain nothing. */
  private static final int LONG_ROW = 64;

  /** For loops that may become vectors or not. */
  static final PlainTile PAIR = new PlainTile(2, 0);

  /** One more is faster in some runs of a JVM, and slower than two in others. */
  private static final PlainTile OF_NEW = new PlainTile(3, TAPS);

  private static final PlainTile OF_SHORT_ROWS = new PlainTile(2, TAPS);
  private static final PlainTile OF_OLD = new PlainTile(2, 2);

  /** Results for which a kernel needs rows of its own, of such a length. */
  static int mostResults(int length) {
    return ofNew(length).results;
  }

  private static PlainTile ofNew(int length) {
    return length < LONG_ROW ? OF_SHORT_ROWS : OF_NEW;
  }

  /** The loops for the release of Java that runs them: both are in the kernel. */
  static List<Statement> choose(Function<PlainTile, List<Statement>> loops) {
    return choose(LONG_ROW, loops);
  }

  /**
   * The same for rows of a known length.
   *
   * @param length of the rows
   */
  static List<Statement> choose(int length, Function<PlainTile, List<Statement>> loops) {
    var isNew =
        new Scalar.Compare(Comparison.AT_LEAST, new Scalar.JavaRelease(), Ints.of(NEW_RELEASE));
    return List.of(new Statement.If(isNew, loops.apply(ofNew(length)), loops.apply(OF_OLD)));
  }
}

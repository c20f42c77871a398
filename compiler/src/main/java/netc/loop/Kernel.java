package netc.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * One small static method: loops over arrays. Two kernels with equal records are one method, whatever
 * the arrays they are called with.
 *
 * @param arrays the array arguments, in order; one that is written is passed twice only where an element
 *     is read just before it is written
 * @param ints the names of int arguments that only another kernel passes, or {@link #SHARE} and {@link
 *     #SHARES}
 * @param usesRows whether the arguments {@code rows, firstRow, batchRows} are needed
 * @param usesTime whether the argument {@code time}, the last one, is needed: the step of a scan
 */
public record Kernel(
    List<Argument> arrays,
    List<String> ints,
    boolean usesRows,
    boolean usesTime,
    List<Statement> body) {

  public record Argument(String name, ArrayType type) {}

  /** The names of the row arguments, of type INT. */
  public static final String ROWS = "rows";

  public static final String FIRST_ROW = "firstRow";
  public static final String BATCH_ROWS = "batchRows";

  /** The name of the time argument, of type INT. */
  public static final String TIME = "time";

  /** The names of the ints that say which share of the work is computed, and of how many. */
  public static final String SHARE = "share";

  public static final String SHARES = "shares";

  /** A kernel outside of scans. */
  public Kernel(List<Argument> arrays, boolean usesRows, List<Statement> body) {
    this(arrays, usesRows, false, body);
  }

  /** A kernel with int arguments, for {@link Statement.Invoke}. */
  public Kernel(List<Argument> arrays, List<String> ints, List<Statement> body) {
    this(arrays, ints, false, false, body);
  }

  public Kernel(List<Argument> arrays, boolean usesRows, boolean usesTime, List<Statement> body) {
    this(arrays, List.of(), usesRows, usesTime, body);
  }

  public Kernel {
    arrays = List.copyOf(arrays);
    ints = List.copyOf(ints);
    body = List.copyOf(body);
  }

  /** The names of all int arguments, in order. */
  public List<String> intArguments() {
    var names = new ArrayList<>(ints);
    if (usesRows) {
      names.addAll(List.of(ROWS, FIRST_ROW, BATCH_ROWS));
    }
    if (usesTime) {
      names.add(TIME);
    }
    return names;
  }

  /** Whether its work can be shared: each share writes other elements. */
  public boolean isShared() {
    return ints.contains(SHARE);
  }

  /** Whether it needs the vectors of {@code jdk.incubator.vector}. */
  public boolean usesVectors() {
    return Statement.anyUsesVectors(body);
  }
}

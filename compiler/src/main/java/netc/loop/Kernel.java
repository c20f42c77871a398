package netc.loop;

import java.util.List;

/**
 * One small static method: loops over arrays. Two kernels with equal records are one method, whatever
 * the arrays they are called with.
 *
 * @param arrays the array arguments, in order; no array is passed twice when it is written
 * @param usesRows whether the arguments {@code rows, firstRow, batchRows} are needed
 * @param usesTime whether the argument {@code time}, the last one, is needed: the step of a scan
 */
public record Kernel(
    List<Argument> arrays, boolean usesRows, boolean usesTime, List<Statement> body) {

  public record Argument(String name, ArrayType type) {}

  /** The names of the row arguments, of type INT. */
  public static final String ROWS = "rows";

  public static final String FIRST_ROW = "firstRow";
  public static final String BATCH_ROWS = "batchRows";

  /** The name of the time argument, of type INT. */
  public static final String TIME = "time";

  /** A kernel outside of scans. */
  public Kernel(List<Argument> arrays, boolean usesRows, List<Statement> body) {
    this(arrays, usesRows, false, body);
  }

  public Kernel {
    arrays = List.copyOf(arrays);
    body = List.copyOf(body);
  }
}

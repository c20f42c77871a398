package netc.runtime;

/**
 * All that is mutable while a form runs over one block of examples. Only the fields of the form's
 * precision are there. Every array is an object of its own, since the JIT compiler cannot rule out
 * aliasing between sections of one array.
 */
public final class Block {
  public final float[][] floats;
  public final float[][][] floatLanes;
  public final double[][] doubles;
  public final double[][][] doubleLanes;
  public final int[][] ints;

  /** Whether the kernels that use vectors are taken. */
  public final boolean vectors;

  public final int[][][] intLanes;

  /** Who computes shares of large kernels; null where the calling thread computes all by itself. */
  public Shares shares;

  /** The most examples of a call. */
  final int examples;

  /** The length of rows in the form's slots where they hold examples. */
  private final int lanes;

  private final boolean single;

  /** The rows of the largest batch so far: for so many the arrays with row axes are made. */
  private int batchRows;

  public Block(Form form, boolean vectors) {
    this(form, vectors, form.blockRows());
  }

  /** A block of more examples than kernels of vectors could take. */
  Block(Form form, boolean vectors, int examples) {
    this.examples = examples;
    lanes = form.blockRows();
    this.vectors = vectors;
    single = form.precision() == Precision.F32;
    int flatCount = count(form, Slot.Kind.FLAT);
    int lanesCount = count(form, Slot.Kind.LANES);
    floats = new float[single ? flatCount : 0][];
    floatLanes = new float[single ? lanesCount : 0][][];
    doubles = new double[single ? 0 : flatCount][];
    doubleLanes = new double[single ? 0 : lanesCount][][];
    ints = new int[count(form, Slot.Kind.INT_FLAT)][];
    intLanes = new int[count(form, Slot.Kind.INT_LANES)][][];
    for (Slot slot : form.slots()) {
      if (slot.rowAxes() == 0) {
        make(slot, slot.size());
      }
    }
  }

  /**
   * Makes room for a batch of so many rows, of which this block computes some.
   *
   * @throws IllegalArgumentException when an array would be longer than arrays can be
   */
  void fit(Form form, int rows) {
    if (rows <= batchRows) {
      return;
    }
    for (Slot slot : form.slots()) {
      if (slot.rowAxes() > 0) {
        if (slot.size(rows) == Slot.MOST) {
          throw new IllegalArgumentException(Messages.tooManyRows(form.name(), rows));
        }
        make(slot, (int) slot.size(rows));
      }
    }
    batchRows = rows;
  }

  private void make(Slot slot, int size) {
    int at = slot.position();
    int length = slot.rowLength() == lanes ? examples : slot.rowLength();
    if (slot.isLanes()) {
      if (!slot.isReal()) {
        intLanes[at] = new int[size][length];
      } else if (single) {
        floatLanes[at] = new float[size][length];
      } else {
        doubleLanes[at] = new double[size][length];
      }
    } else {
      int all = size * Math.max(1, length);
      if (!slot.isReal()) {
        ints[at] = new int[all];
      } else if (single) {
        floats[at] = new float[all];
      } else {
        doubles[at] = new double[all];
      }
    }
  }

  /** The array of a slot: float[], double[] or int[]; of lanes an array of those. */
  Object array(Slot slot) {
    int at = slot.position();
    if (slot.isLanes()) {
      return !slot.isReal() ? intLanes[at] : single ? floatLanes[at] : doubleLanes[at];
    }
    return !slot.isReal() ? ints[at] : single ? floats[at] : doubles[at];
  }

  private static int count(Form form, Slot.Kind kind) {
    int count = 0;
    for (Slot slot : form.slots()) {
      if (slot.kind() == kind) {
        count = Math.max(count, slot.position() + 1);
      }
    }
    return count;
  }
}

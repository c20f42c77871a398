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
  public final int[][][] intLanes;

  public Block(Form form) {
    boolean single = form.precision() == Precision.F32;
    int flatCount = count(form, Slot.Kind.FLAT);
    int lanesCount = count(form, Slot.Kind.LANES);
    floats = new float[single ? flatCount : 0][];
    floatLanes = new float[single ? lanesCount : 0][][];
    doubles = new double[single ? 0 : flatCount][];
    doubleLanes = new double[single ? 0 : lanesCount][][];
    ints = new int[count(form, Slot.Kind.INT_FLAT)][];
    intLanes = new int[count(form, Slot.Kind.INT_LANES)][][];
    for (Slot slot : form.slots()) {
      int at = slot.position();
      switch (slot.kind()) {
        case FLAT -> {
          if (single) {
            floats[at] = new float[slot.size()];
          } else {
            doubles[at] = new double[slot.size()];
          }
        }
        case LANES -> {
          if (single) {
            floatLanes[at] = new float[slot.size()][slot.rowLength()];
          } else {
            doubleLanes[at] = new double[slot.size()][slot.rowLength()];
          }
        }
        case INT_FLAT -> ints[at] = new int[slot.size()];
        case INT_LANES -> intLanes[at] = new int[slot.size()][slot.rowLength()];
      }
    }
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

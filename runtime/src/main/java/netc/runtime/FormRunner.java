package netc.runtime;

import java.util.Arrays;

/**
 * Runs one form of a network, block after block: fills inputs, computes, hands out results. It owns the
 * block it works on, so each thread needs its own. For tools; data is trusted to have been checked.
 */
public final class FormRunner {
  private final FormLayout layout;
  private final Code code;
  private final Block block;
  private final int[] starts;
  private long seed;
  private long step;

  FormRunner(FormLayout layout, Network network) {
    this(layout, network, layout.form.blockRows());
  }

  private FormRunner(FormLayout layout, Network network, int examples) {
    this.layout = layout;
    code = network.code();
    block = new Block(layout.form, network.usesVectors(layout.form), examples);
    starts = new int[examples];
  }

  /** For predictions of up to so many rows: of forms whose examples do not depend on each other. */
  static FormRunner ofPredictions(FormLayout layout, Network network, int rows) {
    boolean vectors = network.usesVectors(layout.form);
    return new FormRunner(layout, network, layout.form.rowsOfPrediction(rows, vectors));
  }

  /** The most examples of a run. */
  int examples() {
    return block.examples;
  }

  public Form form() {
    return layout.form;
  }

  /** The names of the form's inputs, by position: {@code input.x}, {@code target.y}, {@code seed}. */
  public String[] inputNames() {
    return layout.inputNames.clone();
  }

  /** The names of the form's results, by position: {@code out.p}, {@code loss.ce}, … */
  public String[] resultNames() {
    return layout.resultNames.clone();
  }

  /** The position of an input, or -1. */
  public int input(String name) {
    return Arrays.asList(layout.inputNames).indexOf(name);
  }

  /** The position of a result, or -1. */
  public int result(String name) {
    return Arrays.asList(layout.resultNames).indexOf(name);
  }

  /**
   * Fills an input with rows of a batch.
   *
   * @param rows null to leave it; else all rows, row-major: float[], double[] or byte[] (0 to 255) for reals, int[],
   *     boolean[] or byte[] for indices and truths
   * @param order row {@code order[first + i]} becomes example i; null for row {@code first + i}
   */
  public void fill(int input, Object rows, int[] order, int first, int count) {
    if (rows == null) {
      return; // drawn, or filled otherwise
    }
    Slot slot = layout.inputSlots[input];
    int size = slot.size();
    for (int i = 0; i < count; i++) {
      starts[i] = (order == null ? first + i : order[first + i]) * size;
    }
    Object array = block.array(slot);
    if (array instanceof Object[] lanes) {
      Lanes.fill(rows, starts, count, lanes);
    } else {
      for (int i = 0; i < count; i++) {
        copy(rows, starts[i], size, array, i * size);
      }
    }
  }

  /** Fills a shared input, {@code accumulated.<n>} of a finishing form. */
  public void fillShared(int input, double[] values) {
    Slot slot = layout.inputSlots[input];
    copy(values, 0, slot.size(), block.array(slot), 0);
  }

  /** Gives each of the first {@code count} examples this factor, and the idle lanes 0. */
  public void fillSeed(int input, double factor, int count) {
    int at = layout.inputSlots[input].position();
    int lanes = layout.form.blockRows();
    if (block.floatLanes.length > at) {
      Arrays.fill(block.floatLanes[at][0], 0, count, (float) factor);
      Arrays.fill(block.floatLanes[at][0], count, lanes, 0);
    } else {
      Arrays.fill(block.doubleLanes[at][0], 0, count, factor);
      Arrays.fill(block.doubleLanes[at][0], count, lanes, 0);
    }
  }

  /** Which random numbers the next runs draw. */
  public void draw(long newSeed, long newStep) {
    seed = newSeed;
    step = newStep;
  }

  /**
   * Draws what is random and computes all results of a block; see {@link Code#run}. Of a form with
   * barriers the block must be the whole batch.
   */
  public void run(Weights weights, int count, int firstRow, int batchRows) {
    for (int phase = 0; phase < layout.form.phases(); phase++) {
      run(phase, weights, count, firstRow, batchRows);
    }
  }

  /** One phase only; what its barrier combines is then {@link Minibatch}'s business. */
  void run(int phase, Weights weights, int count, int firstRow, int batchRows) {
    if (phase == 0) {
      block.fit(layout.form, batchRows);
      layout.draws.fill(block, seed, step, firstRow, count);
    }
    code.run(layout.number, phase, weights, block, count, firstRow, batchRows);
  }

  Block block() {
    return block;
  }

  /** Whether a result has a value for each example, rather than one for all. */
  public boolean isPerExample(int result) {
    Slot slot = layout.resultSlots[result];
    return slot != null && slot.isPerExample();
  }

  /** The elements of a result, of one example. */
  public int size(int result, Weights weights) {
    Slot slot = layout.resultSlots[result];
    return slot != null ? slot.size() : weights.elements(layout.resultWeights[result]);
  }

  /**
   * Copies a result: a per-example one as rows from {@code firstRow} on, row-major; a shared one whole.
   *
   * @param target float[], double[], int[] or boolean[], as the result demands
   */
  public void read(int result, Weights weights, Object target, int firstRow, int count) {
    Object array = array(result, weights);
    int size = size(result, weights);
    if (array instanceof Object[] lanes) {
      Lanes.read(lanes, count, target, firstRow * size);
    } else if (isPerExample(result)) {
      copy(array, 0, count * size, target, firstRow * size);
    } else {
      copy(array, 0, size, target, 0);
    }
  }

  /** One element of a result of any type, as a double; the example is ignored for a shared one. */
  public double value(int result, Weights weights, int element, int example) {
    Object array = array(result, weights);
    return array instanceof Object[] lanes
        ? element(lanes[element], example)
        : element(array, isPerExample(result) ? example * size(result, weights) + element : element);
  }

  /** The array itself of a result: float[], double[] or int[], or an array of those for lanes. */
  Object array(int result, Weights weights) {
    Slot slot = layout.resultSlots[result];
    return slot == null ? weights.array(layout.resultWeights[result]) : block.array(slot);
  }

  /** From now on the kernels write this result, and what shares its slot, to another array. */
  void write(int result, Object array) {
    int at = layout.resultSlots[result].position();
    if (array instanceof float[] floats) {
      block.floats[at] = floats;
    } else {
      block.doubles[at] = (double[]) array;
    }
  }

  /** Whether the array of this result is the form's, and that of none of the others. */
  boolean isAlone(int result, int[] others) {
    Slot slot = layout.resultSlots[result];
    for (int other : others) {
      if (other >= 0 && other != result && layout.resultSlots[other] == slot) {
        return false;
      }
    }
    return slot != null;
  }

  private static void copy(Object source, int start, int count, Object target, int first) {
    if (source.getClass() == target.getClass()) {
      System.arraycopy(source, start, target, first, count);
    } else if (target instanceof float[] floats) {
      toFloats(source, start, count, floats, first);
    } else if (target instanceof double[] doubles) {
      toDoubles(source, start, count, doubles, first);
    } else if (target instanceof int[] ints) {
      for (int e = 0; e < count; e++) {
        ints[first + e] = (int) element(source, start + e);
      }
    } else {
      boolean[] booleans = (boolean[]) target;
      for (int e = 0; e < count; e++) {
        booleans[first + e] = element(source, start + e) != 0;
      }
    }
  }

  /** A loop for each of what batches are of: per element the class is not asked. */
  private static void toFloats(Object source, int start, int count, float[] target, int first) {
    if (source instanceof double[] doubles) {
      for (int e = 0; e < count; e++) {
        target[first + e] = (float) doubles[start + e];
      }
    } else if (source instanceof byte[] bytes) {
      for (int e = 0; e < count; e++) {
        target[first + e] = bytes[start + e] & 255;
      }
    } else {
      for (int e = 0; e < count; e++) {
        target[first + e] = (float) element(source, start + e);
      }
    }
  }

  private static void toDoubles(Object source, int start, int count, double[] target, int first) {
    if (source instanceof float[] floats) {
      for (int e = 0; e < count; e++) {
        target[first + e] = floats[start + e];
      }
    } else if (source instanceof byte[] bytes) {
      for (int e = 0; e < count; e++) {
        target[first + e] = bytes[start + e] & 255;
      }
    } else {
      for (int e = 0; e < count; e++) {
        target[first + e] = element(source, start + e);
      }
    }
  }

  private static double element(Object source, int at) {
    if (source instanceof float[] floats) {
      return floats[at];
    } else if (source instanceof double[] doubles) {
      return doubles[at];
    } else if (source instanceof int[] ints) {
      return ints[at];
    } else if (source instanceof boolean[] booleans) {
      return booleans[at] ? 1 : 0;
    }
    return ((byte[]) source)[at] & 255;
  }
}

package netc.runtime;

/**
 * The base of generated classes that compute in doubles: what their typed methods are made of. {@code
 * form}, {@code input} and {@code result} are positions in {@link Metadata#forms()}, {@link
 * Form#inputs()} and {@link Form#results()}.
 *
 * <p>One example: {@code begin}, {@code input}…, {@code compute}, {@code output}, {@code end}. A batch
 * in a workspace: {@code begin}, {@code input}…, {@code output} or {@code outputs}, {@code compute}.
 */
public abstract class DoubleNetwork extends Network {

  protected DoubleNetwork(Weights weights) {
    super(weights);
  }

  // ---------- one example ----------

  /** A block for the form: borrowed, or new when another thread has it. */
  protected final Block begin(int form) {
    Block block = spares.getAndSet(form, null);
    return block != null ? block : new Block(layouts[form].form);
  }

  protected final void input(int form, Block block, int input, double[] values) {
    Slot slot = Checks.one(this, form, input, values, values == null ? 0 : values.length);
    System.arraycopy(values, 0, block.doubles[slot.position()], 0, slot.size());
  }

  protected final void input(int form, Block block, int input, double value) {
    block.doubles[layouts[form].inputSlots[input].position()][0] = value;
  }

  protected final void input(int form, Block block, int input, int[] values) {
    Slot slot = Checks.one(this, form, input, values, values == null ? 0 : values.length);
    Checks.range(this, form, input, values, slot.size());
    System.arraycopy(values, 0, block.ints[slot.position()], 0, slot.size());
  }

  protected final void input(int form, Block block, int input, int value) {
    Checks.range(this, form, input, value);
    block.ints[layouts[form].inputSlots[input].position()][0] = value;
  }

  protected final void input(int form, Block block, int input, boolean[] values) {
    Slot slot = Checks.one(this, form, input, values, values == null ? 0 : values.length);
    int[] target = block.ints[slot.position()];
    for (int i = 0; i < slot.size(); i++) {
      target[i] = values[i] ? 1 : 0;
    }
  }

  protected final void input(int form, Block block, int input, boolean value) {
    block.ints[layouts[form].inputSlots[input].position()][0] = value ? 1 : 0;
  }

  protected final void compute(int form, Block block) {
    layouts[form].draws.fill(block, 0, 0, 0, 1);
    code().run(form, 0, weights(), block, 1, 0, 1);
  }

  /** A copy of a real result. */
  protected final double[] output(int form, Block block, int result) {
    Slot slot = layouts[form].resultSlots[result];
    return slot == null
        ? weights().doubles[layouts[form].resultWeights[result]].clone()
        : block.doubles[slot.position()].clone();
  }

  protected final double outputValue(int form, Block block, int result) {
    Slot slot = layouts[form].resultSlots[result];
    return slot == null
        ? weights().doubles[layouts[form].resultWeights[result]][0]
        : block.doubles[slot.position()][0];
  }

  protected final int[] outputIndices(int form, Block block, int result) {
    return block.ints[layouts[form].resultSlots[result].position()].clone();
  }

  protected final int outputIndex(int form, Block block, int result) {
    return block.ints[layouts[form].resultSlots[result].position()][0];
  }

  protected final boolean[] outputFlags(int form, Block block, int result) {
    int[] values = block.ints[layouts[form].resultSlots[result].position()];
    boolean[] flags = new boolean[values.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = values[i] != 0;
    }
    return flags;
  }

  protected final boolean outputFlag(int form, Block block, int result) {
    return block.ints[layouts[form].resultSlots[result].position()][0] != 0;
  }

  /** Gives the block back. */
  protected final void end(int form, Block block) {
    spares.set(form, block);
  }

  // ---------- a batch, in a workspace ----------

  /** Starts a call of a form for so many rows. */
  protected final void begin(DoubleWorkspace workspace, int form, int rows) {
    workspace.desk.begin(this, form, rows);
  }

  protected final void input(DoubleWorkspace workspace, int input, double[] rows) {
    workspace.desk.input(input, rows, rows == null ? 0 : rows.length);
  }

  protected final void input(DoubleWorkspace workspace, int input, int[] rows) {
    workspace.desk.input(input, rows, rows == null ? 0 : rows.length);
  }

  protected final void input(DoubleWorkspace workspace, int input, boolean[] rows) {
    workspace.desk.input(input, rows, rows == null ? 0 : rows.length);
  }

  /** Where a result of all rows goes, row-major; one that no input reaches is written once. */
  protected final void output(DoubleWorkspace workspace, int result, double[] rows) {
    workspace.desk.output(result, rows, rows == null ? 0 : rows.length);
  }

  protected final void output(DoubleWorkspace workspace, int result, int[] rows) {
    workspace.desk.output(result, rows, rows == null ? 0 : rows.length);
  }

  protected final void output(DoubleWorkspace workspace, int result, boolean[] rows) {
    workspace.desk.output(result, rows, rows == null ? 0 : rows.length);
  }

  /** Sends every output into the workspace's own arrays, which its typed accessors hand out. */
  protected final void outputs(DoubleWorkspace workspace) {
    workspace.desk.keepOutputs();
  }

  protected final void compute(DoubleWorkspace workspace) {
    workspace.desk.compute();
  }

  /** Instead of {@code compute} for the form {@code train}: the objective, and its gradients. */
  protected final double gradients(DoubleWorkspace workspace, Gradients gradients) {
    return workspace.desk.gradients(gradients);
  }
}

package netc.runtime;

/**
 * The base of generated classes that compute in floats: what differs from those in doubles.
 */
public abstract class FloatNetwork extends Network {

  protected FloatNetwork(Weights weights) {
    super(weights);
  }

  protected final void input(int form, Block block, int input, float[] values) {
    Slot slot = Checks.one(this, form, input, values);
    System.arraycopy(values, 0, block.floats[slot.position()], 0, slot.size());
  }

  protected final void input(int form, Block block, int input, float value) {
    block.floats[layouts[form].inputSlots[input].position()][0] = value;
  }

  /** A copy of a real result. */
  protected final float[] output(int form, Block block, int result) {
    Slot slot = layouts[form].resultSlots[result];
    return slot == null
        ? weights().floats[layouts[form].resultWeights[result]].clone()
        : block.floats[slot.position()].clone();
  }

  protected final float outputValue(int form, Block block, int result) {
    Slot slot = layouts[form].resultSlots[result];
    return slot == null
        ? weights().floats[layouts[form].resultWeights[result]][0]
        : block.floats[slot.position()][0];
  }

  /** Instead of {@code compute} for the form {@code train}: the objective, and its gradients. */
  protected final float gradients(Workspace workspace, Gradients gradients) {
    return (float) workspace.gradients(gradients);
  }
}

package netc.runtime;

/**
 * The base of generated classes that compute in doubles: what differs from those in floats.
 */
public abstract class DoubleNetwork extends Network {

  protected DoubleNetwork(Weights weights) {
    super(weights);
  }

  protected final void input(int form, Block block, int input, double[] values) {
    Slot slot = Checks.one(this, form, input, values);
    System.arraycopy(values, 0, block.doubles[slot.position()], 0, slot.size());
  }

  protected final void input(int form, Block block, int input, double value) {
    block.doubles[layouts[form].inputSlots[input].position()][0] = value;
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

  /** Instead of {@code compute} for the form {@code train}: the objective, and its gradients. */
  protected final double gradients(Workspace workspace, Gradients gradients) {
    return (double) workspace.gradients(gradients);
  }
}

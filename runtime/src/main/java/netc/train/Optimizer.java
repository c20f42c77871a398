package netc.train;

import netc.runtime.Metadata.Value;

/**
 * A rule that moves parameters against their gradient, with its settings; names, defaults and formulas
 * as in PyTorch's {@code torch.optim}.
 */
public sealed interface Optimizer permits Sgd, Adam, AdamW, RmsProp, Adagrad {

  /** The learning rate, before any schedule. */
  double lr();

  /** As it would stand in a {@code train} block. */
  Value.Call value();

  /** The running state of this rule for parameters of these sizes. */
  Updater updater(int[] sizes, boolean single);
}

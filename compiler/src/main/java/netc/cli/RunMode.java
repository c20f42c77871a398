package netc.cli;

/** Which form of a net {@code run} runs. */
enum RunMode {
  /** Outputs only, nothing of targets. */
  PREDICT,
  /** Outputs and losses, not training. */
  EVALUATE,
  /** Outputs and losses, training. */
  TRAIN
}

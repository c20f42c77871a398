package netc.schedule;

/** What is passed to a kernel. */
public sealed interface ArrayReference {

  /** A position in {@link Schedule#buffers()}. */
  record InBuffer(int buffer) implements ArrayReference {}

  /** A parameter or state, by its position among the weights. */
  record InWeights(int weight) implements ArrayReference {}
}

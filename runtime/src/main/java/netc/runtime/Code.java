package netc.runtime;

/**
 * The equations of a network as code, without any weights: the one interface between the compiler's
 * emitter and the runtime. One stateless instance a generated class; safe for any number of threads.
 */
public interface Code {

  /**
   * Computes one phase of a form over one block of examples: reads the form's inputs from its slots in {@code
   * block} and its parameters from {@code weights}, writes every other slot, the results among them.
   *
   * @param form the position of the form in {@link Metadata#forms()}
   * @param phase 0 to {@link Form#phases()}-1, in order, the barrier of each between it and the next
   * @param weights in the form's precision; parameters, then states, each flat and row-major
   * @param block made for this form; slots of inputs are filled
   * @param rows the examples in this block, 1 to {@link Form#blockRows()}, or more where no kernel has vectors and
   *     no example depends on another
   * @param firstRow the position of the block's first example in the whole batch (minibatch)
   * @param batchRows the number of examples of the whole batch
   */
  void run(
      int form, int phase, Weights weights, Block block, int rows, int firstRow, int batchRows);

  /**
   * Computes a share of one large kernel of a form for one example. The shares write different elements,
   * so that they may be computed at once, and each bit is the same whoever does.
   *
   * @param kernel its number, as {@link Shares#run} is told
   * @param share 0 to {@code shares}-1
   */
  default void share(int kernel, Weights weights, Block block, int share, int shares) {
    throw new IllegalArgumentException();
  }
}

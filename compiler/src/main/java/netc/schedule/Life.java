package netc.schedule;

/**
 * How long a tensor lies in a buffer, which others may have before and after it.
 *
 * @param tensor its name; empty for what kernels use among themselves
 * @param wanted the array that it would have alone
 * @param buffer the position in {@link Schedule#buffers()} of the array that it lies in
 * @param first the call from which on it is there, by its position in {@link Schedule#calls()}
 * @param last the last call that reads or writes it
 * @param isInPlace whether the first call writes it over an operand, element by element
 * @param isPinned whether it lies there before the first call and after the last: an input or a result
 */
public record Life(
    String tensor, Buffer wanted, int buffer, int first, int last, boolean isInPlace, boolean isPinned) {}

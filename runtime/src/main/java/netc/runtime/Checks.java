package netc.runtime;

import java.lang.reflect.Array;

/** The checks of data that enters a network; nothing inside is checked again. */
final class Checks {
  private Checks() {}

  /** Checks the array of one example and says where it goes. */
  static Slot one(Network network, int form, int input, Object values) {
    FormLayout layout = network.layouts[form];
    Slot slot = layout.inputSlots[input];
    rows(network.metadata(), layout, input, values, 1, true);
    return slot;
  }

  /** Checks that an array holds so many rows of an input; a longer one is allowed unless exact. */
  static void rows(
      Metadata metadata,
      FormLayout layout,
      int input,
      Object values,
      int rows,
      boolean exact) {
    String name = layout.inputNames[input];
    if (values == null) {
      throw new NullPointerException(Messages.missing(metadata, name, layout.line(input)));
    }
    int length = Array.getLength(values);
    long needed = (long) rows * layout.inputSlots[input].size();
    if (exact ? length != needed : length < needed) {
      throw new IllegalArgumentException(
          Messages.length(metadata, name, layout.line(input), needed, length, rows));
    }
  }

  static void range(Network network, int form, int input, int value) {
    FormLayout layout = network.layouts[form];
    Metadata.Port port = layout.inputPorts[input];
    if (!port.accepts(value)) {
      throw new IllegalArgumentException(
          Messages.range(network.metadata(), port, layout.inputNames[input], 0, value));
    }
  }

  static void range(Network network, int form, int input, int[] values, int count) {
    FormLayout layout = network.layouts[form];
    range(network.metadata(), layout.inputPorts[input], layout.inputNames[input], values, count);
  }

  /** Checks that the first {@code count} values are indices of the port. */
  static void range(Metadata metadata, Metadata.Port port, String binding, int[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (!port.accepts(values[i])) {
        int row = i / Math.max(1, port.elements());
        throw new IllegalArgumentException(
            Messages.range(metadata, port, binding, row, values[i]));
      }
    }
  }
}

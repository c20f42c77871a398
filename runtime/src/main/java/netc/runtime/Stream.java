package netc.runtime;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sequence that a network takes step by step: what earlier steps left for the next one. Made by the
 * {@code stream…} methods of a generated class; used by one thread at a time. A step allocates nothing.
 */
public final class Stream {
  private final Network made;
  private final FormLayout layout;
  final Block block;

  /** What a step leaves and where the next one finds it, in the order in which room is made. */
  private final Slot[] sources;

  private final Slot[] targets;

  /** The steps that there can be; 0 when the formulas do not depend on their number. */
  private final int most;

  private long time;

  Stream(Network made, int form) {
    this.made = made;
    layout = made.layouts[form];
    block = new Block(layout.form, made.usesVectors(layout.form));
    List<String> names = Arrays.asList(layout.inputNames);
    most = names.contains("step:") ? layout.resultPorts[0].shape()[0] : 0;
    List<String> left = new ArrayList<>(Arrays.asList(layout.resultNames));
    left.removeIf(name -> !name.startsWith("next:") || !names.contains(before(name))); // nobody reads it
    sources = new Slot[left.size()];
    targets = new Slot[left.size()];
    for (int i = 0; i < sources.length; i++) {
      String name = left.get(i);
      sources[i] = layout.resultSlots[Arrays.asList(layout.resultNames).indexOf(name)];
      targets[i] = layout.inputSlots[names.indexOf(before(name))];
    }
  }

  private static String before(String next) {
    return next.replaceFirst("next", "before");
  }

  private Object array(Slot slot) {
    return slot.kind() == Slot.Kind.INT_FLAT
        ? block.ints[slot.position()]
        : block.floats.length > 0 ? block.floats[slot.position()] : block.doubles[slot.position()];
  }

  /** The number of steps done since the beginning. */
  public long time() {
    return time;
  }

  /** Forgets all steps: the next one is the first again. */
  public void reset() {
    time = 0;
  }

  /** Says which step comes, and which earlier ones count. */
  void begin(Network caller, int form) {
    if (caller.getClass() != made.getClass() || layout.number != form) {
      throw new IllegalArgumentException(Messages.otherStream(caller, form, made, layout.number));
    }
    if (caller.usesVectors(layout.form) != made.usesVectors(layout.form)) {
      throw new IllegalArgumentException(
          Messages.otherFlavour("a stream", caller, layout.form, "method of the same name"));
    }
    if (most > 0 && time >= most) {
      throw new IllegalStateException(Messages.streamEnded(caller.metadata(), layout, most));
    }
    for (int i = 0; i < layout.inputNames.length; i++) {
      if (layout.inputNames[i].equals("time:") || layout.inputNames[i].equals("step:")) {
        block.ints[layout.inputSlots[i].position()][0] = (int) Math.min(time, Integer.MAX_VALUE);
      }
    }
  }

  /** Hands out the result; when that cannot be done the step has not been made. */
  void end(Object output) {
    Slot slot = layout.resultSlots[0];
    int line = layout.resultPorts[0].line();
    if (output == null) {
      throw new NullPointerException(Messages.missing(made.metadata(), layout.resultNames[0], line));
    }
    int length = Array.getLength(output);
    if (length < slot.size()) {
      throw new IllegalArgumentException(
          Messages.length(made.metadata(), layout.resultNames[0], line, slot.size(), length, 1));
    }
    if (output instanceof boolean[]) {
      boolean[] flags = (boolean[]) output;
      for (int i = 0; i < slot.size(); i++) {
        flags[i] = block.ints[slot.position()][i] != 0;
      }
    } else {
      System.arraycopy(array(slot), 0, output, 0, slot.size());
    }
    for (int i = 0; i < targets.length; i++) {
      System.arraycopy(array(sources[i]), 0, array(targets[i]), 0, targets[i].size());
    }
    time++;
  }
}

package netc.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.loop.CodeSize;
import netc.loop.ScalarType;

/**
 * A form as loops: its arrays, and the calls in order, in several phases where a sum over all
 * rows has to be known before a block can go on. {@link CallRules} says what holds of it.
 *
 * @param real FLOAT or DOUBLE
 * @param blockRows the most examples of one run; 1 without a batch
 * @param inputs by the name of the binding: {@code input.x}, {@code seed}, {@code accumulated.0}
 * @param results by the name of the result: {@code out.p}, {@code loss.C0}
 * @param isTogether whether it matters which rows make a batch: some row looks at others
 * @param lives what lies when in which buffer; empty before the memory plan
 * @param flavours of code that take it
 */
public record Schedule(
    String form,
    ScalarType real,
    int blockRows,
    List<Buffer> buffers,
    Map<String, ArrayReference> inputs,
    Map<String, ArrayReference> results,
    List<Phase> phases,
    boolean isTogether,
    List<Life> lives,
    Flavours flavours) {
  /** The end of the name of a form's schedule for vectors alone. */
  public static final String ROWS = ".rows";

  public Schedule {
    buffers = List.copyOf(buffers);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    phases = List.copyOf(phases);
    lives = List.copyOf(lives);
  }

  /** The same for one flavour alone. */
  Schedule only(Flavours flavour) {
    return new Schedule(
        form, real, blockRows, buffers, inputs, results, phases, isTogether, lives, flavour);
  }

  /** Where its examples lie: what vectors alone take are rows. */
  public Layout layout() {
    if (blockRows == 1) {
      return Layout.SINGLE;
    }
    return flavours == Flavours.VECTOR ? Layout.ROWS : Layout.LANES;
  }

  /** Whether every kernel makes a method that the JIT compiler takes. */
  public boolean fitsMethods() {
    return calls().stream()
        .flatMap(call -> call.kernels().stream())
        .allMatch(call -> CodeSize.of(call.kernel()) <= CodeSize.LARGEST);
  }

  /** The calls of all phases, in order. */
  public List<Call> calls() {
    return phases.stream().flatMap(phase -> phase.calls().stream()).toList();
  }
}

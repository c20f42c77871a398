package netc.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netc.schedule.ArrayReference.InBuffer;

/**
 * The rule of a memory plan: whoever reads a tensor finds it where it was written. The calls of a form are
 * followed, of each flavour, with a note in every array of what was written there last; nothing that the
 * plan was made from is believed.
 */
final class MemoryRules {
  private final Schedule apart;
  private final Schedule planned;
  private final boolean isVector;
  private final Map<Integer, Integer> content = new HashMap<>();
  private final List<String> errors = new ArrayList<>();

  private MemoryRules(Schedule apart, Schedule planned, boolean isVector) {
    this.apart = apart;
    this.planned = planned;
    this.isVector = isVector;
  }

  /**
   * What is wrong; empty for a good plan.
   *
   * @param apart the schedule with an array for each tensor
   * @param planned the same calls, with shared arrays
   */
  static List<String> check(Schedule apart, Schedule planned) {
    var vector = new MemoryRules(apart, planned, true);
    vector.follow();
    var portable = new MemoryRules(apart, planned, false);
    portable.follow();
    var errors = new ArrayList<>(vector.errors);
    errors.addAll(portable.errors);
    return errors;
  }

  private void follow() {
    apart.inputs().forEach((name, tensor) -> written(tensor, planned.inputs().get(name)));
    for (int phase = 0; phase < apart.phases().size(); phase++) {
      List<Call> one = apart.phases().get(phase).calls();
      List<Call> other = planned.phases().get(phase).calls();
      for (int call = 0; call < one.size(); call++) {
        call(one.get(call), other.get(call));
      }
      for (int i = 0; i < apart.phases().get(phase).combined().size(); i++) {
        read(
            apart.phases().get(phase).combined().get(i).part(),
            planned.phases().get(phase).combined().get(i).part(),
            "a combination at the end of phase " + phase);
      }
    }
    apart
        .results()
        .forEach((name, tensor) -> read(tensor, planned.results().get(name), "the result " + name));
  }

  private void call(Call one, Call other) {
    switch (one) {
      case Call.Once once -> once(once, (Call.Once) other, Set.of());
      case Call.TimeLoop(_, _, var body) -> {
        List<Call.Once> others = ((Call.TimeLoop) other).body();
        Set<Integer> recurrent = new HashSet<>();
        body.forEach(inside -> inside.kernels(isVector).forEach(kernel -> recurrent.addAll(writtenBy(kernel))));
        for (int step = 0; step < 2; step++) { // in the second everything was written once
          for (int i = 0; i < body.size(); i++) {
            once(body.get(i), others.get(i), step == 0 ? recurrent : Set.of());
          }
        }
      }
    }
  }

  /**
   * @param unwritten what may be read before it is written: at the first time, where nothing is read
   */
  private void once(Call.Once one, Call.Once other, Set<Integer> unwritten) {
    List<KernelCall> kernels = one.kernels(isVector);
    for (int i = 0; i < kernels.size(); i++) {
      KernelCall apartCall = kernels.get(i);
      KernelCall plannedCall = other.kernels(isVector).get(i);
      Set<Integer> written = writtenBy(apartCall);
      for (int array : touched(apartCall, false)) {
        if (apartCall.arrays().get(array) instanceof InBuffer(int tensor)
            && !written.contains(tensor)
            && !unwritten.contains(tensor)) {
          read(
              apartCall.arrays().get(array),
              plannedCall.arrays().get(array),
              apartCall.place() + ", argument " + array);
        }
      }
      for (int array : touched(apartCall, true)) {
        written(apartCall.arrays().get(array), plannedCall.arrays().get(array));
      }
    }
  }

  /** The positions of the arrays that a kernel stores to, or that it loads from. */
  private static List<Integer> touched(KernelCall call, boolean isStore) {
    var names = new HashSet<String>();
    Touch.of(call.kernel()).stream()
        .filter(t -> t.isStore() == isStore)
        .forEach(t -> names.add(t.array()));
    var positions = new ArrayList<Integer>();
    for (int i = 0; i < call.arrays().size(); i++) {
      if (names.contains(call.kernel().arrays().get(i).name())) {
        positions.add(i);
      }
    }
    return positions;
  }

  private static Set<Integer> writtenBy(KernelCall call) {
    var written = new HashSet<Integer>();
    for (int array : touched(call, true)) {
      if (call.arrays().get(array) instanceof InBuffer(int tensor)) {
        written.add(tensor);
      }
    }
    return written;
  }

  private void written(ArrayReference tensor, ArrayReference place) {
    if (tensor instanceof InBuffer(int buffer)) {
      content.put(((InBuffer) place).buffer(), buffer);
    }
  }

  private void read(ArrayReference tensor, ArrayReference place, String reader) {
    if (tensor instanceof InBuffer(int buffer)
        && !Integer.valueOf(buffer).equals(content.get(((InBuffer) place).buffer()))) {
      errors.add(
          planned.form() + ", " + (isVector ? "vectors" : "plain loops") + ": " + reader
              + " reads tensor " + buffer + " where "
              + (content.containsKey(((InBuffer) place).buffer())
                  ? "tensor " + content.get(((InBuffer) place).buffer()) + " was written"
                  : "nothing was written"));
    }
  }
}

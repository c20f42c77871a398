package netc.schedule;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The kernel calls of all forms of a net by number, from 0 on in their order, those of all flavours. */
public final class KernelNumbers {
  private final Map<KernelCall, Integer> numbers = new IdentityHashMap<>();

  private KernelNumbers() {}

  /** The same for the same model and options, whenever it was scheduled. */
  public static KernelNumbers of(List<Schedule> schedules) {
    var all = new KernelNumbers();
    schedules.stream()
        .flatMap(schedule -> schedule.calls().stream())
        .flatMap(call -> call.kernels().stream())
        .forEach(call -> all.numbers.put(call, all.numbers.size()));
    return all;
  }

  public int count() {
    return numbers.size();
  }

  /** The number of a call, which must be one of these schedules'. */
  public int of(KernelCall call) {
    return numbers.get(call);
  }
}

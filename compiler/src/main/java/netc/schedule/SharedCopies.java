package netc.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Contractions side by side that read the same factor, such as the gradients by both weights of a
 * recurrence, copy it once. A copy of long ago is made anew: kept, it would take memory that lies in no
 * cache by then.
 */
final class SharedCopies {
  /** So many steps of the schedule later a copy is still at hand. */
  private static final int NEAR = 4;

  private final List<Made> made = new ArrayList<>();

  /** The copy that is there, by the array that another one like it would have filled. */
  private final Map<ArrayReference, ArrayReference> instead = new HashMap<>();

  /** @param at the step of the schedule that read it last */
  private record Made(KernelCall call, int at) {}

  private SharedCopies() {}

  /** The phases without copies of what has just been copied. */
  static List<Phase> of(List<Phase> phases) {
    return phases.stream()
        .map(phase -> new Phase(calls(phase.calls()), phase.combined()))
        .toList();
  }

  private static List<Call> calls(List<Call> calls) {
    var vector = new SharedCopies();
    var portable = new SharedCopies();
    var shared = new ArrayList<Call>();
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i) instanceof Call.Flavoured(var ofVector, var ofPortable)) {
        shared.add(new Call.Flavoured(vector.step(ofVector, i), portable.step(ofPortable, i)));
      } else {
        calls.get(i).kernels(true).forEach(vector::forget);
        calls.get(i).kernels(false).forEach(portable::forget);
        shared.add(calls.get(i));
      }
    }
    return shared;
  }

  private List<KernelCall> step(List<KernelCall> calls, int at) {
    var kept = new ArrayList<KernelCall>();
    for (KernelCall each : calls) {
      KernelCall call =
          each.with(each.arrays().stream().map(a -> instead.getOrDefault(a, a)).toList());
      Optional<Made> before = call.role() instanceof Role.Copy ? like(call, at) : Optional.empty();
      if (before.isPresent()) {
        instead.put(written(call).iterator().next(), written(before.get().call).iterator().next());
        made.remove(before.get());
        made.add(new Made(before.get().call, at));
      } else {
        forget(call);
        if (call.role() instanceof Role.Copy && written(call).size() == 1) {
          made.add(new Made(call, at));
        }
        kept.add(call);
      }
    }
    return kept;
  }

  private Optional<Made> like(KernelCall call, int at) {
    return made.stream()
        .filter(m -> at - m.at <= NEAR && m.call.kernel().equals(call.kernel()))
        .filter(m -> read(m.call).equals(read(call)))
        .findFirst();
  }

  /** Copies of what the call writes are no longer good, nor is one that it writes over. */
  private void forget(KernelCall call) {
    Set<ArrayReference> written = written(call);
    made.removeIf(m -> m.call.arrays().stream().anyMatch(written::contains));
  }

  private static Set<ArrayReference> written(KernelCall call) {
    Set<String> names = Touch.written(call.kernel());
    var written = new HashSet<ArrayReference>();
    for (int i = 0; i < call.arrays().size(); i++) {
      if (names.contains(call.kernel().arrays().get(i).name())) {
        written.add(call.arrays().get(i));
      }
    }
    return written;
  }

  private static List<ArrayReference> read(KernelCall call) {
    Set<ArrayReference> written = written(call);
    return call.arrays().stream().filter(a -> !written.contains(a)).toList();
  }
}

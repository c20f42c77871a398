package netc.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netc.schedule.ArrayReference.InBuffer;

/**
 * Which buffers share an array: two of equal type and size, when the last use of one comes before the
 * first use of the other. Inputs and results keep arrays of their own.
 */
final class MemoryPlan {
  private final List<Buffer> wanted;
  private final List<Call> calls;
  private final Set<Integer> pinned = new HashSet<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final Map<Integer, Integer> places = new LinkedHashMap<>();

  private MemoryPlan(List<Buffer> wanted, List<Call> calls) {
    this.wanted = wanted;
    this.calls = calls;
  }

  static Schedule of(Schedule schedule) {
    var plan = new MemoryPlan(schedule.buffers(), schedule.calls());
    schedule.inputs().values().forEach(plan::pin);
    schedule.results().values().forEach(plan::pin);
    plan.assign();
    return new Schedule(
        schedule.form(),
        schedule.real(),
        schedule.blockRows(),
        plan.buffers,
        plan.mapped(schedule.inputs()),
        plan.mapped(schedule.results()),
        schedule.phases().stream().map(plan::mapped).toList(),
        schedule.isTogether());
  }

  private void pin(ArrayReference reference) {
    if (reference instanceof InBuffer(int buffer)) {
      pinned.add(buffer);
      place(buffer);
    }
  }

  private void place(int buffer) {
    if (!places.containsKey(buffer)) {
      places.put(buffer, buffers.size());
      buffers.add(wanted.get(buffer));
    }
  }

  private void assign() {
    var lastUse = new HashMap<Integer, Integer>();
    for (int i = 0; i < calls.size(); i++) {
      for (int buffer : buffersOf(calls.get(i))) {
        lastUse.put(buffer, i);
      }
    }
    Map<Buffer, Deque<Integer>> free = new HashMap<>();
    for (int i = 0; i < calls.size(); i++) {
      for (int buffer : buffersOf(calls.get(i))) {
        if (places.containsKey(buffer)) {
          continue;
        }
        Deque<Integer> reusable = free.get(wanted.get(buffer));
        if (reusable == null || reusable.isEmpty()) {
          place(buffer);
        } else {
          places.put(buffer, reusable.pop());
        }
      }
      for (int buffer : buffersOf(calls.get(i))) {
        if (lastUse.get(buffer) == i && !pinned.contains(buffer)) {
          free.computeIfAbsent(wanted.get(buffer), _ -> new ArrayDeque<>())
              .push(places.get(buffer));
        }
      }
    }
  }

  /** What lives through a loop over time lives through all of it. */
  private static List<Integer> buffersOf(Call call) {
    return call.kernels().stream()
        .flatMap(kernel -> kernel.arrays().stream())
        .filter(InBuffer.class::isInstance)
        .map(r -> ((InBuffer) r).buffer())
        .distinct()
        .toList();
  }

  private Phase mapped(Phase phase) {
    return new Phase(
        phase.calls().stream().map(this::mapped).toList(),
        phase.combined().stream()
            .map(
                c ->
                    new Phase.Combination(
                        new InBuffer(places.get(c.part().buffer())), c.operator()))
            .toList());
  }

  private Call mapped(Call call) {
    return switch (call) {
      case Call.Once once -> mapped(once);
      case Call.TimeLoop(int steps, boolean isReverse, var body) ->
          new Call.TimeLoop(steps, isReverse, body.stream().map(this::mapped).toList());
    };
  }

  private Call.Once mapped(Call.Once call) {
    return switch (call) {
      case KernelCall kernel -> mapped(kernel);
      case Call.Flavoured(var vector, var portable) ->
          new Call.Flavoured(
              vector.stream().map(this::mapped).toList(),
              portable.stream().map(this::mapped).toList());
    };
  }

  private KernelCall mapped(KernelCall call) {
    return new KernelCall(
        call.kernel(), call.arrays().stream().map(this::mapped).toList(), call.place());
  }

  private Map<String, ArrayReference> mapped(Map<String, ArrayReference> references) {
    var mapped = new LinkedHashMap<String, ArrayReference>();
    references.forEach((name, reference) -> mapped.put(name, mapped(reference)));
    return mapped;
  }

  private ArrayReference mapped(ArrayReference reference) {
    return reference instanceof InBuffer(int buffer)
        ? new InBuffer(places.get(buffer))
        : reference;
  }
}

package netc.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.schedule.ArrayReference.InBuffer;

/**
 * Which tensors share an array: those of one type, when the last use of one comes before the first use of
 * the other, or when a kernel writes one over the other element by element. An array is as long as its
 * longest tensor. Inputs and results keep arrays of their own. Both flavours use the one plan.
 */
final class MemoryPlan {
  private final List<Buffer> wanted;
  private final List<String> names;
  private final List<Call> calls;
  private final Set<Integer> pinned = new HashSet<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final Map<Integer, Integer> places = new LinkedHashMap<>();
  private final Map<Integer, Integer> firstUse = new HashMap<>();
  private final Map<Integer, Integer> lastUse = new HashMap<>();
  private final List<Integer> free = new ArrayList<>();

  /** What an operand's array was given to at the operand's last use. */
  private final Map<Integer, Integer> heirs = new HashMap<>();

  private MemoryPlan(List<Buffer> wanted, List<String> names, List<Call> calls) {
    this.wanted = wanted;
    this.names = names;
    this.calls = calls;
  }

  /**
   * @param names of the tensors in the schedule's buffers, as of {@link Arrays#names()}
   */
  static Schedule of(Schedule schedule, List<String> names) {
    var plan = new MemoryPlan(schedule.buffers(), names, schedule.calls());
    plan.pin(schedule.inputs().values());
    plan.pin(schedule.results().values());
    plan.uses(schedule.phases());
    plan.assign();
    return new Schedule(
        schedule.form(),
        schedule.real(),
        schedule.blockRows(),
        plan.buffers,
        plan.mapped(schedule.inputs()),
        plan.mapped(schedule.results()),
        schedule.phases().stream().map(plan::mapped).toList(),
        schedule.isTogether(),
        plan.lives(),
        schedule.flavours());
  }

  private void pin(Collection<ArrayReference> references) {
    for (ArrayReference reference : references) {
      if (reference instanceof InBuffer(int buffer) && pinned.add(buffer)) {
        places.put(buffer, added(buffer));
      }
    }
  }

  /** A new array for a tensor. */
  private int added(int buffer) {
    buffers.add(wanted.get(buffer));
    return buffers.size() - 1;
  }

  private void uses(List<Phase> phases) {
    int call = 0;
    for (Phase phase : phases) {
      for (Call one : phase.calls()) {
        for (int buffer : buffersOf(one)) {
          firstUse.putIfAbsent(buffer, call);
          lastUse.put(buffer, call);
        }
        call++;
      }
      for (Phase.Combination combination : phase.combined()) {
        lastUse.merge(combination.part().buffer(), call - 1, Math::max); // read when the phase ends
      }
    }
  }

  private void assign() {
    for (int i = 0; i < calls.size(); i++) {
      List<Integer> used = buffersOf(calls.get(i));
      for (int buffer : used) {
        if (!places.containsKey(buffer)) {
          places.put(buffer, place(buffer, i, used));
        }
      }
      for (int buffer : used) {
        if (lastUse.get(buffer) == i && !pinned.contains(buffer) && !heirs.containsKey(buffer)) {
          free.add(places.get(buffer));
        }
      }
    }
  }

  /** Over an operand, else in the free array that needs to grow least, else in a new one. */
  private int place(int buffer, int call, List<Integer> used) {
    Optional<Integer> operand =
        used.stream()
            .filter(other -> other != buffer && places.containsKey(other))
            .filter(other -> lastUse.get(other) == call && firstUse.get(other) < call)
            .filter(other -> !pinned.contains(other) && !heirs.containsKey(other))
            .filter(other -> wanted.get(other).equals(wanted.get(buffer)))
            .filter(other -> isInPlace(calls.get(call), buffer, other))
            .findFirst();
    if (operand.isPresent()) {
      heirs.put(operand.get(), buffer);
      return places.get(operand.get());
    }
    return reused(wanted.get(buffer)).orElseGet(() -> added(buffer));
  }

  private Optional<Integer> reused(Buffer needed) {
    Integer best = null;
    for (int place : free) {
      if (buffers.get(place).isOfKind(needed) && (best == null || isBetter(place, best, needed))) {
        best = place;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    free.remove(best);
    if (buffers.get(best).size() < needed.size()) {
      buffers.set(best, needed);
    }
    return Optional.of(best);
  }

  /** Of two arrays that suffice the shorter one, the last one freed; else the longer one. */
  private boolean isBetter(int place, int best, Buffer needed) {
    int size = buffers.get(place).size();
    int bestSize = buffers.get(best).size();
    return size >= needed.size() ? bestSize < needed.size() || size <= bestSize : size > bestSize;
  }

  /** Whether every flavour of the call may write the one over the other. */
  private static boolean isInPlace(Call call, int target, int source) {
    return switch (call) {
      case KernelCall kernel -> isInPlace(kernel, target, source);
      case Call.Flavoured(var vector, var portable) ->
          isInPlace(vector, target, source) && isInPlace(portable, target, source);
      case Call.TimeLoop _ -> false;
    };
  }

  private static boolean isInPlace(List<KernelCall> calls, int target, int source) {
    return calls.size() == 1 && isInPlace(calls.getFirst(), target, source);
  }

  private static boolean isInPlace(KernelCall call, int target, int source) {
    int to = call.arrays().indexOf(new InBuffer(target));
    int from = call.arrays().indexOf(new InBuffer(source));
    return to >= 0
        && from >= 0
        && InPlace.allows(
            call.kernel(),
            call.kernel().arrays().get(to).name(),
            call.kernel().arrays().get(from).name());
  }

  private List<Life> lives() {
    var lives = new ArrayList<Life>();
    places.forEach(
        (buffer, place) ->
            lives.add(
                new Life(
                    names.get(buffer),
                    wanted.get(buffer),
                    place,
                    firstUse.getOrDefault(buffer, 0),
                    lastUse.getOrDefault(buffer, 0),
                    heirs.containsValue(buffer),
                    pinned.contains(buffer))));
    return lives;
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
        phase.calls().stream().map(call -> call.mapped(this::mapped, this::mapped)).toList(),
        phase.combined().stream()
            .map(
                c ->
                    new Phase.Combination(
                        new InBuffer(places.get(c.part().buffer())), c.operator()))
            .toList());
  }

  private KernelCall mapped(KernelCall call) {
    return call.with(call.arrays().stream().map(this::mapped).toList());
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

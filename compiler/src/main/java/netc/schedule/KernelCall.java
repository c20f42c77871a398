package netc.schedule;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import netc.loop.Kernel;
import netc.source.Place;

/**
 * One call of a kernel; {@code place} is the line of the equation it computes.
 *
 * @param role what it contributes to its step
 * @param decision what was decided about the step; there once the step is scheduled
 */
public record KernelCall(
    Kernel kernel,
    List<ArrayReference> arrays,
    Place place,
    Role role,
    Optional<Decision> decision)
    implements Call.Once {
  public KernelCall {
    arrays = List.copyOf(arrays);
  }

  KernelCall(Kernel kernel, List<ArrayReference> arrays, Place place, Role role) {
    this(kernel, arrays, place, role, Optional.empty());
  }

  /** The same in another role. */
  KernelCall as(Role other) {
    return new KernelCall(kernel, arrays, place, other, decision);
  }

  /** Another kernel called with the same arrays for the same. */
  KernelCall with(Kernel other) {
    return new KernelCall(other, arrays, place, role, decision);
  }

  /** The same with other arrays. */
  KernelCall with(List<ArrayReference> others) {
    return new KernelCall(kernel, others, place, role, decision);
  }

  /** The same for a step of which this was decided. */
  @Override
  public KernelCall of(Decision decided) {
    return new KernelCall(kernel, arrays, place, role, Optional.of(decided));
  }

  @Override
  public KernelCall mapped(UnaryOperator<KernelCall> vector, UnaryOperator<KernelCall> portable) {
    return portable.apply(this);
  }
}

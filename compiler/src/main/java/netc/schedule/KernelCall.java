package netc.schedule;

import java.util.List;
import netc.loop.Kernel;
import netc.source.Place;

/** One call of a kernel; {@code place} is the line of the equation it computes. */
public record KernelCall(Kernel kernel, List<ArrayReference> arrays, Place place)
    implements Call.Once {
  public KernelCall {
    arrays = List.copyOf(arrays);
  }
}

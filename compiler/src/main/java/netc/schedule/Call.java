package netc.schedule;

import java.util.List;

/** What a form does: kernels one after the other, and loops over the time of a scan. */
public sealed interface Call permits KernelCall, Call.TimeLoop {

  /** The kernels in order, each called once a step; their {@code time} is the step. */
  record TimeLoop(int steps, boolean isReverse, List<KernelCall> body) implements Call {
    public TimeLoop {
      body = List.copyOf(body);
    }
  }

  /** The kernels called, each once. */
  default List<KernelCall> kernels() {
    return switch (this) {
      case KernelCall call -> List.of(call);
      case TimeLoop loop -> loop.body();
    };
  }
}

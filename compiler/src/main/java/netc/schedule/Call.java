package netc.schedule;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a form does: kernels one after the other, and loops over the time of a scan. */
public sealed interface Call permits Call.Once, Call.TimeLoop {

  /** What is done once: by a kernel, or by other kernels in each flavour of code. */
  sealed interface Once extends Call permits KernelCall, Flavoured {
    /** The same for a step of which this was decided. */
    default Once of(Decision decision) {
      return mapped(call -> call.of(decision), call -> call.of(decision));
    }

    @Override
    Once mapped(UnaryOperator<KernelCall> vector, UnaryOperator<KernelCall> portable);
  }

  /**
   * The same result twice.
   *
   * @param vector where the machine has vectors
   * @param portable everywhere else
   */
  record Flavoured(List<KernelCall> vector, List<KernelCall> portable) implements Once {
    public Flavoured {
      vector = List.copyOf(vector);
      portable = List.copyOf(portable);
      for (KernelCall call : portable) {
        if (call.kernel().usesVectors()) {
          throw new IllegalArgumentException("a kernel for JVMs without vectors has some: " + call.place());
        }
      }
    }

    @Override
    public Flavoured mapped(UnaryOperator<KernelCall> ofVector, UnaryOperator<KernelCall> ofPortable) {
      return new Flavoured(
          vector.stream().map(ofVector).toList(), portable.stream().map(ofPortable).toList());
    }
  }

  /** The calls in order, each made once a step; their {@code time} is the step. */
  record TimeLoop(int steps, boolean isReverse, List<Once> body) implements Call {
    public TimeLoop {
      body = List.copyOf(body);
    }

    @Override
    public TimeLoop mapped(UnaryOperator<KernelCall> vector, UnaryOperator<KernelCall> portable) {
      return new TimeLoop(
          steps, isReverse, body.stream().map(call -> call.mapped(vector, portable)).toList());
    }
  }

  /**
   * The same with other kernels.
   *
   * @param portable also of those that every flavour calls
   */
  Call mapped(UnaryOperator<KernelCall> vector, UnaryOperator<KernelCall> portable);

  /** The kernels called in one flavour of code, each once. */
  default List<KernelCall> kernels(boolean isVector) {
    return switch (this) {
      case KernelCall call -> List.of(call);
      case Flavoured(var vector, var portable) -> isVector ? vector : portable;
      case TimeLoop loop ->
          loop.body().stream().flatMap(call -> call.kernels(isVector).stream()).toList();
    };
  }

  /** The kernels called, each once, those of all flavours. */
  default List<KernelCall> kernels() {
    return switch (this) {
      case KernelCall call -> List.of(call);
      case Flavoured(var vector, var portable) ->
          Stream.concat(vector.stream(), portable.stream()).toList();
      case TimeLoop loop -> loop.body().stream().flatMap(call -> call.kernels().stream()).toList();
    };
  }
}

package netc.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import netc.ir.JavaNames;
import netc.runtime.Gradients;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Port;
import netc.runtime.Network;
import netc.runtime.RandomStream;

/**
 * The typed methods of a network's class with random data, as an application calls them: ready to be
 * called again and again. Reals are from 0 to 1, indices and truths from all that there are.
 */
final class TypedCalls {
  /** The bound of an input that may be any {@code int}. */
  private static final int USUAL_BOUND = 10;

  private final Network network;
  private final Metadata metadata;
  private final long seed;

  TypedCalls(Network network, long seed) {
    this.network = network;
    this.metadata = network.metadata();
    this.seed = seed;
  }

  /** {@code p(x)}: an output of one example. */
  MethodHandle one(Port output, List<Port> inputs) {
    var arguments = new ArrayList<>();
    inputs.forEach(input -> arguments.add(input.shape().length == 0 ? value(input) : rows(input, 1)));
    return bound(JavaNames.of(output.name()), arguments);
  }

  /** {@code p(workspace, x, rows, out)}: an output of a batch. */
  MethodHandle rows(Port output, List<Port> inputs, int rows) {
    List<Object> arguments = batch(inputs.stream(), rows);
    arguments.add(array(output, Math.multiplyExact(output.perExample() ? rows : 1, output.elements())));
    return bound(JavaNames.of(output.name()), arguments);
  }

  /** {@code run(workspace, x, rows)}: all outputs of a batch. */
  MethodHandle run(int rows) {
    return bound("run", batch(metadata.inputs().stream(), rows));
  }

  /** {@code gradients(workspace, x, y, rows, gradients)}: the objective of a batch, and its gradient. */
  MethodHandle gradients(int rows) {
    List<Object> arguments =
        batch(Stream.concat(metadata.inputs().stream(), metadata.targets().stream()), rows);
    arguments.add(new Gradients(metadata));
    return bound("gradients", arguments);
  }

  private List<Object> batch(Stream<Port> inputs, int rows) {
    var arguments = new ArrayList<>();
    arguments.add(workspace(rows));
    inputs.forEach(input -> arguments.add(rows(input, rows)));
    arguments.add(rows);
    return arguments;
  }

  private Object workspace(int rows) {
    try {
      return network.getClass().getMethod("workspace", int.class).invoke(network, rows);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the class lacks workspace", e);
    }
  }

  private Object array(Port port, int length) {
    return switch (port.type()) {
      case REAL -> network.precision().array(length);
      case INDEX -> new int[length];
      case BOOL -> new boolean[length];
    };
  }

  private Object rows(Port port, int rows) {
    Object array = array(port, Math.multiplyExact(rows, port.elements()));
    var random = new RandomStream(seed, port.name());
    switch (array) {
      case float[] floats -> {
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) random.uniform(i);
        }
      }
      case double[] doubles -> java.util.Arrays.setAll(doubles, random::uniform);
      case int[] ints -> java.util.Arrays.setAll(ints, i -> (int) (bound(port) * random.uniform(i)));
      case boolean[] truths -> {
        for (int i = 0; i < truths.length; i++) {
          truths[i] = random.uniform(i) < 0.5;
        }
      }
      default -> throw new IllegalArgumentException(port.toString());
    }
    return array;
  }

  private static int bound(Port port) {
    return port.bound() > 0 ? port.bound() : USUAL_BOUND;
  }

  /** Of an input without axes. */
  private Object value(Port port) {
    return java.lang.reflect.Array.get(rows(port, 1), 0);
  }

  private static Class<?> type(Object argument) {
    return switch (argument) {
      case Float _ -> float.class;
      case Double _ -> double.class;
      case Integer _ -> int.class;
      case Boolean _ -> boolean.class;
      default -> argument.getClass();
    };
  }

  private MethodHandle bound(String name, List<Object> arguments) {
    Object[] all = arguments.toArray();
    Class<?>[] types = arguments.stream().map(TypedCalls::type).toArray(Class<?>[]::new);
    try {
      MethodHandle method =
          MethodHandles.publicLookup().unreflect(network.getClass().getMethod(name, types));
      MethodHandle call = MethodHandles.insertArguments(method.bindTo(network), 0, all);
      return call.type().returnType() == void.class ? call : MethodHandles.dropReturn(call);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the class lacks " + name, e);
    }
  }
}

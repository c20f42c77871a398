package netc.emit;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import netc.ir.JavaNames;
import netc.runtime.Gradients;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Tensor;

/** A network through the typed methods of its class, as an application calls them. */
final class TypedNet {
  private final Network network;
  private final Metadata metadata;
  private final boolean single;

  TypedNet(Network network) {
    this.network = network;
    this.metadata = network.metadata();
    this.single = network.precision() == Precision.F32;
  }

  Object workspace(int rows) {
    return call(network, "workspace", rows);
  }

  /** {@code p(x)}: an output of the first row of {@code data}. */
  double[] one(Metadata.Port output, NetData data) {
    List<Object> arguments = new ArrayList<>();
    for (Metadata.Port input : inputs(output)) {
      Object array = array(input, data.columns().get(input.name()), input.elements());
      arguments.add(input.shape().length == 0 ? Array.get(array, 0) : array);
    }
    return numbers(call(network, JavaNames.of(output.name()), arguments.toArray()));
  }

  /** {@code p(ws, x, n, out)}: an output of all rows. */
  double[] rows(Metadata.Port output, Object workspace, NetData data) {
    Object out = outArray(output, data.rows());
    call(workspace, "seed", 0L);
    call(network, JavaNames.of(output.name()), rowArguments(output, workspace, data, out));
    return numbers(out);
  }

  /** {@code run(ws, x, n)}, then {@code ws.p()} of every output. */
  List<double[]> run(Object workspace, NetData data) {
    call(workspace, "seed", 0L);
    call(network, "run", runArguments(workspace, data));
    return metadata.outputs().stream()
        .map(
            output -> {
              double[] kept = numbers(call(workspace, JavaNames.of(output.name())));
              int copies = output.perExample() ? data.rows() : 1;
              return Arrays.copyOf(kept, copies * output.elements());
            })
        .toList();
  }

  /** {@code gradients(ws, x, y, n, sink)}: the objective. */
  double gradients(Object workspace, NetData data, Gradients sink) {
    call(workspace, "seed", 0L);
    return numbers(call(network, "gradients", gradientArguments(workspace, data, sink)))[0];
  }

  /** All times of an output of the first row, each by a call of its method for one step. */
  double[] steps(StepMethods methods, Object stream, NetData data) {
    int times = port(methods).shape()[0];
    int elements = methods.output().port().elements();
    double[] all = new double[times * elements];
    for (int time = 0; time < times; time++) {
      double[] one = step(methods, stream, data, time);
      System.arraycopy(one, 0, all, time * elements, elements);
    }
    return all;
  }

  /** {@code stepP(stream, x at the time, out)}. */
  double[] step(StepMethods methods, Object stream, NetData data, int time) {
    Object out = outArray(methods.output().port(), 1);
    call(network, methods.step(), stepArguments(methods, stream, data, time, out));
    return numbers(out);
  }

  /** The method for one step, ready to be called again and again with what comes at the first time. */
  MethodHandle stepCall(StepMethods methods, Object stream, NetData data) {
    Object out = outArray(methods.output().port(), 1);
    return bound(methods.step(), stepArguments(methods, stream, data, 0, out));
  }

  Object stream(StepMethods methods) {
    return call(network, methods.stream());
  }

  private Metadata.Port port(StepMethods methods) {
    return metadata.outputs().stream()
        .filter(output -> output.name().equals(methods.output().port().name()))
        .findFirst()
        .orElseThrow();
  }

  private Object[] stepArguments(
      StepMethods methods, Object stream, NetData data, int time, Object out) {
    var arguments = new ArrayList<Object>();
    arguments.add(stream);
    for (StepMethods.Input input : methods.inputs()) {
      Metadata.Port one = input.port().port();
      Tensor rows = data.columns().get(one.name());
      int[] shape = Arrays.copyOfRange(rows.shape(), 1, rows.rank());
      Tensor now = input.axis() >= 0 ? at(rows, shape, input.axis(), time) : rows;
      Object array = array(one, now, one.elements());
      arguments.add(one.shape().length == 0 ? Array.get(array, 0) : array);
    }
    arguments.add(out);
    return arguments.toArray();
  }

  /** Of the first row what stands at one position of an axis. */
  private static Tensor at(Tensor rows, int[] shape, int axis, int position) {
    int length = shape[axis];
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= shape[i];
    }
    int elements = Arrays.stream(shape).reduce(1, Math::multiplyExact) / length;
    double[] found = new double[elements];
    for (int i = 0; i < elements; i++) {
      found[i] = rows.get(i / inner * inner * length + position * inner + i % inner);
    }
    return Tensor.of(found, elements).as(rows.dtype());
  }

  /** Every method that takes a workspace, ready to be called without another argument. */
  List<MethodHandle> workspaceCalls(Object workspace, NetData data) {
    var calls = new ArrayList<MethodHandle>();
    for (Metadata.Port output : metadata.outputs()) {
      Object out = outArray(output, data.rows());
      calls.add(bound(JavaNames.of(output.name()), rowArguments(output, workspace, data, out)));
    }
    if (!metadata.outputs().isEmpty()) {
      calls.add(bound("run", runArguments(workspace, data)));
    }
    if (!metadata.losses().isEmpty()) {
      calls.add(
          bound("gradients", gradientArguments(workspace, data, new Gradients(metadata))));
    }
    return calls;
  }

  /** The method of an output that takes what is given; ready to be called. */
  MethodHandle givenCall(Metadata.Conditional conditional, Object workspace, NetData given) {
    Metadata.Port output = conditional.output();
    Object out = outArray(output, given.rows());
    return bound(JavaNames.of(output.name()), rowArguments(output, workspace, given, out));
  }

  private MethodHandle bound(String name, Object[] arguments) {
    try {
      MethodHandle handle =
          MethodHandles.publicLookup().unreflect(method(network, name, arguments));
      MethodHandle all = MethodHandles.insertArguments(handle.bindTo(network), 0, arguments);
      return all.type().returnType() == void.class ? all : MethodHandles.dropReturn(all);
    } catch (IllegalAccessException e) {
      throw new AssertionError(name + " is not public", e);
    }
  }

  private Object[] rowArguments(
      Metadata.Port output, Object workspace, NetData data, Object out) {
    var arguments = new ArrayList<Object>();
    arguments.add(workspace);
    inputs(output).forEach(input -> arguments.add(array(input, data)));
    arguments.add(data.rows());
    arguments.add(out);
    return arguments.toArray();
  }

  private Object[] runArguments(Object workspace, NetData data) {
    var arguments = new ArrayList<Object>();
    arguments.add(workspace);
    metadata.inputs().forEach(input -> arguments.add(array(input, data)));
    arguments.add(data.rows());
    return arguments.toArray();
  }

  private Object[] gradientArguments(Object workspace, NetData data, Gradients sink) {
    var arguments = new ArrayList<Object>();
    arguments.add(workspace);
    Stream.concat(metadata.inputs().stream(), metadata.targets().stream())
        .forEach(port -> arguments.add(array(port, data)));
    arguments.add(data.rows());
    arguments.add(sink);
    return arguments.toArray();
  }

  private List<Metadata.Port> inputs(Metadata.Port output) {
    for (Metadata.Conditional conditional : metadata.conditionals()) {
      if (conditional.output().name().equals(output.name())) {
        return conditional.given();
      }
    }
    return output.needs().stream()
        .map(
            name ->
                metadata.inputs().stream()
                    .filter(i -> i.name().equals(name))
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  private Object outArray(Metadata.Port output, int rows) {
    int length = (output.perExample() ? rows : 1) * output.elements();
    return switch (output.type()) {
      case REAL -> single ? new float[length] : new double[length];
      case INDEX -> new int[length];
      case BOOL -> new boolean[length];
    };
  }

  private Object array(Metadata.Port port, NetData data) {
    return array(port, data.columns().get(port.name()), data.rows() * port.elements());
  }

  /** The first elements of a tensor as the class takes them. */
  private Object array(Metadata.Port port, Tensor tensor, int length) {
    return switch (port.type()) {
      case REAL ->
          single
              ? Arrays.copyOf(tensor.floats(), length)
              : Arrays.copyOf(tensor.doubles(), length);
      case INDEX -> Arrays.copyOf(tensor.ints(), length);
      case BOOL -> Arrays.copyOf(tensor.booleans(), length);
    };
  }

  private static double[] numbers(Object result) {
    if (!result.getClass().isArray()) {
      return new double[] {number(result)};
    }
    double[] numbers = new double[Array.getLength(result)];
    Arrays.setAll(numbers, i -> number(Array.get(result, i)));
    return numbers;
  }

  private static double number(Object value) {
    return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
  }

  private static Method method(Object target, String name, Object[] arguments) {
    return Stream.of(target.getClass().getMethods())
        .filter(m -> m.getName().equals(name) && fits(m.getParameterTypes(), arguments))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    target.getClass() + " has no " + name + " for "
                        + Stream.of(arguments).map(a -> a.getClass().getSimpleName()).toList()));
  }

  private static boolean fits(Class<?>[] types, Object[] arguments) {
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      Class<?> boxed = Array.get(Array.newInstance(types[i], 1), 0) instanceof Object zero
          ? zero.getClass()
          : types[i];
      if (!boxed.isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static Object call(Object target, String name, Object... arguments) {
    try {
      return method(target, name, arguments).invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(name + " is not public", e);
    }
  }
}

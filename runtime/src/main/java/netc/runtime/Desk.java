package netc.runtime;

import java.util.Arrays;
import java.util.List;

/** What a workspace does, in either precision: collects the arrays of a call, runs it block by block. */
final class Desk {
  private final Network made;
  private final int most;
  private final FormRunner[] runners;
  private final Object[][] sources;
  private final Object[][] targets;
  private final Object[] kept;
  private Backward backward;

  private Network network;
  private FormLayout layout;
  private int rows;
  private long seed;
  private long calls;

  Desk(Network network, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a workspace is for at least one row, not " + most);
    }
    made = network;
    this.most = most;
    int forms = network.layouts.length;
    runners = new FormRunner[forms];
    sources = new Object[forms][];
    targets = new Object[forms][];
    kept = new Object[network.metadata().outputs().size()];
  }

  void seed(long newSeed) {
    seed = newSeed;
    calls = 0;
  }

  int rows() {
    return most;
  }

  void begin(Network caller, int form, int count) {
    if (caller.getClass() != made.getClass()) {
      throw new IllegalArgumentException(
          Messages.otherNetwork(caller.metadata(), made.metadata()));
    }
    if (count < 1 || count > most) {
      throw new IllegalArgumentException(Messages.rows(caller.metadata(), count, most));
    }
    network = caller;
    layout = caller.layouts[form];
    rows = count;
    if (sources[form] == null) {
      sources[form] = new Object[layout.inputNames.length];
      targets[form] = new Object[layout.resultNames.length];
    }
  }

  void input(int input, Object values, int length) {
    Metadata metadata = network.metadata();
    Checks.rows(metadata, layout, input, values, length, rows, false);
    if (values instanceof int[] indices) {
      int count = rows * layout.inputSlots[input].size();
      Checks.range(metadata, layout.inputPorts[input], layout.inputNames[input], indices, count);
    }
    sources[layout.number][input] = values;
  }

  void output(int result, Object values, int length) {
    String name = layout.resultNames[result];
    Metadata.Port port = layout.resultPorts[result];
    if (values == null) {
      throw new NullPointerException(Messages.missing(network.metadata(), name, port.line()));
    }
    int copies = port.perExample() ? rows : 1;
    long needed = (long) copies * port.elements();
    if (length < needed) {
      throw new IllegalArgumentException(
          Messages.length(network.metadata(), name, port.line(), needed, length, copies));
    }
    targets[layout.number][result] = values;
  }

  void keepOutputs() {
    List<Metadata.Port> outputs = network.metadata().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      Metadata.Port port = outputs.get(i);
      if (kept[i] == null) {
        kept[i] = array(port, Math.multiplyExact(port.perExample() ? most : 1, port.elements()));
      }
    }
    for (int result = 0; result < layout.resultPorts.length; result++) {
      targets[layout.number][result] = kept[outputs.indexOf(layout.resultPorts[result])];
    }
  }

  Object kept(int output) {
    if (kept[output] == null) {
      throw new IllegalStateException("nothing was computed yet: call run(workspace, …) first");
    }
    return kept[output];
  }

  void compute() {
    FormRunner runner = runner();
    runner.draw(seed, calls++);
    Object[] from = sources[layout.number];
    Object[] to = targets[layout.number];
    int step = layout.form.blockRows();
    for (int first = 0; first < rows; first += step) {
      int count = Math.min(step, rows - first);
      for (int i = 0; i < from.length; i++) {
        runner.fill(i, from[i], null, first, count);
      }
      runner.run(network.weights(), count, first, rows);
      for (int i = 0; i < to.length; i++) {
        if (to[i] != null) {
          runner.read(i, network.weights(), to[i], first, count);
        }
      }
    }
    Arrays.fill(from, null);
    Arrays.fill(to, null);
  }

  double gradients(Gradients gradients) {
    if (backward == null) {
      backward = new Backward(network, 1);
    }
    Object[] from = sources[layout.number];
    backward.draw(seed, calls++);
    backward.run(network.weights(), from, null, 0, rows, Tasks.SEQUENTIAL);
    Arrays.fill(from, null);
    backward.copyTo(gradients);
    return backward.loss();
  }

  private FormRunner runner() {
    int form = layout.number;
    if (runners[form] == null) {
      runners[form] = new FormRunner(layout, network.code());
    }
    return runners[form];
  }

  private Object array(Metadata.Port port, int length) {
    if (port.type() == Metadata.Type.REAL) {
      return network.precision() == Precision.F32 ? new float[length] : new double[length];
    }
    return port.type() == Metadata.Type.INDEX ? new int[length] : new boolean[length];
  }
}

package netc.runtime;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * All that is mutable while a network computes batches: made once, for at most so many rows, used by
 * one thread at a time. It collects the arrays of a call, then runs it block by block, a single row by the
 * form for one. After the first call of each method nothing is allocated, unless there is an executor.
 */
public abstract class Workspace {
  private final Network made;
  private final int most;
  private final FormRunner[][] runners;
  private final Object[][] sources;
  private final Object[][] targets;
  private final Object[] kept;
  private Backward backward;
  private int threads = 1;
  private Tasks tasks = Tasks.SEQUENTIAL;

  private Network network;
  private FormLayout layout;
  private int rows;
  private long seed;
  private long calls;

  protected Workspace(Network network, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a workspace is for at least one row, not " + most);
    }
    made = network;
    this.most = most;
    int forms = network.layouts.length;
    runners = new FormRunner[forms][];
    sources = new Object[forms][];
    targets = new Object[forms][];
    kept = new Object[network.metadata().outputs().size()];
  }

  /**
   * The seed of what a net draws while it predicts, 0 before; each call draws anew, and the numbers of
   * the calls after this one depend on the seed and their count only.
   */
  public final void seed(long newSeed) {
    seed = newSeed;
    calls = 0;
  }

  /**
   * Lets several threads compute what is called from now on: blocks of rows, and shares of the large
   * kernels of a single row. Every bit is the same for any number of threads.
   *
   * @param executor has the other threads; nobody closes it here
   * @param count the threads at work at once, the calling one among them
   */
  public final void executor(Executor executor, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("there is at least one thread, not " + count);
    }
    threads = count;
    tasks = count == 1 ? Tasks.SEQUENTIAL : new Team(Objects.requireNonNull(executor), count);
    Arrays.fill(runners, null);
  }

  /** The most rows of a call. */
  public final int rows() {
    return most;
  }

  /**
   * A real output of the last {@code run}, row-major, its position as in {@link Metadata#outputs()}. It
   * is the workspace's own array, {@code rows()} long, overwritten by the next call.
   */
  protected final float[] floats(int output) {
    return (float[]) kept(output);
  }

  /** As {@link #floats}, of a network in doubles. */
  protected final double[] doubles(int output) {
    return (double[]) kept(output);
  }

  /** As {@link #floats}, of an output of type {@code index(N)}. */
  protected final int[] indices(int output) {
    return (int[]) kept(output);
  }

  /** As {@link #floats}, of an output of type {@code bool}. */
  protected final boolean[] flags(int output) {
    return (boolean[]) kept(output);
  }

  final void begin(Network caller, int form, int count) {
    if (caller.getClass() != made.getClass()) {
      throw new IllegalArgumentException(
          Messages.otherNetwork(caller.metadata(), made.metadata()));
    }
    Form asked = caller.layouts[form].form;
    if (caller.usesVectors(asked) != made.usesVectors(asked)) {
      throw new IllegalArgumentException(
          Messages.otherFlavour("a workspace", caller, asked, "workspace(rows)"));
    }
    if (count < 1 || count > most) {
      throw new IllegalArgumentException(Messages.rows(caller.metadata(), count, most));
    }
    network = caller;
    layout = count == 1 ? caller.singles[form] : caller.batched[form];
    rows = count;
    if (sources[layout.number] == null) {
      sources[layout.number] = new Object[layout.inputNames.length];
      targets[layout.number] = new Object[layout.resultNames.length];
    }
  }

  final void input(int input, Object values) {
    Metadata metadata = network.metadata();
    Checks.rows(metadata, layout, input, values, rows, false);
    if (values instanceof int[] indices) {
      int count = rows * layout.inputSlots[input].size();
      Checks.range(metadata, layout.inputPorts[input], layout.inputNames[input], indices, count);
    }
    sources[layout.number][input] = values;
  }

  final void output(int result, Object values) {
    String name = layout.resultNames[result];
    Metadata.Port port = layout.resultPorts[result];
    if (values == null) {
      throw new NullPointerException(Messages.missing(network.metadata(), name, port.line()));
    }
    int copies = port.perExample() ? rows : 1;
    long needed = (long) copies * port.elements();
    int length = Array.getLength(values);
    if (length < needed) {
      throw new IllegalArgumentException(
          Messages.length(network.metadata(), name, port.line(), needed, length, copies));
    }
    targets[layout.number][result] = values;
  }

  final void keepOutputs() {
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

  private Object kept(int output) {
    if (kept[output] == null) {
      throw new IllegalStateException("nothing was computed yet: call run(workspace, …) first");
    }
    return kept[output];
  }

  final void compute() {
    Object[] from = sources[layout.number];
    Object[] to = targets[layout.number];
    long call = calls++;
    int step = runner(0).examples();
    int blocks = (rows + step - 1) / step;
    int runs = layout.form.hasBarriers() ? 1 : Math.min(threads, blocks);
    if (runs == 1) {
      run(runner(0), call, from, to, 0, rows);
    } else {
      runner(runs - 1);
      tasks.run(
          runs,
          i ->
              run(
                  runner(i), call, from, to, blocks * i / runs * step,
                  Math.min(rows, blocks * (i + 1) / runs * step)));
    }
    Arrays.fill(from, null);
    Arrays.fill(to, null);
  }

  /** Some of the rows, block after block. */
  private void run(FormRunner runner, long call, Object[] from, Object[] to, int start, int end) {
    runner.draw(seed, call);
    int step = runner.examples();
    for (int first = start; first < end; first += step) {
      int count = Math.min(step, end - first);
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
  }

  final double gradients(Gradients gradients) {
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

  /** One of the runners of the form, made with all before it. */
  private FormRunner runner(int position) {
    FormRunner[] known = runners[layout.number];
    if (known == null) {
      known = new FormRunner[threads];
      runners[layout.number] = known;
    }
    for (int i = 0; i <= position; i++) {
      if (known[i] == null) {
        known[i] = FormRunner.ofPredictions(layout, network, (most + threads - 1) / threads);
        known[i].block().shares = threads == 1 ? null : new Shares(network.code(), tasks);
      }
    }
    return known[position];
  }

  private Object array(Metadata.Port port, int length) {
    if (port.type() == Metadata.Type.REAL) {
      return network.precision().array(length);
    }
    return port.type() == Metadata.Type.INDEX ? new int[length] : new boolean[length];
  }
}

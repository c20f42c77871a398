package netc.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A compiled network with its weights: immutable, and safe for any number of threads. What an
 * application calls are the typed methods of the generated subclass; this is the surface for tools,
 * which know the net only at run time and pass data as tensors by name.
 *
 * <p>The tensors of inputs, targets and outputs have the rows as their first axis.
 *
 * <p>The protected methods are what the typed ones are made of: {@code form}, {@code input} and {@code
 * result} are positions in {@link Metadata#forms()}, {@link Form#inputs()} and {@link Form#results()}. One
 * example: {@code begin}, {@code input}…, {@code compute}, {@code output}, {@code end}. A batch in a
 * workspace: {@code begin}, {@code input}…, {@code output} or {@code outputs}, {@code compute}.
 */
public abstract class Network {
  private final Weights weights;
  private final Flavour flavour;

  /** Whether somebody asked for the flavour: then tiny forms have it, too. */
  private final boolean isAskedFor;

  final FormLayout[] layouts;

  /** Per form, the one for a single example where there is such, else the form itself. */
  final FormLayout[] singles;

  /** Per form, the one for a batch in this flavour where there is such, else the form itself. */
  final FormLayout[] batched;

  /** Per form, a block to borrow, so that a call for one example allocates none. */
  final AtomicReferenceArray<Block> spares;

  /** The weights are not copied; nobody may write to them any more. */
  protected Network(Weights weights) {
    Metadata metadata = metadata();
    check(metadata, weights);
    this.weights = weights;
    flavour = weights.flavour == null ? Flavour.current() : weights.flavour;
    isAskedFor = weights.flavour != null || Flavour.isAskedFor();
    layouts = new FormLayout[metadata.forms().size()];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = new FormLayout(metadata, i);
    }
    singles = new FormLayout[layouts.length];
    batched = new FormLayout[layouts.length];
    for (int i = 0; i < layouts.length; i++) {
      Form form = layouts[i].form;
      singles[i] = layout(form.name() + ".one").orElse(layouts[i]);
      batched[i] = layout(form.name() + (usesVectors(form) ? ".rows" : "")).orElse(layouts[i]);
    }
    spares = new AtomicReferenceArray<>(layouts.length);
  }

  /** Names, shapes, provenance; the same object at each call. */
  public abstract Metadata metadata();

  /** Writes parameters and states to a safetensors file, atomically. */
  public abstract void save(Path file);

  protected abstract Code code();

  protected abstract Network with(Weights weights);

  final Weights weights() {
    return weights;
  }

  public final Precision precision() {
    return weights.precision();
  }

  /** The paths of parameters and states, in text order; the generated {@code NAMES}. */
  public static List<String> names(Metadata metadata) {
    List<String> names = new ArrayList<>();
    for (Metadata.Variable variable : metadata.variables()) {
      names.add(variable.path());
    }
    return List.copyOf(names);
  }

  /** Path → shape of parameters and states; the generated {@code SHAPES}. */
  public static Map<String, List<Integer>> shapes(Metadata metadata) {
    var shapes = new LinkedHashMap<String, List<Integer>>();
    for (Metadata.Variable variable : metadata.variables()) {
      List<Integer> shape = new ArrayList<>();
      for (int size : variable.shape()) {
        shape.add(size);
      }
      shapes.put(variable.path(), List.copyOf(shape));
    }
    return java.util.Collections.unmodifiableMap(shapes);
  }

  /** A copy of the parameter of this path. */
  public final Tensor parameter(String path) {
    return variable(path, true);
  }

  /** A copy of the state of this path. */
  public final Tensor state(String path) {
    return variable(path, false);
  }

  /** Copies of all parameters by path, in text order. */
  public final Map<String, Tensor> parameters() {
    return variables(true);
  }

  /** Copies of all states by path, in text order. */
  public final Map<String, Tensor> states() {
    return variables(false);
  }

  /** A copy of parameters and states, in the order of {@link Metadata#variables()}. */
  public final Weights copyOfWeights() {
    return weights.copy();
  }

  /** A network that differs in the given parameters or states; shapes must agree. */
  public Network withParameters(Map<String, Tensor> changes) {
    List<Metadata.Variable> variables = metadata().variables();
    Weights changed = weights.copy();
    for (Map.Entry<String, Tensor> change : changes.entrySet()) {
      int at = position(change.getKey());
      Metadata.Variable variable = variables.get(at);
      if (!java.util.Arrays.equals(variable.shape(), change.getValue().shape())) {
        throw new IllegalArgumentException(
            Messages.shape(metadata(), variable, change.getValue()));
      }
      changed.set(at, change.getValue());
    }
    return with(changed);
  }

  /** The flavour of its code, for as long as it lives; that of tiny forms is said at {@link Flavour#VECTOR}. */
  public final Flavour flavour() {
    return flavour;
  }

  /** Whether the kernels that use vectors are taken for a form; for tools. */
  public final boolean usesVectors(Form form) {
    return flavour == Flavour.VECTOR && (isAskedFor || !form.isTiny());
  }

  /**
   * A network with the same weights whose code has this flavour, whatever the JVM and the property {@link
   * Flavour#PROPERTY} say; so have networks made of it, by a trainer, too. Workspaces and streams fit
   * networks of their own flavour only.
   *
   * @throws IllegalStateException when it is {@link Flavour#VECTOR} and the JVM has no module of vectors
   */
  public Network withFlavour(Flavour chosen) {
    chosen.check(metadata().className() + ".withFlavour(" + chosen + ")");
    return with(weights.in(chosen));
  }

  /** All outputs of all rows, by name. A target may be in {@code inputs}; it is not read. */
  public final Map<String, Tensor> predict(Map<String, Tensor> inputs, int rows) {
    return predict(inputs, rows, 0);
  }

  /** As {@link #predict(Map, int)}; what the net draws, it draws with this seed instead of 0. */
  public final Map<String, Tensor> predict(Map<String, Tensor> inputs, int rows, long seed) {
    return new Batches(this, seed).predict(inputs, rows);
  }

  /** Losses, penalties and metrics over all rows. */
  public final Evaluation evaluate(Map<String, Tensor> inputsAndTargets, int rows) {
    return evaluate(inputsAndTargets, rows, 0);
  }

  /** As {@link #evaluate(Map, int)}, with another seed. */
  public final Evaluation evaluate(Map<String, Tensor> inputsAndTargets, int rows, long seed) {
    return new Batches(this, seed).evaluate(inputsAndTargets, rows);
  }

  /** The objective of the rows in training mode and its gradients. */
  public final Derivatives gradients(Map<String, Tensor> inputsAndTargets, int rows) {
    return gradients(inputsAndTargets, rows, 0);
  }

  /** As {@link #gradients(Map, int)}, with another seed. */
  public final Derivatives gradients(Map<String, Tensor> inputsAndTargets, int rows, long seed) {
    return new Batches(this, seed).gradients(inputsAndTargets, rows);
  }

  /** A runner of the form of this name, when the net has it; for tools. */
  public final Optional<FormRunner> runner(String form) {
    return layout(form).map(layout -> new FormRunner(batched[layout.number], this));
  }

  private Optional<FormLayout> layout(String form) {
    for (FormLayout layout : layouts) {
      if (layout.form.name().equals(form)) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
  }

  // ---------- for generated code: one example ----------

  /** A block for the form: borrowed, or new when another thread has it. */
  protected final Block begin(int form) {
    Block block = spares.getAndSet(form, null);
    return block != null ? block : new Block(layouts[form].form, usesVectors(layouts[form].form));
  }

  protected final void input(int form, Block block, int input, int[] values) {
    Slot slot = Checks.one(this, form, input, values);
    Checks.range(this, form, input, values, slot.size());
    System.arraycopy(values, 0, block.ints[slot.position()], 0, slot.size());
  }

  protected final void input(int form, Block block, int input, int value) {
    Checks.range(this, form, input, value);
    block.ints[layouts[form].inputSlots[input].position()][0] = value;
  }

  protected final void input(int form, Block block, int input, boolean[] values) {
    Slot slot = Checks.one(this, form, input, values);
    int[] target = block.ints[slot.position()];
    for (int i = 0; i < slot.size(); i++) {
      target[i] = values[i] ? 1 : 0;
    }
  }

  protected final void input(int form, Block block, int input, boolean value) {
    block.ints[layouts[form].inputSlots[input].position()][0] = value ? 1 : 0;
  }

  protected final void compute(int form, Block block) {
    layouts[form].draws.fill(block, 0, 0, 0, 1);
    code().run(form, 0, weights(), block, 1, 0, 1);
  }

  protected final int[] outputIndices(int form, Block block, int result) {
    return block.ints[layouts[form].resultSlots[result].position()].clone();
  }

  protected final int outputIndex(int form, Block block, int result) {
    return block.ints[layouts[form].resultSlots[result].position()][0];
  }

  protected final boolean[] outputFlags(int form, Block block, int result) {
    int[] values = block.ints[layouts[form].resultSlots[result].position()];
    boolean[] flags = new boolean[values.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = values[i] != 0;
    }
    return flags;
  }

  protected final boolean outputFlag(int form, Block block, int result) {
    return block.ints[layouts[form].resultSlots[result].position()][0] != 0;
  }

  /** Gives the block back. */
  protected final void end(int form, Block block) {
    spares.set(form, block);
  }

  // ---------- for generated code: a batch, in a workspace ----------

  /** Starts a call of a form for so many rows. */
  protected final void begin(Workspace workspace, int form, int rows) {
    workspace.begin(this, form, rows);
  }

  /** The rows of an input, row-major: float[], double[], int[] or boolean[], as the input demands. */
  protected final void input(Workspace workspace, int input, Object rows) {
    workspace.input(input, rows);
  }

  /** Where a result of all rows goes, row-major; one that no input reaches is written once. */
  protected final void output(Workspace workspace, int result, Object rows) {
    workspace.output(result, rows);
  }

  /** Sends every output into the workspace's own arrays, which its typed accessors hand out. */
  protected final void outputs(Workspace workspace) {
    workspace.keepOutputs();
  }

  protected final void compute(Workspace workspace) {
    workspace.compute();
  }

  // ---------- for generated code: one step of a stream ----------

  /** A stream of the form {@code step:<output>} before its first step. */
  protected final Stream stream(int form) {
    return new Stream(this, form);
  }

  /** Begins a step; the block is to be filled with what comes at this time. */
  protected final Block begin(Stream stream, int form) {
    stream.begin(this, form);
    return stream.block;
  }

  /** Computes a step, copies the output into an array, and keeps what the next step needs. */
  protected final void step(Stream stream, int form, Object output) {
    code().run(form, 0, weights, stream.block, 1, 0, 1);
    stream.end(output);
  }

  final FormRunner needRunner(String form) {
    return new FormRunner(needLayout(form), this);
  }

  /** For predictions of so many rows. */
  final FormRunner needPredictor(String form, int rows) {
    return FormRunner.ofPredictions(needLayout(form), this, rows);
  }

  private FormLayout needLayout(String form) {
    Optional<FormLayout> layout = layout(form);
    if (layout.isEmpty()) {
      throw new UnsupportedOperationException(Messages.noForm(metadata(), form));
    }
    return batched[layout.get().number];
  }

  private int position(String path) {
    List<Metadata.Variable> variables = metadata().variables();
    for (int i = 0; i < variables.size(); i++) {
      if (variables.get(i).path().equals(path)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        Messages.unknown("parameter or state", path, names(metadata())));
  }

  private Tensor variable(String path, boolean trained) {
    int at = position(path);
    Metadata.Variable variable = metadata().variables().get(at);
    if (variable.trained() != trained) {
      throw new IllegalArgumentException(
          "`" + path + "` is a " + (trained ? "state" : "parameter") + ", not a "
              + (trained ? "parameter" : "state"));
    }
    return weights.tensor(at, variable.shape());
  }

  private Map<String, Tensor> variables(boolean trained) {
    var tensors = new LinkedHashMap<String, Tensor>();
    List<Metadata.Variable> variables = metadata().variables();
    for (int i = 0; i < variables.size(); i++) {
      Metadata.Variable variable = variables.get(i);
      if (variable.trained() == trained) {
        tensors.put(variable.path(), weights.tensor(i, variable.shape()));
      }
    }
    return tensors;
  }

  private static void check(Metadata metadata, Weights weights) {
    List<Metadata.Variable> variables = metadata.variables();
    boolean fits =
        weights.precision() == metadata.precision() && weights.count() == variables.size();
    for (int i = 0; fits && i < variables.size(); i++) {
      fits = weights.elements(i) == variables.get(i).elements();
    }
    if (!fits) {
      throw new IllegalArgumentException("these weights are not of " + metadata.className());
    }
  }
}

package netc.runtime;

import java.nio.file.Path;
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
 */
public abstract class Network {
  private final Weights weights;
  final FormLayout[] layouts;

  /** Per form, a block to borrow, so that a call for one example allocates none. */
  final AtomicReferenceArray<Block> spares;

  /** The weights are not copied; nobody may write to them any more. */
  protected Network(Weights weights) {
    Metadata metadata = metadata();
    check(metadata, weights);
    this.weights = weights;
    layouts = new FormLayout[metadata.forms().size()];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = new FormLayout(metadata, i);
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
    return metadata.variables().stream().map(Metadata.Variable::path).toList();
  }

  /** Path → shape of parameters and states; the generated {@code SHAPES}. */
  public static Map<String, List<Integer>> shapes(Metadata metadata) {
    var shapes = new LinkedHashMap<String, List<Integer>>();
    for (Metadata.Variable variable : metadata.variables()) {
      shapes.put(variable.path(), java.util.Arrays.stream(variable.shape()).boxed().toList());
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

  /** All outputs of all rows, by name. A target may be in {@code inputs}; it is not read. */
  public final Map<String, Tensor> predict(Map<String, Tensor> inputs, int rows) {
    return new Batches(this).predict(inputs, rows);
  }

  /** Losses, penalties and metrics over all rows. */
  public final Evaluation evaluate(Map<String, Tensor> inputsAndTargets, int rows) {
    return new Batches(this).evaluate(inputsAndTargets, rows);
  }

  /** The objective of the rows in training mode and its gradients. */
  public final Derivatives gradients(Map<String, Tensor> inputsAndTargets, int rows) {
    return new Batches(this).gradients(inputsAndTargets, rows);
  }

  /** A runner of the form of this name, when the net has it; for tools. */
  public final Optional<FormRunner> runner(String form) {
    for (FormLayout layout : layouts) {
      if (layout.form.name().equals(form)) {
        return Optional.of(new FormRunner(layout, code()));
      }
    }
    return Optional.empty();
  }

  final FormRunner needRunner(String form) {
    return runner(form)
        .orElseThrow(
            () -> new UnsupportedOperationException(Messages.noForm(metadata(), form)));
  }

  private int position(String path) {
    List<Metadata.Variable> variables = metadata().variables();
    for (int i = 0; i < variables.size(); i++) {
      if (variables.get(i).path().equals(path)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        Messages.unknown(
            "parameter or state", path, variables.stream().map(v -> v.path()).toList()));
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

package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.CompileOptions;
import netc.CompileResult;
import netc.CompiledNet;
import netc.Netc;
import netc.data.Dataset;
import netc.interpret.Values;
import netc.ir.Model;
import netc.runtime.Derivatives;
import netc.runtime.Evaluation;
import netc.runtime.Fitting;
import netc.runtime.Flavour;
import netc.runtime.Gradients;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Rows;
import netc.runtime.Stream;
import netc.runtime.Tasks;
import netc.runtime.Tensor;
import netc.runtime.Weights;
import netc.source.Renderer;
import netc.source.SourceFile;
import netc.train.Sgd;
import netc.train.Trainer;

/**
 * Proves a net: its classes, in both precisions and both flavours of code, say what the interpreter says of predictions, losses,
 * metrics, fitted states and all gradients, for batches of 1, 7 and 64 rows of random data (fewer for
 * nets on which the interpreter is slow), through the generic methods and through the typed ones.
 *
 * <p>{@code GeneratedVersusInterpreter.check(text)} is all a test needs; {@code of(text).withReals(0.1,
 * 0.9).check()} where the net wants other data.
 *
 * <p>Tolerances, in proportion to the largest number of a tensor ({@link Closeness}): 1e-10 for doubles
 * and 2e-4 for floats.
 */
public final class GeneratedVersusInterpreter {
  private static final double F64_TOLERANCE = 1e-10;
  private static final double F32_TOLERANCE = 2e-4;
  private static final long MOST_POINTS = 10_000_000;

  private final SourceFile source;
  private double low = -1;
  private double high = 1;
  private Map<String, Double> sizes = Map.of();
  private boolean allowsNaN;
  private boolean onlyDoubles;
  private int[] batches = {};
  private double share = Closeness.SMALLEST_SHARE;

  private GeneratedVersusInterpreter(SourceFile source) {
    this.source = source;
  }

  /** Proves every net of a text, which must compile. */
  public static void check(String text) {
    of(text).check();
  }

  public static GeneratedVersusInterpreter of(String text) {
    return of(new SourceFile("test.net", text));
  }

  public static GeneratedVersusInterpreter of(SourceFile source) {
    return new GeneratedVersusInterpreter(source);
  }

  /** The range of real inputs and targets instead of -1 to 1. */
  public GeneratedVersusInterpreter withReals(double least, double greatest) {
    low = least;
    high = greatest;
    return this;
  }

  /** Other values for a {@code dim} or {@code const} of the net: a smaller net of the same kind. */
  public GeneratedVersusInterpreter withSizes(Map<String, Double> others) {
    sizes = others;
    return this;
  }

  /** NaN is a result like another; without this it fails the test, since it may hide anything. */
  public GeneratedVersusInterpreter allowingNaN() {
    allowsNaN = true;
    return this;
  }

  /** Some gradients are 0 in theory, such as that of a bias in front of a batch norm. */
  public GeneratedVersusInterpreter withGradientsThatCancel() {
    share = 1;
    return this;
  }

  /** Doubles only, 3 and 37 rows: where a rounded number may take another branch, and for speed. */
  public GeneratedVersusInterpreter onlyDoubles() {
    onlyDoubles = true;
    return this;
  }

  /** Other numbers of rows than 1, 7 and 64, to save time. */
  public GeneratedVersusInterpreter withBatches(int... rows) {
    batches = rows;
    return this;
  }

  public void check() {
    if (onlyDoubles) {
      compile(Precision.F64, true).nets().forEach(this::checkDoubles);
      return;
    }
    CompileResult single = compile(Precision.F32, true);
    CompileResult twice = compile(Precision.F64, true);
    List<CompiledNet> plain = compile(Precision.F32, false).nets();
    for (int net = 0; net < single.nets().size(); net++) {
      check(single.nets().get(net), twice.nets().get(net), plain.get(net));
    }
  }

  private void checkDoubles(CompiledNet net) {
    Network doubles = net.load().init(5);
    for (int rows : new int[] {3, 37}) {
      NetData data = NetData.random(net.model(), doubles, rows, low, high);
      var expected = Expected.of(new Reference(net.model(), data));
      Flavours.each(
          () -> {
            var closeness = new Closeness(F64_TOLERANCE, 1e-12, 1, allowsNaN);
            agree(expected, data, doubles, closeness);
            given(net.model(), data, doubles, closeness);
          });
    }
  }

  private CompileResult compile(Precision precision, boolean inspect) {
    var options = new CompileOptions(precision, sizes, inspect);
    CompileResult result = Netc.compile(source, options);
    if (result.hasErrors()) {
      fail(Renderer.plain().render(result.diagnostics()));
    }
    result.nets().forEach(net -> ClassFiles.verify(net.classes()));
    return result;
  }

  private void check(CompiledNet single, CompiledNet twice, CompiledNet plain) {
    Network floats = single.load().init(5);
    Network doubles = twice.load().init(5);
    Network plainFloats = plain.load().init(5);
    for (int rows : batches.length > 0 ? batches : batches(twice.model())) {
      NetData data = NetData.random(twice.model(), doubles, rows, low, high);
      var expected = Expected.of(new Reference(twice.model(), data));
      Flavours.each(
          () -> {
            agree(expected, data, floats, new Closeness(F32_TOLERANCE, 0, share, allowsNaN));
            agree(expected, data, doubles, new Closeness(F64_TOLERANCE, 0, share, allowsNaN));
            given(twice.model(), data, floats, new Closeness(F32_TOLERANCE, 0, share, allowsNaN));
            given(twice.model(), data, doubles, new Closeness(F64_TOLERANCE, 0, share, allowsNaN));
            plainGradients(expected, data, plainFloats);
          });
    }
  }

  /** A block has 32 rows: the largest batch that the interpreter can do in time crosses its border. */
  private static int[] batches(Model model) {
    long most = MOST_POINTS / Math.max(1, Reference.pointsOfARow(model));
    return most >= 64 ? new int[] {1, 7, 64} : most >= 33 ? new int[] {1, 7, 33} : new int[] {1, 3};
  }

  private record Expected(
      Map<String, Values> outputs,
      Optional<Reference.Evaluated> evaluated,
      Map<String, Values> fitted,
      Optional<Reference.Derived> derived) {

    static Expected of(Reference reference) {
      return new Expected(
          reference.predict(),
          reference.has("evaluate") ? Optional.of(reference.evaluate()) : Optional.empty(),
          reference.fit(),
          reference.has("train") ? Optional.of(reference.train()) : Optional.empty());
    }
  }

  private void plainGradients(Expected expected, NetData data, Network initial) {
    if (expected.derived().isPresent()) {
      Derivatives found =
          initial.withParameters(data.weights()).gradients(data.columns(), data.rows());
      new Closeness(F32_TOLERANCE, 0, share, allowsNaN)
          .check(
              "F32, not inspecting, " + data.rows() + " rows, gradient",
              expected.derived().get().parameters(),
              found.parameters());
    }
  }

  private static void agree(
      Expected expected, NetData data, Network initial, Closeness closeness) {
    Network network = initial.withParameters(data.weights());
    String what =
        network.metadata().className() + ", " + network.precision() + ", " + Flavour.current() + ", "
            + data.rows() + " rows";
    Map<String, Tensor> outputs = network.predict(data.columns(), data.rows());
    closeness.check(what + ", output", expected.outputs(), outputs);
    typedOutputs(what, expected.outputs(), network, data, closeness);
    steps(what, expected.outputs(), network, data, closeness);
    if (expected.evaluated().isPresent()) {
      Evaluation found = network.evaluate(data.columns(), data.rows());
      evaluations(what, expected.evaluated().get(), found, closeness);
    }
    closeness.check(what + ", fitted", expected.fitted(), fitted(network, data));
    if (expected.derived().isPresent()) {
      derivatives(what, expected.derived().get(), network, data, closeness);
      if (network.precision() == Precision.F64) {
        trainingStep(what, expected.derived().get(), network, data, closeness);
      }
    }
  }

  /** One step of plain descent with rate 1 moves the weights by the gradient. */
  private static void trainingStep(
      String what,
      Reference.Derived expected,
      Network network,
      NetData data,
      Closeness closeness) {
    var own = network.metadata().train();
    if (!Double.isFinite(expected.objective())
        || network.metadata().variables().stream().noneMatch(Metadata.Variable::trained)
        || own.rules().containsKey("schedule")
        || own.numbers().keySet().stream().anyMatch(name -> name.startsWith("clip_"))) {
      return;
    }
    var settings =
        Sgd.rate(1)
            .batchSize(data.rows())
            .steps(1)
            .seed(0)
            .shuffle(false)
            .threads(1)
            .fitStates(false);
    var trainer = new Trainer<>(network, settings);
    trainer.fit(Dataset.of(data.columns()));
    var moved = new LinkedHashMap<String, Tensor>();
    trainer
        .network()
        .parameters()
        .forEach((path, after) -> moved.put(path, difference(network.parameter(path), after)));
    closeness.check(what + ", step of training", expected.parameters(), moved);
  }

  private static Tensor difference(Tensor before, Tensor after) {
    double[] data = before.doubles();
    java.util.Arrays.setAll(data, i -> data[i] - after.get(i));
    return Tensor.of(data, before.shape());
  }

  private static void typedOutputs(
      String what,
      Map<String, Values> expected,
      Network network,
      NetData data,
      Closeness closeness) {
    var typed = new TypedNet(network);
    Object workspace = typed.workspace(data.rows() + 3);
    List<Metadata.Port> outputs = network.metadata().outputs();
    for (Metadata.Port output : outputs) {
      double[] all = expected.get(output.name()).data();
      double[] first = java.util.Arrays.copyOf(all, output.elements());
      closeness.check(what + ", one " + output.name(), first, typed.one(output, data));
      closeness.check(
          what + ", rows of " + output.name(), all, typed.rows(output, workspace, data));
    }
    if (!outputs.isEmpty()) {
      List<double[]> found = typed.run(workspace, data);
      for (int i = 0; i < outputs.size(); i++) {
        String name = outputs.get(i).name();
        closeness.check(what + ", run, " + name, expected.get(name).data(), found.get(i));
      }
    }
  }

  /** What can be computed step by step gives the first row of the whole, and again after a reset. */
  private static void steps(
      String what,
      Map<String, Values> expected,
      Network network,
      NetData data,
      Closeness closeness) {
    var real =
        network.precision() == Precision.F32
            ? netc.loop.ScalarType.FLOAT
            : netc.loop.ScalarType.DOUBLE;
    var typed = new TypedNet(network);
    for (StepMethods methods : StepMethods.of(network.metadata(), real)) {
      double[] all = expected.get(methods.output().port().name()).data();
      double[] first = java.util.Arrays.copyOf(all, all.length / data.rows());
      var stream = (Stream) typed.stream(methods);
      closeness.check(what + ", " + methods.step(), first, typed.steps(methods, stream, data));
      stream.reset();
      closeness.check(what + ", " + methods.step(), first, typed.steps(methods, stream, data));
    }
  }

  /** What takes other tensors than the inputs is there through its typed methods only. */
  private void given(Model model, NetData data, Network initial, Closeness closeness) {
    Network network = initial.withParameters(data.weights());
    var typed = new TypedNet(network);
    for (int i = 0; i < model.conditionals().size(); i++) {
      Model.Conditional conditional = model.conditionals().get(i);
      NetData given = data.given(conditional, low, high);
      double[] expected = new Reference(model, data).conditional(conditional, given).data();
      Metadata.Port output = network.metadata().conditionals().get(i).output();
      String what = network.precision() + ", " + data.rows() + " rows, " + output.name() + " given";
      double[] first = java.util.Arrays.copyOf(expected, output.elements());
      closeness.check(what + ", one", first, typed.one(output, given));
      Object workspace = typed.workspace(data.rows() + 3);
      closeness.check(what, expected, typed.rows(output, workspace, given));
    }
  }

  private static void evaluations(
      String what, Reference.Evaluated expected, Evaluation found, Closeness closeness) {
    numbers(what + ", loss", expected.losses(), found.losses(), closeness);
    numbers(what + ", penalty", expected.penalties(), found.penalties(), closeness);
    numbers(what + ", metric", expected.metrics(), found.metrics(), closeness);
    closeness.check(what + ", objective", expected.objective(), found.loss());
  }

  private static void derivatives(
      String what,
      Reference.Derived expected,
      Network network,
      NetData data,
      Closeness closeness) {
    Derivatives found = network.gradients(data.columns(), data.rows());
    closeness.check(what + ", gradient", expected.parameters(), found.parameters());
    closeness.check(what + ", gradient of input", expected.inputs(), found.inputs());
    closeness.check(what + ", output when training", expected.outputs(), found.outputs());
    numbers(what + ", loss when training", expected.losses(), found.losses(), closeness);
    closeness.check(what + ", objective when training", expected.objective(), found.loss());
    var typed = new TypedNet(network);
    var sink = new Gradients(network.metadata());
    double loss = typed.gradients(typed.workspace(data.rows()), data, sink);
    closeness.check(what + ", objective, typed", expected.objective(), loss);
    closeness.check(what + ", gradient, typed", expected.parameters(), sink.all());
  }

  private static void numbers(
      String what, Map<String, Double> expected, Map<String, Double> found, Closeness closeness) {
    assertEquals(new ArrayList<>(expected.keySet()), new ArrayList<>(found.keySet()), what);
    expected.forEach(
        (name, value) -> closeness.check(what + " " + name, value, found.get(name)));
  }

  private static Map<String, Tensor> fitted(Network network, NetData data) {
    Metadata metadata = network.metadata();
    Weights weights = network.copyOfWeights();
    Fitting.fit(network, weights, Rows.check(metadata, data.columns(), data.rows()), Tasks.SEQUENTIAL);
    var fitted = new LinkedHashMap<String, Tensor>();
    for (Metadata.Aggregate fit : metadata.fits()) {
      for (int i = 0; i < metadata.variables().size(); i++) {
        Metadata.Variable variable = metadata.variables().get(i);
        if (variable.path().equals(fit.name())) {
          fitted.put(fit.name(), weights.tensor(i, variable.shape()));
        }
      }
    }
    return fitted;
  }
}

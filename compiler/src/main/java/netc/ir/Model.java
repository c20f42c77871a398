package netc.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.source.Place;

/**
 * A checked and instantiated net: everything the rest of the compiler knows of the source.
 *
 * @param packageName may be empty
 * @param steps all definitions in text order, {@code training} still open; the forms are made of them
 * @param sizes the {@code dim}s and {@code const}s of the net that {@code --set} may override, by name
 */
public record Model(
    String packageName,
    String name,
    String documentation,
    List<Data> inputs,
    List<Data> targets,
    List<Variable> parameters,
    List<Variable> states,
    List<Sample> samples,
    List<Step> steps,
    List<Output> outputs,
    List<Conditional> conditionals,
    List<Objective> losses,
    List<Objective> penalties,
    List<Metric> metrics,
    List<Fit> fits,
    List<Update> updates,
    Map<String, Setting> data,
    Map<String, Setting> train,
    Map<String, Double> sizes) {

  /** An input or target. */
  public record Data(String name, Tensor tensor, String documentation, Place place) {}

  /** A parameter or state; {@code tensor.name()} is its path. */
  public record Variable(Tensor tensor, Initializer initializer, String documentation, Place place) {}

  /**
   * Random numbers: {@code tensor} is per example, its name the path.
   *
   * @param kind normal, uniform, bernoulli or gumbel
   * @param first the first argument: mean, lower bound, probability or location
   * @param second the second argument: deviation, upper bound or scale
   */
  public record Sample(Tensor tensor, String kind, double first, double second, Place place) {}

  /** An output: {@code tensor} is per-example or shared. */
  public record Output(String name, Tensor tensor, String documentation, Place place) {}

  /**
   * {@code output xhat given z}: an output that takes other tensors than the inputs.
   *
   * @param given in the order of the text
   */
  public record Conditional(Output output, List<Given> given) {
    public Conditional {
      given = List.copyOf(given);
    }

    /** The definitions of the net when what is given is known: read from arguments, not computed. */
    public List<Step> computed(List<Step> steps) {
      var arguments = new java.util.HashMap<Tensor, Tensor>();
      given.forEach(one -> arguments.put(one.original(), one.argument().tensor()));
      var reading =
          new Mapper() {
            @Override
            protected Expr read(Expr.Read read) {
              Tensor tensor = arguments.getOrDefault(read.tensor(), read.tensor());
              return new Expr.Read(tensor, read.at(), read.outside());
            }
          };
      var computed = new ArrayList<Step>();
      for (Step step : steps) {
        switch (step) {
          case Step.Single single -> {
            if (!arguments.containsKey(single.target())) {
              computed.add(reading.map(single));
            }
          }
          case Step.Scan(var time, var isReverse, var body, var place) -> {
            var rest =
                body.stream()
                    .filter(line -> !arguments.containsKey(line.target()))
                    .map(reading::map)
                    .toList();
            if (!rest.isEmpty()) {
              computed.add(new Step.Scan(time, isReverse, rest, place));
            }
          }
        }
      }
      return computed;
    }
  }

  /** A definition, sample or input of the net, and the argument that stands for it. */
  public record Given(Tensor original, Data argument) {}

  /** A loss (one number per example, or one shared) or a penalty (one shared number). */
  public record Objective(String name, Tensor tensor, Place place) {}

  /**
   * A tensor reduced over all rows by the runtime, in double: {@code result[i] = Σ_rows source[row, i]}
   * for SUM, likewise for the other operators. {@code result} has role ACCUMULATED.
   */
  public record Accumulation(Tensor result, Reduction.Operator operator, Tensor source) {}

  /**
   * A metric over the whole evaluation set: the accumulations first, then {@code finish}, in which
   * {@link Expr.BatchSize} is the number of all rows, gives {@code value}, a shared scalar. A metric
   * without a batch reduction is the SUM of its per-example value over BatchSize.
   */
  public record Metric(
      String name, List<Accumulation> accumulations, List<Step> finish, Tensor value, Place place) {}

  /** {@code fit state = …}: computed like a metric over the whole training split, in text order. */
  public record Fit(
      Tensor state, List<Accumulation> accumulations, List<Step> finish, Tensor value, Place place) {}

  /** {@code update state = …}: what a step of training makes of a state; {@code value} is shared. */
  public record Update(Tensor state, Tensor value, Place place) {}

  /**
   * How a parameter starts.
   *
   * @param kind the name in the language: zeros, uniform, glorot_uniform, …
   * @param first the first argument (a, m or c), or 0
   * @param second the second argument (b or s), or 0
   * @param fanIn see docs/language.md, Initialisers
   * @param fanOut likewise
   */
  public record Initializer(String kind, double first, double second, long fanIn, long fanOut) {}

  /** The value of a setting of {@code data} or {@code train}, with its place. */
  public record Setting(Value value, Place place) {}

  /**
   * What a setting can be: {@code 0.5}, {@code "f.csv"}, {@code adam(lr = 1e-3)}, {@code
   * columns("a".."d")}, {@code ["a", "b"]}.
   */
  public sealed interface Value {
    /** {@code whole} when it was written, or computed, as a whole number. */
    record Number(double value, boolean whole) implements Value {}

    record Text(String value) implements Value {}

    record Truth(boolean value) implements Value {}

    record Span(Value first, Value last, boolean inclusive) implements Value {}

    record Many(List<Value> values) implements Value {}

    record Call(String name, List<Value> positional, Map<String, Value> named) implements Value {}
  }

  /** The same net with other definitions of the same names. */
  public Model withSteps(List<Step> others) {
    return new Model(
        packageName, name, documentation, inputs, targets, parameters, states, samples, others, outputs,
        conditionals, losses, penalties, metrics, fits, updates, data, train, sizes);
  }

  /** The parameter or state of a path. */
  public Optional<Variable> variable(String path) {
    return java.util.stream.Stream.concat(parameters.stream(), states.stream())
        .filter(v -> v.tensor().name().equals(path))
        .findFirst();
  }
}

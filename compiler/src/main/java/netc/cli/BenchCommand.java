package netc.cli;

import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.LoadedNet;
import netc.Netc;
import netc.runtime.Flavour;
import netc.runtime.Form;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Port;
import netc.runtime.Network;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netc bench}: how long a compiled net takes on this machine, and which kernel how much of it. */
@Command(
    name = "bench",
    description =
        "Times the class of a net on this machine, with random inputs: an output of one example; with --batch"
            + " of so many; with --train the loss of a batch and its gradient. It warms up first, so that the"
            + " JIT compiler has translated what runs, and prints the median of 15 windows of time.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final int USUAL_BATCH = 32;

  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "this output only; unless given, all outputs of a batch, or the only one of an example")
  private String wanted;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "a batch of so many examples; unless given, one example, or with --train batch_size")
  private Integer batch;

  @Option(names = "--train", description = "the loss of a batch and its gradient by every parameter")
  private boolean train;

  @Option(
      names = "--profile",
      description = "also each kernel's calls, time, share and speed, in the steps of `explain --plan`")
  private boolean profile;

  @Option(
      names = {"-w", "--weights"},
      paramLabel = "FILE",
      description = "weights as `train` writes them; drawn by the initialisers unless given")
  private Path weights;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "of the inputs, and of the weights that are drawn")
  private long seed;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description =
          "how long to run before anything is measured, ${DEFAULT-VALUE} unless given; up to ten times as"
              + " long while calls still become faster")
  private double warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "1.5",
      description = "how long to measure, ${DEFAULT-VALUE} unless given")
  private double seconds;

  @Option(names = "--json", description = "the same as JSON")
  private boolean json;

  @Override
  public Integer call() {
    checkOptions();
    Console console = Console.of(spec);
    SourceOptions.CheckedNet checked = source.check(console);
    CompileOptions options = source.compileOptions();
    LoadedNet loaded = checked.compile(options).load();
    Work work = work(loaded.metadata());
    Network network = network(loaded);
    Timing timing = time(work, network, new long[0]);
    KernelTable kernels = profile ? kernels(work, checked, options.withClocks()) : null;
    if (json) {
      console.print(Json.text(data(work, network, timing, kernels)));
    } else {
      lines(work, network, timing).forEach(console::print);
      if (profile) {
        console.print("\n" + String.join("\n", kernels.page()));
      }
    }
    return 0;
  }

  private void checkOptions() {
    if (train && wanted != null) {
      throw new ParameterException(
          spec.commandLine(), "--output is for predicting; with --train the loss is computed");
    }
    if (batch != null && batch < 1) {
      throw new ParameterException(spec.commandLine(), "--batch is a number of examples, from 1 on");
    }
    if (!(warmUp >= 0 && seconds > 0 && warmUp + seconds < Double.POSITIVE_INFINITY)) {
      throw new ParameterException(
          spec.commandLine(), "--warm-up and --seconds are numbers of seconds, --seconds more than 0");
    }
  }

  /**
   * What is timed.
   *
   * @param form that computes it
   * @param rows of the batch; 1 for one example
   * @param call a typed method of a network
   */
  private record Work(String what, String form, int rows, Call call) {
    interface Call {
      MethodHandle of(TypedCalls calls);
    }

    /** Which kernels are taken: a form may have others than the rest of the net. */
    String kernels(Network network) {
      Form own =
          network.metadata().forms().stream().filter(f -> f.name().equals(form)).findFirst().orElseThrow();
      return network.usesVectors(own)
          ? "vectors"
          : network.flavour() == Flavour.VECTOR ? "plain loops, since the form is tiny" : "plain loops";
    }
  }

  private Work work(Metadata metadata) {
    if (train) {
      return gradients(metadata);
    }
    String name = wanted;
    if (name == null && metadata.outputs().size() == 1) {
      name = metadata.outputs().getFirst().name();
    }
    ChosenOutput chosen = ChosenOutput.of(metadata, name);
    List<Port> inputs = chosen.metadata().inputs();
    checkLength(inputs);
    if (name == null) {
      if (batch == null) {
        String names = metadata.outputs().stream().map(Port::name).collect(Collectors.joining(", "));
        throw new InputException(
            metadata.className() + " has several outputs: " + names
                + "; choose one with --output, or compute all of a batch with --batch");
      }
      return new Work("all outputs of " + examples(batch), "predict", batch, calls -> calls.run(batch));
    }
    Port output = chosen.metadata().outputs().getFirst();
    checkLength(List.of(output));
    String what = "output " + name + " of ";
    return batch == null
        ? new Work(what + "one example", chosen.form() + ".one", 1, calls -> calls.one(output, inputs))
        : new Work(
            what + examples(batch), chosen.form(), batch, calls -> calls.rows(output, inputs, batch));
  }

  private Work gradients(Metadata metadata) {
    if (metadata.losses().isEmpty()) {
      throw new InputException(
          metadata.className() + " has no loss, which --train computes; leave it out to predict");
    }
    if (batch == null) {
      batch = (int) metadata.train().number("batch_size", USUAL_BATCH);
    }
    checkLength(Stream.concat(metadata.inputs().stream(), metadata.targets().stream()).toList());
    return new Work(
        "loss and gradient of " + examples(batch), "train", batch, calls -> calls.gradients(batch));
  }

  private static String examples(int rows) {
    return rows == 1 ? "a batch of 1 example" : "a batch of " + PlanTable.number(rows) + " examples";
  }

  private void checkLength(List<Port> ports) {
    for (Port port : ports) {
      if (batch != null && (long) batch * port.elements() > Integer.MAX_VALUE) {
        throw new OptionException(
            "--batch: " + PlanTable.number(batch) + " examples of `" + port.name() + "`, each of "
                + port.elements() + " elements, are more than an array can hold; take fewer");
      }
    }
  }

  private Network network(LoadedNet loaded) {
    return weights == null ? loaded.init(seed) : loaded.load(weights);
  }

  private Timing time(Work work, Network network, long[] counters) {
    return Timing.of(work.call().of(new TypedCalls(network, seed)), warmUp, seconds, counters);
  }

  private KernelTable kernels(Work work, SourceOptions.CheckedNet checked, CompileOptions clocked) {
    LoadedNet loaded = checked.compile(clocked).load();
    Timing timing = time(work, network(loaded), loaded.kernelTimes());
    return new KernelTable(
        Netc.schedules(checked.model(), clocked), checked.source().fileName(), work.rows(), timing.median());
  }

  private static List<String> lines(Work work, Network network, Timing timing) {
    Metadata metadata = network.metadata();
    double micros = timing.median().micros();
    return List.of(
        PlanTable.head(),
        metadata.className() + ", " + metadata.precision().name().toLowerCase(Locale.ROOT) + ", " + work.what()
            + ", " + work.kernels(network) + ": " + KernelTable.micros(micros) + " µs, "
            + PlanTable.number(Math.round(1e6 * work.rows() / micros)) + " examples a second",
        String.format(
            Locale.ROOT,
            "the median of %d windows of %.3f s (%s to %s µs), after a warm-up of %.1f s, %s calls",
            timing.windows().size(), timing.windowSeconds(),
            KernelTable.micros(timing.windows().getFirst().micros()),
            KernelTable.micros(timing.windows().getLast().micros()),
            timing.warmUp(), PlanTable.number(timing.warmUpCalls())));
  }

  private static Map<String, Object> data(
      Work work, Network network, Timing timing, KernelTable kernels) {
    Metadata metadata = network.metadata();
    var data = new LinkedHashMap<String, Object>();
    data.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    data.put("processor", System.getProperty("os.arch"));
    data.put("flavour", Flavour.current().name().toLowerCase(Locale.ROOT));
    data.put("reason", Flavour.reason());
    data.put("net", metadata.className());
    data.put("precision", metadata.precision().name().toLowerCase(Locale.ROOT));
    data.put("work", work.what());
    data.put("form", work.form());
    data.put("kernels", work.kernels(network));
    data.put("rows", work.rows());
    data.put("warm_up_seconds", timing.warmUp());
    data.put("warm_up_calls", timing.warmUpCalls());
    data.put("windows", timing.windows().size());
    data.put("window_seconds", timing.windowSeconds());
    data.put("microseconds", timing.median().micros());
    data.put("microseconds_least", timing.windows().getFirst().micros());
    data.put("microseconds_most", timing.windows().getLast().micros());
    data.put("examples_per_second", 1e6 * work.rows() / timing.median().micros());
    if (kernels != null) {
      data.put("profile", kernels.data());
    }
    return data;
  }
}

package netc.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.LoadedNet;
import netc.Netc;
import netc.io.CheckpointException;
import netc.io.SafeTensors;
import netc.ir.Model;
import netc.ir.Program;
import netc.rewrite.Forms;
import netc.runtime.DType;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netc run}: given tensors through a net, and the results beside those of somebody else. */
@Command(
    name = "run",
    description = {
      "Computes outputs, losses and gradients of given tensors, and compares them with expected ones.",
      "",
      "The tensors are named input.x, target.y, index.tok (integers), param.PATH and state.PATH, or by",
      "the bare names; inputs and targets have the rows as first axis, which a single example may lack.",
      "The results are named out.p, loss, loss.NAME, grad.param.PATH, grad.input.x and state.PATH."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source;

  @Option(
      names = "--tensors",
      required = true,
      paramLabel = "FILE",
      description = "a safetensors file with inputs, targets, parameters, states")
  private Path tensors;

  @ArgGroup private Start start;

  /** Where weights come from that the tensors lack. */
  static final class Start {
    @Option(names = "--weights", paramLabel = "FILE", description = "weights as `train` writes them")
    private Path weights;

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "of weights drawn by the initialisers, and of what the net draws")
    private Long seed;
  }

  @Option(
      names = "--mode",
      paramLabel = "predict|evaluate|train",
      description = "which form of the net; predict unless given, train with --grad")
  private RunMode mode;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "this output only; one with `given` takes what is given as tensors")
  private String wanted;

  @Option(names = "--grad", description = "also the gradients by parameters and real inputs")
  private boolean gradients;

  @Option(
      names = "--interpret",
      description = "with the reference interpreter, in double, instead of the generated class")
  private boolean interpreted;

  @Option(names = "-o", paramLabel = "FILE", description = "write the results as a safetensors file")
  private Path output;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "compare with the results of a safetensors file; exit code 1 when they differ")
  private Path expected;

  @Option(
      names = "--rtol",
      paramLabel = "TOLERANCE",
      description = {
        "how far they may differ, relative to the largest magnitude of the tensor:",
        "1e-4 unless given, 1e-8 with f64 or the interpreter"
      })
  private Double tolerance;

  @Option(names = "--json", description = "the results, and the comparison, as JSON")
  private boolean json;

  @Override
  public Integer call() {
    checkOptions();
    Console console = Console.of(spec);
    SourceOptions.CheckedNet checked = source.check(console);
    boolean isOther = mode == RunMode.EVALUATE && gradients; // differentiated, but not training
    Model model = isOther ? Forms.evaluating(checked.model()) : checked.model();
    CompileOptions options = source.compileOptions().withPrecision(precision());
    CompiledNet compiled =
        Netc.compile(model, checked.source(), isDifferentiated() ? options.inspecting() : options);
    Map<String, Program> forms = Forms.of(model, isDifferentiated());
    ChosenOutput outputs = outputs(compiled.metadata());
    NamedTensors named =
        NamedTensors.match(
            tensors.toString(),
            read(tensors),
            outputs.known(compiled.metadata()),
            needed(forms, outputs.form()));
    Examples examples = Examples.of(tensors.toString(), named.data(), outputs.metadata());
    Network network = network(compiled, named.variables());
    Map<String, Tensor> results =
        results(forms, network, examples, outputs)
            .named(outputs.metadata(), examples, precision());
    return deliver(results, compiled.metadata(), console);
  }

  private void checkOptions() {
    if (mode == null) {
      mode = gradients ? RunMode.TRAIN : RunMode.PREDICT;
    }
    if (mode == RunMode.PREDICT && gradients) {
      throw new ParameterException(
          spec.commandLine(), "--grad is for --mode train or evaluate: predicting has no loss");
    }
    if (mode != RunMode.PREDICT && wanted != null) {
      throw new ParameterException(
          spec.commandLine(), "--output is for --mode predict; the other modes compute every output");
    }
    if (tolerance != null && (expected == null || !(tolerance >= 0))) {
      throw new ParameterException(
          spec.commandLine(), "--rtol is a number from 0 on and goes with --compare");
    }
    if (output != null) {
      Outputs.protect(
          output, source.file(), tensors, expected, start == null ? null : start.weights);
    }
  }

  /** The interpreter knows only double. */
  private Precision precision() {
    return interpreted ? Precision.F64 : source.precision();
  }

  private boolean isDifferentiated() {
    return mode == RunMode.TRAIN || gradients;
  }

  /** What the mode computes; there has to be something. */
  private ChosenOutput outputs(Metadata metadata) {
    if (mode == RunMode.PREDICT) {
      return ChosenOutput.of(metadata, wanted);
    }
    if (metadata.losses().isEmpty()) {
      throw new InputException(
          "net " + metadata.className().substring(metadata.className().lastIndexOf('.') + 1)
              + " has no loss, which --mode "
              + mode.name().toLowerCase(java.util.Locale.ROOT) + " computes; use --mode predict");
    }
    return new ChosenOutput("predict", metadata);
  }

  private static Map<String, Tensor> read(Path file) {
    try {
      return SafeTensors.read(file).tensors();
    } catch (CheckpointException e) {
      throw new InputException(e.getMessage());
    }
  }

  /** The full names of all that the run reads; weights only when nothing else gives them. */
  private Set<String> needed(Map<String, Program> forms, String predicting) {
    List<String> run =
        isDifferentiated()
            ? List.of("train", "penalty")
            : mode == RunMode.EVALUATE ? List.of("predict", "evaluate", "penalty") : List.of(predicting);
    var needed = new LinkedHashSet<String>();
    for (String form : run) {
      if (forms.containsKey(form)) {
        for (netc.ir.Tensor tensor : forms.get(form).inputs()) {
          switch (tensor.role()) {
            case INPUT, TARGET -> needed.add(Forms.binding(tensor));
            case PARAMETER, STATE -> {
              if (start == null) {
                String kind = tensor.role() == netc.ir.Tensor.Role.STATE ? "state." : "param.";
                needed.add(kind + tensor.name());
              }
            }
            case SAMPLE, SEED, ACCUMULATED, STREAM, VALUE -> {} // computed here
          }
        }
      }
    }
    return needed;
  }

  private Network network(CompiledNet compiled, Map<String, Tensor> variables) {
    LoadedNet loaded = compiled.load();
    Network network =
        start != null && start.weights != null
            ? loaded.load(start.weights)
            : loaded.init(seed());
    var changes = new LinkedHashMap<String, Tensor>();
    for (Metadata.Variable variable : compiled.metadata().variables()) {
      Tensor tensor = variables.get(variable.path());
      if (tensor != null) {
        checkVariable(variable, tensor, compiled.metadata());
        changes.put(variable.path(), tensor);
      }
    }
    return network.withParameters(changes);
  }

  /** Of weights that nothing else gives, and of what the net draws. */
  private long seed() {
    return start == null || start.seed == null ? 0 : start.seed;
  }

  private void checkVariable(Metadata.Variable variable, Tensor tensor, Metadata metadata) {
    String place = " (" + metadata.sourceName() + ":" + variable.line() + ")";
    if (tensor.dtype() != DType.F32 && tensor.dtype() != DType.F64) {
      throw new InputException(
          tensors + ": `" + variable.path() + "` has dtype " + tensor.dtype()
              + ", but a parameter or state is F32 or F64" + place);
    }
    if (!java.util.Arrays.equals(tensor.shape(), variable.shape())) {
      throw new InputException(
          tensors + ": `" + variable.path() + "` has shape "
              + java.util.Arrays.toString(tensor.shape()) + ", but the net's has "
              + java.util.Arrays.toString(variable.shape()) + place);
    }
  }

  private Results results(
      Map<String, Program> forms, Network network, Examples examples, ChosenOutput outputs) {
    boolean isTraining = mode == RunMode.TRAIN;
    if (interpreted) {
      var run = new InterpretedRun(forms, network, examples, seed());
      return isDifferentiated()
          ? run.train(gradients, isTraining)
          : mode == RunMode.EVALUATE ? run.evaluate() : run.predict(outputs);
    }
    var run = new ClassRun(network, examples, seed());
    return isDifferentiated()
        ? run.train(gradients, isTraining)
        : mode == RunMode.EVALUATE ? run.evaluate() : run.predict(outputs);
  }

  private int deliver(Map<String, Tensor> results, Metadata metadata, Console console) {
    Map<String, Tensor> others = expected == null ? Map.of() : read(expected);
    if (output != null) {
      var provenance = new LinkedHashMap<String, String>();
      provenance.put("netc.class", metadata.className());
      provenance.put("netc.source_sha256", metadata.sourceSha256());
      provenance.put("netc.compiler", metadata.compilerVersion());
      try (Outputs outputs = new Outputs()) {
        outputs.add(output, SafeTensors.content(results, provenance));
        outputs.commit();
      }
    }
    Comparison comparison =
        expected == null ? null : Comparison.of(results, others, rtol());
    if (json) {
      console.print(Json.text(TensorText.data(output == null ? results : Map.of(), comparison)));
    } else if (comparison != null) {
      comparison.lines().forEach(console::print);
    } else if (output == null) {
      TensorText.lines(results).forEach(console::print);
    }
    return comparison == null || comparison.agrees() ? 0 : Main.INPUT_ERROR;
  }

  private double rtol() {
    return tolerance != null ? tolerance : precision() == Precision.F64 ? 1e-8 : 1e-4;
  }
}

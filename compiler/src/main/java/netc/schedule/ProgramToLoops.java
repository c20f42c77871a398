package netc.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.ir.Index;
import netc.ir.Program;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.loop.CodeSize;
import netc.loop.ScalarType;

/**
 * From a form's equations to its schedule.
 *
 * @param weights parameters and states of the net and their positions among the weights
 */
public record ProgramToLoops(
    Layout layout, ScalarType real, int blockRows, Map<Tensor, Integer> weights) {

  /**
   * The form under a name. Where assertions are on, so in every test, it is held against {@link
   * CallRules}.
   *
   * @param inputs how each input tensor is bound
   */
  public Schedule schedule(String form, Program program, Map<Tensor, String> inputs) {
    var arrays = new Arrays(layout, real, blockRows, weights);
    var bindings = new LinkedHashMap<String, ArrayReference>();
    inputs.forEach((tensor, name) -> bindings.put(name, arrays.of(tensor)));
    var phases = new ArrayList<Phase>();
    for (Phases.Part part : Phases.of(program)) {
      var calls = new ArrayList<Call>();
      part.steps().forEach(step -> calls.addAll(lower(step, arrays)));
      phases.add(new Phase(calls, part.combined().stream().map(s -> combined(s, arrays)).toList()));
    }
    var results = new LinkedHashMap<String, ArrayReference>();
    for (Program.Result result : program.results()) {
      results.put(result.name(), arrays.of(result.tensor()));
    }
    Schedule planned =
        MemoryPlan.of(
            new Schedule(
                form, real, blockRows, arrays.buffers(), bindings, results, phases,
                Phases.areTogether(program)));
    assert CallRules.check(planned).isEmpty() : String.join("\n", CallRules.check(planned));
    return planned;
  }

  private static Phase.Combination combined(Step.Single step, Arrays arrays) {
    return new Phase.Combination(
        (ArrayReference.InBuffer) arrays.of(step.target()), Phases.operator(step));
  }

  private List<? extends Call> lower(Step step, Arrays arrays) {
    return switch (step) {
      case Step.Scan scan -> {
        List<Call.Once> body =
            scan.body().stream()
                .map(inside -> flavoured(lower(inside, arrays, Optional.of(scan.time())), arrays))
                .toList();
        yield List.of(
            new Call.TimeLoop(scan.time().extent().size(), scan.isReverse(), body));
      }
      case Step.Equation equation -> {
        List<KernelCall> portable = portable(equation, arrays);
        yield tiles(equation, arrays)
            .map(vector -> List.<Call>of(new Call.Flavoured(vector, portable)))
            .orElseGet(() -> portable.stream().<Call>map(k -> flavoured(k, arrays)).toList());
      }
      case Step.Scatter scatter -> List.of(flavoured(lower(scatter, arrays, Optional.empty()), arrays));
    };
  }

  private static Optional<List<KernelCall>> tiles(Step.Equation equation, Arrays arrays) {
    return Contraction.ofBlock(equation, arrays)
        .map(contraction -> ContractionToTiles.lower(contraction, arrays))
        .or(
            () ->
                Contraction.ofExample(equation, arrays)
                    .flatMap(contraction -> ExampleToTiles.lower(contraction, arrays)));
  }

  private List<KernelCall> portable(Step.Equation equation, Arrays arrays) {
    return StackedRows.match(equation)
        .map(stack -> List.of(lower(stack, arrays, Optional.empty())))
        .or(() -> OuterProduct.match(equation, arrays).map(p -> p.lower(blockRows)))
        .orElseGet(() -> List.of(lower(equation, arrays, Optional.empty())));
  }

  /** The kernel, and beside it the same with vectors where it has loops over lanes and that fits, too. */
  private static Call.Once flavoured(KernelCall call, Arrays arrays) {
    return LaneVectors.of(call.kernel(), arrays)
        .filter(kernel -> CodeSize.of(kernel) <= CodeSize.LARGEST)
        .<Call.Once>map(
            kernel ->
                new Call.Flavoured(
                    List.of(new KernelCall(kernel, call.arrays(), call.place())), List.of(call)))
        .orElse(call);
  }

  private static KernelCall lower(Step.Single step, Arrays arrays, Optional<Index> time) {
    return switch (step) {
      case Step.Equation equation -> EquationToLoops.lower(equation, arrays, time);
      case Step.Scatter scatter -> ScatterToLoops.lower(scatter, arrays, time);
    };
  }
}

package netc.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.ir.Index;
import netc.ir.Program;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.loop.CodeSize;
import netc.loop.Kernel;
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
   * CallRules} and {@link MemoryRules}.
   *
   * @param inputs how each input tensor is bound
   * @param given those that a caller gives as rows of a batch
   */
  public Schedule schedule(
      String form, Program program, Map<Tensor, String> inputs, Set<Tensor> given) {
    Set<Tensor> inRows =
        layout == Layout.LANES ? InputsInRows.candidates(program, given) : Set.of();
    while (true) {
      var arrays = new Arrays(layout, real, blockRows, weights, Set.copyOf(inRows));
      inputs.keySet().forEach(arrays::of);
      List<Phase> phases = phases(program, arrays);
      Set<Tensor> inLanes = InputsInRows.readInLanes(phases, inRows, arrays);
      if (inLanes.isEmpty()) {
        return schedule(form, program, inputs, phases, arrays);
      }
      inRows.removeAll(inLanes);
    }
  }

  private List<Phase> phases(Program program, Arrays arrays) {
    var phases = new ArrayList<Phase>();
    Readers readers = Readers.of(program);
    for (Phases.Part part : Phases.of(program)) {
      phases.add(
          new Phase(
              calls(part.steps(), Optional.empty(), readers, arrays),
              part.combined().stream().map(s -> combined(s, arrays)).toList()));
    }
    return phases;
  }

  private Schedule schedule(
      String form,
      Program program,
      Map<Tensor, String> inputs,
      List<Phase> apartPhases,
      Arrays arrays) {
    var bindings = new LinkedHashMap<String, ArrayReference>();
    inputs.forEach(
        (tensor, name) ->
            bindings.put(name, arrays.rows().getOrDefault(tensor, arrays.of(tensor))));
    var rows = new LinkedHashMap<>(arrays.rows());
    rows.keySet().retainAll(inputs.keySet());
    List<Phase> phases =
        FunctionsInRows.apart(
            AlignedRows.of(
                SharedCopies.of(InputsInRows.withLanes(apartPhases, rows, arrays)), arrays),
            arrays);
    var results = new LinkedHashMap<String, ArrayReference>();
    for (Program.Result result : program.results()) {
      results.put(result.name(), arrays.of(result.tensor()));
    }
    var apart =
        new Schedule(
            form, real, blockRows, arrays.buffers(), bindings, results, phases,
            Phases.areTogether(program), List.of(), Flavours.EACH);
    Schedule planned = MemoryPlan.of(apart, arrays.names());
    assert CallRules.check(planned).isEmpty() : String.join("\n", CallRules.check(planned));
    assert MemoryRules.check(apart, planned).isEmpty()
        : String.join("\n", MemoryRules.check(apart, planned));
    return planned;
  }

  private static Phase.Combination combined(Step.Single step, Arrays arrays) {
    return new Phase.Combination(
        (ArrayReference.InBuffer) arrays.of(step.target()), Phases.operator(step));
  }

  /**
   * @param time the index of the scan of which the steps are the lines
   */
  private List<Call> calls(
      List<? extends Step> steps, Optional<Index> time, Readers readers, Arrays arrays) {
    var calls = new ArrayList<Call>();
    for (int i = 0; i < steps.size(); i++) {
      List<? extends Step> following = steps.subList(i + 1, steps.size());
      switch (steps.get(i)) {
        case Step.Scan scan -> calls.add(timeLoop(scan, readers, arrays));
        case Step.Scatter scatter -> calls.addAll(decided(scatter, arrays, time));
        case Step.Equation equation -> {
          var refusals = new Refusals();
          Optional<TilesAndSteps> tiles =
              FormulaInRows.lower(equation, arrays)
                  .map(rows -> new TilesAndSteps(List.of(rows), 0))
                  .or(() -> tiles(equation, time, following, readers, arrays, refusals));
          int fused = tiles.map(TilesAndSteps::following).orElse(0);
          if (fused == 0) {
            calls.addAll(decided(equation, arrays, time, tiles, refusals));
          } else {
            calls.add(finished(equation, following.subList(0, fused), time, tiles.get(), arrays));
          }
          i += fused;
        }
      }
    }
    return calls;
  }

  private Call.TimeLoop timeLoop(Step.Scan scan, Readers readers, Arrays arrays) {
    List<Call.Once> calls =
        calls(scan.body(), Optional.of(scan.time()), readers, arrays).stream()
            .map(Call.Once.class::cast)
            .toList();
    return new Call.TimeLoop(scan.time().extent().size(), scan.isReverse(), calls);
  }

  /**
   * @param time the index of the scan of which the step is a line
   * @param following the steps behind it that tiles may compute, too
   */
  private static Optional<TilesAndSteps> tiles(
      Step.Equation equation,
      Optional<Index> time,
      List<? extends Step> following,
      Readers readers,
      Arrays arrays,
      Refusals refusals) {
    return Contraction.ofBlock(equation, arrays, time, refusals)
        .map(contraction -> ContractionToTiles.lower(contraction, following, readers, arrays))
        .or(
            () ->
                Contraction.ofExample(equation, arrays, time, refusals)
                    .flatMap(c -> ExampleToTiles.lower(c, following, readers, arrays, refusals)));
  }

  /** A contraction whose tiles compute the steps behind it, too; with plain loops each is on its own. */
  private Call.Flavoured finished(
      Step.Equation contraction,
      List<? extends Step> epilogue,
      Optional<Index> time,
      TilesAndSteps tiles,
      Arrays arrays) {
    var portable = new ArrayList<>(decided(contraction, arrays, time));
    List<KernelCall> vector =
        tiles.calls().stream().map(call -> call.of(portable.getFirst().decision().get())).toList();
    epilogue.forEach(step -> portable.addAll(decided((Step.Equation) step, arrays, time)));
    return new Call.Flavoured(vector, portable);
  }

  private List<KernelCall> decided(Step.Equation equation, Arrays arrays, Optional<Index> time) {
    var decision = Decision.of(equation, new Refusals());
    return portable(equation, arrays, time, true).stream()
        .map(call -> call.of(decision))
        .toList();
  }

  /** The calls of a step, with what was decided about it. */
  private List<Call.Once> decided(Step.Scatter scatter, Arrays arrays, Optional<Index> time) {
    var refusals = new Refusals();
    return decided(
        scatter,
        List.of(flavoured(ScatterToLoops.lower(scatter, arrays, time), arrays, refusals)),
        refusals);
  }

  /**
   * @param tiles for the equation alone
   * @param refusals why there are none
   */
  private List<Call.Once> decided(
      Step.Equation equation,
      Arrays arrays,
      Optional<Index> time,
      Optional<TilesAndSteps> tiles,
      Refusals refusals) {
    List<KernelCall> portable = portable(equation, arrays, time, tiles.isPresent());
    List<Call.Once> calls =
        tiles
            .map(t -> List.<Call.Once>of(new Call.Flavoured(t.calls(), portable)))
            .orElseGet(() -> inVectors(equation, portable, arrays, time, refusals));
    return decided(equation, calls, refusals);
  }

  private static List<Call.Once> decided(
      Step.Single step, List<Call.Once> calls, Refusals refusals) {
    var decision = Decision.of(step, refusals);
    return calls.stream().map(call -> call.of(decision)).toList();
  }

  private List<KernelCall> portable(
      Step.Equation equation, Arrays arrays, Optional<Index> time, boolean hasTiles) {
    Optional<List<KernelCall>> rows =
        Contraction.ofExample(equation, arrays, time, new Refusals())
            .flatMap(
                contraction ->
                    ExampleToRows.lower(contraction, arrays)
                        .or(() -> ChannelRows.lower(contraction, arrays)));
    if (rows.isPresent()) {
      return rows.get();
    }
    if (time.isPresent()) {
      return List.of(EquationToLoops.lower(equation, arrays, time, hasTiles));
    }
    return StackedRows.match(equation)
        .map(stack -> List.of(ScatterToLoops.lower(stack, arrays, time)))
        .or(() -> OuterProduct.match(equation, arrays).map(p -> OuterProductToRows.lower(p, arrays)))
        .orElseGet(() -> List.of(EquationToLoops.lower(equation, arrays, time, hasTiles)));
  }

  /** The kernels of an equation, and beside them the same with vectors where that fits. */
  private static List<Call.Once> inVectors(
      Step.Equation equation,
      List<KernelCall> portable,
      Arrays arrays,
      Optional<Index> time,
      Refusals refusals) {
    if (!arrays.hasLanes() && equation.reduction().isPresent() && time.isEmpty()) {
      return RowReduction.lower(equation, arrays, refusals)
          .map(vectors -> List.<Call.Once>of(new Call.Flavoured(List.of(vectors), portable)))
          .orElseGet(() -> List.copyOf(portable));
    }
    return portable.stream()
        .map(
            call ->
                equation.reduction().isEmpty()
                    ? alongRows(call, arrays, refusals)
                    : flavoured(call, arrays, refusals))
        .toList();
  }

  /** The kernel of an equation without a reduction, and beside it the same with vectors where that fits. */
  private static Call.Once alongRows(KernelCall call, Arrays arrays, Refusals refusals) {
    return arrays.hasLanes()
        ? flavoured(call, arrays, refusals)
        : flavoured(call, RowVectors.of(call.kernel(), arrays, refusals), new Role.RowVectors(), refusals);
  }

  /** The kernel, and beside it the same with vectors where it has loops over lanes and that fits, too. */
  private static Call.Once flavoured(KernelCall call, Arrays arrays, Refusals refusals) {
    return flavoured(
        call, LaneVectors.of(call.kernel(), arrays, refusals), new Role.LaneVectors(), refusals);
  }

  private static Call.Once flavoured(
      KernelCall call, Optional<Kernel> vectors, Role role, Refusals refusals) {
    return vectors
        .filter(
            kernel ->
                !refusals.when(
                    CodeSize.of(kernel) > CodeSize.LARGEST, "with vectors its method would be too long"))
        .<Call.Once>map(
            kernel ->
                new Call.Flavoured(
                    List.of(call.with(kernel).as(role)),
                    List.of(call)))
        .orElse(call);
  }
}

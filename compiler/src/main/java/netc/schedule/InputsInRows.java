package netc.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import netc.ir.ElementType;
import netc.ir.Program;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.Statement;

/**
 * Inputs of a block that stay as the caller hands them over, {@code [example][element]}, since whatever
 * reads them with vectors is a contraction, which copies its factor anyway or wants it in rows, or a
 * formula of their elements whose result is read so (decision 013). Plain loops read lanes: for them alone
 * a kernel makes these of the rows.
 */
final class InputsInRows {
  /** Of fewer elements an example there is nothing to gain. */
  private static final int FEWEST = 64;

  private InputsInRows() {}

  /** The inputs, and what formulas make of them, of which it has to be seen whether lanes are read. */
  static Set<Tensor> candidates(Program program, Set<Tensor> given) {
    Set<Tensor> results =
        program.results().stream().map(Program.Result::tensor).collect(Collectors.toSet());
    var candidates = new LinkedHashSet<Tensor>();
    given.stream().filter(t -> suits(t, results)).forEach(candidates::add);
    for (Step step : program.steps()) {
      if (step instanceof Step.Equation equation
          && suits(equation.target(), results)
          && FormulaInRows.isOf(equation, candidates)) {
        candidates.add(equation.target());
      }
    }
    return candidates;
  }

  private static boolean suits(Tensor tensor, Set<Tensor> results) {
    return tensor.type() == ElementType.REAL
        && tensor.isPerExample()
        && tensor.rowAxes() == 0
        && tensor.elements() >= FEWEST
        && !results.contains(tensor);
  }

  /** Those of them whose lanes some kernel reads where there are vectors. */
  static Set<Tensor> readInLanes(List<Phase> phases, Set<Tensor> inRows, Arrays arrays) {
    Set<ArrayReference> read =
        phases.stream()
            .flatMap(phase -> phase.calls().stream())
            .flatMap(call -> call.kernels(true).stream())
            .flatMap(kernel -> kernel.arrays().stream())
            .collect(Collectors.toSet());
    return inRows.stream().filter(t -> read.contains(arrays.of(t))).collect(Collectors.toSet());
  }

  /** The phases, where plain loops find lanes of these inputs before the first call that reads them. */
  static List<Phase> withLanes(
      List<Phase> phases, Map<Tensor, ArrayReference> rows, Arrays arrays) {
    var waiting = new LinkedHashMap<>(rows);
    return phases.stream()
        .map(
            phase ->
                new Phase(
                    phase.calls().stream()
                        .flatMap(call -> withLanes(call, waiting, arrays).stream())
                        .toList(),
                    phase.combined()))
        .toList();
  }

  /** @param waiting the inputs of which there are no lanes yet */
  private static List<Call> withLanes(
      Call call, Map<Tensor, ArrayReference> waiting, Arrays arrays) {
    List<Tensor> read =
        waiting.keySet().stream()
            .filter(t -> call.kernels().stream().anyMatch(k -> k.arrays().contains(arrays.of(t))))
            .toList();
    var calls = new ArrayList<Call>();
    for (Tensor input : read) {
      KernelCall lanes = lanes(input, waiting.remove(input), arrays, call.kernels().getFirst());
      calls.add(new Call.Flavoured(List.of(), List.of(lanes)));
    }
    calls.add(call);
    return calls;
  }

  private static KernelCall lanes(
      Tensor input, ArrayReference rows, Arrays arrays, KernelCall reader) {
    var kernel = new KernelBuilder(arrays, Optional.empty());
    String source = kernel.array(rows, new ArrayType(arrays.real(), 1));
    String target = kernel.array(input);
    String element = kernel.fresh("i");
    String example = kernel.fresh("b");
    String row = kernel.fresh("y");
    Scalar at = Ints.plus(Ints.times(Ints.local(example), input.elements()), Ints.local(element));
    Statement store =
        new Statement.Store(row, Ints.local(example), new Scalar.Load(source, at, arrays.real()));
    Statement examples =
        new Statement.For(
            example, Ints.of(0), kernel.rowArgument(Kernel.ROWS), 1, List.of(store));
    Statement elements =
        new Statement.For(
            element,
            Ints.of(0),
            Ints.of(input.elements()),
            1,
            List.of(
                new Statement.LetRow(row, target, arrays.real(), Ints.local(element)), examples));
    return kernel
        .call(List.of(elements), reader.place())
        .as(new Role.Copy(false, true))
        .of(reader.decision().orElseThrow());
  }
}

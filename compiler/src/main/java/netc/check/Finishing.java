package netc.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.ir.Index;
import netc.ir.Reduction;
import netc.ir.Step;

/** Takes the serial numbers off the indices again: {@code j}, and {@code j'1} where j is taken. */
final class Finishing {
  private Finishing() {}

  static List<Step> of(List<Step> steps) {
    return steps.stream().map(Finishing::of).toList();
  }

  private static Step of(Step step) {
    return switch (step) {
      case Step.Equation equation -> of(equation, Optional.empty());
      case Step.Scatter scatter -> scatter;
      case Step.Scan(var time, var isReverse, var body, var place) -> {
        var plain = new Index(FreshIndices.plainName(time), time.extent());
        yield new Step.Scan(
            plain,
            isReverse,
            Equations.flat(List.copyOf(body)).stream().map(e -> of(e, Optional.of(time))).toList(),
            place);
      }
    };
  }

  /** In all equations of a scan its time has one name. */
  private static Step.Single of(Step.Equation step, Optional<Index> time) {
    var renamed = new HashMap<Index, Index>();
    var taken = new HashSet<String>();
    time.ifPresent(t -> rename(t, renamed, taken));
    step.outputs().forEach(o -> rename(o, renamed, taken));
    step.reduction().ifPresent(r -> r.indices().forEach(i -> rename(i, renamed, taken)));
    var substitution = Substitution.renaming(renamed, Map.of());
    Optional<Reduction> reduction =
        step.reduction()
            .map(
                r ->
                    new Reduction(
                        r.operator(),
                        r.indices().stream().map(renamed::get).toList(),
                        r.filter().map(substitution::apply)));
    return new Step.Equation(
        step.target(),
        step.outputs().stream().map(renamed::get).toList(),
        reduction,
        substitution.apply(step.body()),
        step.place());
  }

  private static void rename(Index index, Map<Index, Index> renamed, java.util.Set<String> taken) {
    if (renamed.containsKey(index)) {
      return;
    }
    String plain = FreshIndices.plainName(index);
    String name = plain;
    for (int i = 1; !taken.add(name); i++) {
      name = plain + "'" + i;
    }
    renamed.put(index, new Index(name, index.extent()));
  }
}

package netc.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import netc.ir.Model;
import netc.ir.Program;
import netc.ir.Tensor;
import netc.loop.ScalarType;

/**
 * Which schedules each form of a net gets: blocks of examples in lanes for what has a batch, and a flat
 * one beside it ({@code .one}) for what predicts. Where dense layers predict, vectors have blocks of rows
 * instead of lanes ({@code .rows}). Metrics and fitted states are finished in double.
 */
public final class FormsToSchedules {
  /** Examples of a block: long enough for vector loops, short enough for the cache and for threads. */
  private static final int BLOCK_ROWS = 32;

  /** Of a block that trains many weights: each is read, and its gradient written, for more examples. */
  private static final int LONG_ROWS = 64;

  /** So many weights are more than a core's own cache holds beside their gradients. */
  private static final long MANY_WEIGHTS = 1 << 18;

  private final Model model;
  private final ScalarType real;
  private final Function<Tensor, String> binding;
  private final Map<Tensor, Integer> weights = new LinkedHashMap<>();

  private FormsToSchedules(Model model, ScalarType real, Function<Tensor, String> binding) {
    this.model = model;
    this.real = real;
    this.binding = binding;
    model.parameters().forEach(p -> weights.put(p.tensor(), weights.size()));
    model.states().forEach(s -> weights.put(s.tensor(), weights.size()));
  }

  /**
   * @param forms the optimised forms by name
   * @param binding the name under which the runtime knows an input
   */
  public static List<Schedule> of(
      Model model,
      Map<String, Program> forms,
      ScalarType real,
      Function<Tensor, String> binding) {
    var all = new FormsToSchedules(model, real, binding);
    var schedules = new ArrayList<Schedule>();
    forms.forEach(
        (name, program) -> {
          ScalarType precision =
              name.startsWith("metric.") || name.startsWith("fit.") ? ScalarType.DOUBLE : real;
          if (name.startsWith("step:")) {
            schedules.add(all.single(name, name, program));
          } else if (name.startsWith("predict") || name.startsWith("given:")) {
            schedules.addAll(all.batched(name, program));
            schedules.add(all.single(name, name + ".one", program));
          } else if ((name.equals("train") || name.equals("evaluate"))
              && all.hasLargeLayers(forms.getOrDefault("predict", program))) {
            schedules.add(all.longBlocks(name, program));
          } else {
            schedules.add(all.schedule(name, program, precision));
          }
        });
    return schedules;
  }

  /** What predicts a batch: one schedule, or one for each flavour. */
  private List<Schedule> batched(String name, Program program) {
    Schedule lanes = schedule(name, program, real);
    return real == ScalarType.FLOAT && DenseLayers.dominate(program, weights)
        ? BlockAsExample.of(program, BLOCK_ROWS)
            .map(block -> List.of(lanes.only(Flavours.PORTABLE), rows(name, program, block)))
            .orElse(List.of(lanes))
        : List.of(lanes);
  }

  private Schedule rows(String name, Program program, Program block) {
    var inputs = new LinkedHashMap<Tensor, String>();
    inputs(name, program)
        .forEach((tensor, bound) -> inputs.put(BlockAsExample.tensor(tensor, BLOCK_ROWS), bound));
    return new ProgramToLoops(Layout.ROWS, real, BLOCK_ROWS, weights)
        .schedule(name + Schedule.ROWS, WeightsFirst.of(block, weights.keySet()), inputs, Set.of())
        .only(Flavours.VECTOR);
  }

  /** Whether dense layers with many weights do nearly all of the work. */
  private boolean hasLargeLayers(Program predict) {
    long elements = weights.keySet().stream().mapToLong(Tensor::elements).sum();
    return real == ScalarType.FLOAT && elements >= MANY_WEIGHTS && DenseLayers.dominate(predict, weights);
  }

  /** Longer blocks of a form, unless they wait for each other: then all of them have arrays at once. */
  private Schedule longBlocks(String name, Program program) {
    Schedule schedule = schedule(name, program, real, LONG_ROWS);
    return schedule.phases().size() == 1 ? schedule : schedule(name, program, real);
  }

  private Schedule schedule(String name, Program program, ScalarType precision) {
    return schedule(name, program, precision, BLOCK_ROWS);
  }

  private Schedule schedule(String name, Program program, ScalarType precision, int blockRows) {
    boolean perExample =
        program.steps().stream().flatMap(s -> s.targets().stream()).anyMatch(Tensor::isPerExample)
            || inputs(name, program).keySet().stream().anyMatch(Tensor::isPerExample);
    Layout layout = perExample ? Layout.LANES : Layout.SINGLE;
    int rows = perExample ? blockRows : 1;
    return new ProgramToLoops(layout, precision, rows, weights)
        .schedule(
            name, perExample ? PooledOutputs.of(program) : program, inputs(name, program), given());
  }

  private Schedule single(String form, String name, Program program) {
    Program ordered = WeightsFirst.of(program, weights.keySet());
    return new ProgramToLoops(Layout.SINGLE, real, 1, weights)
        .schedule(name, ChannelsLast.of(ordered, weights.keySet()), inputs(form, program), Set.of());
  }

  private Set<Tensor> given() {
    return model.inputs().stream().map(Model.Data::tensor).collect(Collectors.toSet());
  }

  /** What is bound: what is given, then inputs and targets in the order of declaration, the rest. */
  private Map<Tensor, String> inputs(String form, Program program) {
    var used = program.inputs();
    var inputs = new LinkedHashMap<Tensor, String>();
    model.conditionals().stream()
        .filter(c -> form.equals("given:" + c.output().name()))
        .flatMap(c -> c.given().stream())
        .forEach(g -> inputs.put(g.argument().tensor(), binding.apply(g.argument().tensor())));
    model.inputs().stream()
        .map(Model.Data::tensor)
        .filter(used::contains)
        .forEach(t -> inputs.putIfAbsent(t, binding.apply(t)));
    model.targets().stream()
        .map(Model.Data::tensor)
        .filter(used::contains)
        .forEach(t -> inputs.put(t, binding.apply(t)));
    used.stream()
        .filter(t -> !weights.containsKey(t) && !inputs.containsKey(t))
        .forEach(t -> inputs.put(t, binding.apply(t)));
    return inputs;
  }
}

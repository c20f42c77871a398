package netc.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscripts;
import netc.ir.Tensor;

/**
 * The order of axes for one example: what a parameter makes (filters, channels) is the last axis of each
 * image computed inside of a form, so that lanes go along it whatever the size of the image. Inputs,
 * results and weights stay as they are.
 */
final class ChannelsLast extends Mapper {
  /** A tensor with another order of axes: the axis that has become the last one. */
  private record Moved(Tensor tensor, int axis) {
    <T> List<T> order(List<T> axes) {
      var order = new ArrayList<>(axes);
      order.add(order.remove(axis));
      return order;
    }
  }

  private final Set<Tensor> weights;
  private final Map<Tensor, Moved> moved = new HashMap<>();

  private ChannelsLast(Set<Tensor> weights) {
    this.weights = weights;
  }

  /**
   * The program with tensors in the new order.
   *
   * @param weights parameters and states
   */
  static Program of(Program program, Set<Tensor> weights) {
    var order = new ChannelsLast(weights);
    for (Step step : program.steps()) {
      if (step instanceof Step.Equation equation && order.isInside(equation, program)) {
        order.channel(equation).ifPresent(index -> order.move(equation, index));
      }
    }
    return order.moved.isEmpty()
        ? program
        : new Program(
            program.name(), program.steps().stream().map(order::map).toList(), program.results());
  }

  /** Whether the target is seen by the program alone, and each output makes an axis of an image. */
  private boolean isInside(Step.Equation equation, Program program) {
    Tensor target = equation.target();
    return target.isPerExample()
        && equation.outputs().size() == target.rank()
        && target.shape().stream().skip(1).allMatch(Extent.Const.class::isInstance)
        && program.results().stream().noneMatch(r -> r.tensor().equals(target));
  }

  private void move(Step.Equation equation, Index channel) {
    int axis = equation.outputs().indexOf(channel);
    Tensor target = equation.target();
    if (axis == target.rank() - 1 || channel.extent().size() < LaneRuns.LINE) {
      return;
    }
    var unnamed = new Moved(target, axis);
    moved.put(
        target,
        new Moved(
            new Tensor(
                target.name(), target.role(), target.type(), unnamed.order(target.shape()), target.interval()),
            axis));
  }

  // ---------- which axis ----------

  private Optional<Index> channel(Step.Equation equation) {
    return ofParameter(equation).or(() -> inherited(equation));
  }

  /** The output of a sum of products on which the parameter depends alone; the last one where it may be. */
  private Optional<Index> ofParameter(Step.Equation equation) {
    boolean isSum =
        equation.reduction().filter(r -> r.operator() == Reduction.Operator.SUM).isPresent();
    if (!isSum
        || !(equation.body() instanceof Expr.Apply(var primitive, var factors))
        || primitive != Primitive.MULTIPLY
        || !(factors.get(0) instanceof Expr.Read first)
        || !(factors.get(1) instanceof Expr.Read second)
        || weights.contains(first.tensor()) == weights.contains(second.tensor())) {
      return Optional.empty();
    }
    boolean isFirst = weights.contains(first.tensor());
    Set<Index> ofParameter = indices(isFirst ? first : second);
    Set<Index> ofExample = indices(isFirst ? second : first);
    List<Index> outputs =
        equation.outputs().stream()
            .filter(i -> ofParameter.contains(i) && !ofExample.contains(i))
            .toList();
    return outputs.contains(equation.outputs().getLast())
        ? Optional.of(equation.outputs().getLast())
        : outputs.stream().max(Comparator.comparingInt(i -> i.extent().size()));
  }

  private static Set<Index> indices(Expr.Read read) {
    return Set.copyOf(netc.ir.Indices.in(read));
  }

  /** The output that runs along the channels of what is read. */
  private Optional<Index> inherited(Step.Equation equation) {
    var channels = new ArrayList<Index>();
    Reads.each(
        equation.body(),
        read -> {
          Moved known = moved.get(read.tensor());
          if (known != null) {
            Subscripts.bare(read.at().get(known.axis()))
                .filter(equation.outputs()::contains)
                .ifPresent(channels::add);
          }
        });
    return channels.stream().findFirst();
  }

  // ---------- the new order ----------

  @Override
  protected Expr read(Expr.Read read) {
    Moved known = moved.get(read.tensor());
    return known == null
        ? read
        : new Expr.Read(known.tensor(), known.order(read.at()), read.outside());
  }

  @Override
  public Step.Single map(Step.Single step) {
    Step.Single mapped = super.map(step);
    Moved known = moved.get(step.target());
    return known != null && mapped instanceof Step.Equation equation
        ? new Step.Equation(
            known.tensor(),
            known.order(equation.outputs()),
            equation.reduction(),
            equation.body(),
            equation.place())
        : mapped;
  }
}

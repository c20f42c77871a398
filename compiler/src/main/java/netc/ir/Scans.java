package netc.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import netc.source.Place;

/** Time in scans: which axis it is, how far back an access lies, and which steps need a scan at all. */
public final class Scans {
  private Scans() {}

  /** The axis of the step's target that {@code time} alone runs over. */
  public static OptionalInt axis(Step.Single step, Index time) {
    List<Subscript> at =
        switch (step) {
          case Step.Equation equation -> Axes.own(equation);
          case Step.Scatter scatter -> scatter.at();
        };
    for (int axis = 0; axis < at.size(); axis++) {
      if (Subscripts.bare(at.get(axis)).filter(time::equals).isPresent()
          && step.target().shape().get(axis).equals(time.extent())) {
        return OptionalInt.of(axis);
      }
    }
    return OptionalInt.empty();
  }

  /** How many steps ago the position was computed; empty when it is no {@code time ± constant}. */
  public static OptionalInt delay(Subscript position, Index time, boolean isReverse) {
    if (position instanceof Subscript.Affine(int constant, var terms)
        && terms.equals(List.of(new Subscript.Term(time, 1)))) {
      return OptionalInt.of(isReverse ? constant : -constant);
    }
    return OptionalInt.empty();
  }

  /**
   * Computes what belongs together in scans as small as can be: steps that do not depend on each other
   * through time become ordinary ones, the others a scan for each group that does.
   *
   * @param steps in any order, each with {@code time} in its domain or without
   * @param place of the scans
   * @return in an order in which they can be computed
   */
  public static List<Step> arranged(
      Index time, boolean isReverse, List<Step.Single> steps, Place place) {
    var graph = new TimeGraph(time, isReverse, steps);
    var arranged = new ArrayList<Step>();
    for (List<Step.Single> group : graph.groups()) {
      if (group.size() == 1 && !graph.readsItself(group.getFirst())) {
        arranged.add(group.getFirst());
      } else {
        arranged.add(new Step.Scan(time, isReverse, graph.inOrder(group), place));
      }
    }
    return arranged;
  }

  /** The time axis of every tensor that a scan defines. */
  public static Map<Tensor, Integer> axes(Step.Scan scan) {
    var axes = new HashMap<Tensor, Integer>();
    for (Step.Single step : scan.body()) {
      axis(step, scan.time()).ifPresent(axis -> axes.put(step.target(), axis));
    }
    return axes;
  }

  /** All steps, those inside scans one by one. */
  public static List<Step.Single> flat(List<? extends Step> steps) {
    var flat = new ArrayList<Step.Single>();
    for (Step step : steps) {
      switch (step) {
        case Step.Single single -> flat.add(single);
        case Step.Scan scan -> flat.addAll(scan.body());
      }
    }
    return flat;
  }
}

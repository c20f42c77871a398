package netc.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Step.Equation;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Substitution;
import netc.ir.Tensor;

/**
 * A pool behind a rectified contraction: {@code z[c,i] = max[u] y[c,2i+u]} of a {@code y} that nobody else
 * reads becomes {@code z[c,i] = max[u] y[c,i,u]}, and the contraction computes {@code y[c,i,u]}. Then its
 * tiles can take the maximum at once ({@link Pool}), and {@code y} is never in memory.
 */
final class PooledOutputs {
  /** One axis of y: the index of z, and that of the window, if it has one. */
  private record Axis(Index output, Optional<Index> window) {}

  private final Equation pool;
  private final List<Axis> axes;

  private PooledOutputs(Equation pool, List<Axis> axes) {
    this.pool = pool;
    this.axes = axes;
  }

  /** The program with all such pools in this form. */
  static Program of(Program program) {
    Readers readers = Readers.of(program);
    var steps = new ArrayList<Step>();
    for (Step step : program.steps()) {
      Optional<PooledOutputs> pooled = match(step);
      List<Equation> chain = pooled.map(_ -> chain(steps, step, readers)).orElse(List.of());
      if (chain.isEmpty()) {
        steps.add(step);
      } else {
        steps.subList(steps.size() - chain.size(), steps.size()).clear();
        steps.addAll(pooled.get().split(chain));
      }
    }
    return new Program(program.name(), steps, program.results());
  }

  /** A maximum over windows side by side, which cover the tensor. */
  private static Optional<PooledOutputs> match(Step step) {
    if (!(step instanceof Equation pool)
        || !pool.target().isPerExample()
        || pool.target().rank() != pool.outputs().size()
        || !Pool.isMaximum(pool)
        || !(pool.body() instanceof Expr.Read(Tensor tensor, var at, var outside))
        || outside.isPresent()
        || !tensor.isPerExample()) {
      return Optional.empty();
    }
    var axes = new ArrayList<Axis>();
    for (int axis = 0; axis < at.size(); axis++) {
      Optional<Axis> found = axis(at.get(axis), tensor.shape().get(axis), pool.reduction().get());
      if (found.isEmpty()) {
        return Optional.empty();
      }
      axes.add(found.get());
    }
    List<Index> windows = axes.stream().flatMap(a -> a.window().stream()).toList();
    boolean isPool =
        axes.stream().map(Axis::output).toList().equals(pool.outputs())
            && windows.equals(pool.reduction().get().indices());
    return isPool ? Optional.of(new PooledOutputs(pool, axes)) : Optional.empty();
  }

  private static Optional<Axis> axis(Subscript at, Extent extent, Reduction reduction) {
    Optional<Index> bare = Subscripts.bare(at);
    if (bare.isPresent()) {
      return bare.filter(i -> !reduction.indices().contains(i)).map(i -> new Axis(i, Optional.empty()));
    }
    if (!(at instanceof Subscript.Affine(int constant, var terms)) || constant != 0 || terms.size() != 2) {
      return Optional.empty();
    }
    Index output = terms.get(0).index();
    Index window = terms.get(1).index();
    boolean covers =
        reduction.indices().contains(window)
            && !reduction.indices().contains(output)
            && terms.get(1).coefficient() == 1
            && terms.get(0).coefficient() == window.extent().size()
            && extent.equals(Extent.of(window.extent().size() * output.extent().size()));
    return covers ? Optional.of(new Axis(output, Optional.of(window))) : Optional.empty();
  }

  /**
   * The steps right in front that lead from a contraction to what is pooled, each read by the next one alone
   * and at its own position; empty where there are none.
   */
  private static List<Equation> chain(List<Step> before, Step pool, Readers readers) {
    var chain = new ArrayList<Equation>();
    Step reader = pool;
    for (Step step : before.reversed()) {
      if (!(step instanceof Equation equation)
          || equation.target().type() != ElementType.REAL
          || equation.target().rank() != equation.outputs().size()
          || readers.isReadOutside(equation.target(), List.of(reader))
          || reader != pool && !Epilogue.readsAtOwnPosition((Equation) reader, Set.of(equation.target()))) {
        return List.of();
      }
      chain.addFirst(equation);
      if (equation.reduction().isPresent()) {
        boolean suits =
            Contraction.sumOfProducts(equation, Optional.empty(), new Refusals()).isPresent()
                && Pool.argument(chain.getLast()).isPresent();
        return suits ? chain : List.of();
      }
      reader = equation;
    }
    return List.of();
  }

  /** The chain and the pool with the axes of its windows split. */
  private List<Step> split(List<Equation> chain) {
    Map<Tensor, Tensor> splits = new HashMap<>();
    chain.forEach(equation -> splits.put(equation.target(), split(equation.target())));
    var steps = new ArrayList<Step>();
    chain.forEach(equation -> steps.add(split(equation, splits)));
    var at = new ArrayList<Subscript>();
    for (Axis axis : axes) {
      at.add(Subscript.of(axis.output()));
      axis.window().ifPresent(window -> at.add(Subscript.of(window)));
    }
    Tensor pooled = splits.get(chain.getLast().target());
    steps.add(
        new Equation(
            pool.target(),
            pool.outputs(),
            pool.reduction(),
            new Expr.Read(pooled, at, Optional.empty()),
            pool.place()));
    return steps;
  }

  private Tensor split(Tensor tensor) {
    var shape = new ArrayList<Extent>();
    for (Axis axis : axes) {
      shape.add(axis.output().extent());
      axis.window().ifPresent(window -> shape.add(window.extent()));
    }
    return new Tensor(tensor.name(), tensor.role(), tensor.type(), shape, tensor.interval());
  }

  private Equation split(Equation equation, Map<Tensor, Tensor> splits) {
    Set<String> names = new HashSet<>();
    Indices.of(equation).forEach(index -> names.add(index.name()));
    var outputs = new ArrayList<Index>();
    Map<Index, Subscript> replacements = new HashMap<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      Index index = equation.outputs().get(axis);
      if (axes.get(axis).window().isEmpty()) {
        outputs.add(index);
      } else {
        Index place = new Index(unused(index.name(), names), axes.get(axis).output().extent());
        Index within = new Index(unused(index.name(), names), axes.get(axis).window().get().extent());
        outputs.add(place);
        outputs.add(within);
        replacements.put(index, Subscripts.fused(List.of(place, within)));
      }
    }
    List<Subscript> own = outputs.stream().map(Subscript::of).toList();
    Mapper ofSplits =
        new Mapper() {
          @Override
          protected Expr read(Expr.Read read) {
            Tensor split = splits.get(read.tensor());
            return split == null ? read : new Expr.Read(split, own, read.outside());
          }
        };
    var mapped = (Equation) ofSplits.map(new Substitution(replacements).map(equation));
    return new Equation(
        splits.get(equation.target()), outputs, mapped.reduction(), mapped.body(), mapped.place());
  }

  private static String unused(String name, Set<String> names) {
    String unused = name;
    while (!names.add(unused)) {
      unused += "'";
    }
    return unused;
  }
}

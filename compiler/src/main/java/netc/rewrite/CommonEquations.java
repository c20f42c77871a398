package netc.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Substitution;
import netc.ir.Tensor;
import netc.source.Place;

/** Computes equal equations once: those that differ only in the names of target and indices. */
public final class CommonEquations implements Pass {
  private static final Place NOWHERE = new Place("", 0);

  @Override
  public Program apply(Program program) {
    var known = new HashMap<Step, Tensor>();
    var same = new HashMap<Tensor, Tensor>();
    var mapper = new Renaming(same);
    var steps = new ArrayList<Step>();
    for (Step step : program.steps()) {
      switch (step) {
        case Step.Single single -> {
          Step.Single renamed = mapper.map(single);
          if (isNew(renamed, known, same)) {
            steps.add(renamed);
          }
        }
        case Step.Scan(var time, var isReverse, var body, var place) -> {
          List<Step.Single> kept =
              body.stream().map(mapper::map).filter(s -> isNew(s, known, same)).toList();
          // once more, for what was read before its line
          List<Step.Single> inside = kept.stream().map(mapper::map).toList();
          if (!inside.isEmpty()) {
            steps.add(new Step.Scan(time, isReverse, inside, place));
          }
        }
      }
    }
    List<Program.Result> results =
        program.results().stream()
            .map(r -> new Program.Result(r.name(), same.getOrDefault(r.tensor(), r.tensor())))
            .toList();
    return new Program(program.name(), steps, results);
  }

  private static boolean isNew(Step.Single step, Map<Step, Tensor> known, Map<Tensor, Tensor> same) {
    Tensor first = known.putIfAbsent(nameless(step), step.target());
    if (first != null) {
      same.put(step.target(), first);
    }
    return first == null;
  }

  /** Reads of one tensor become reads of another of the same shape. */
  private static final class Renaming extends Mapper {
    private final Map<Tensor, Tensor> names;

    Renaming(Map<Tensor, Tensor> names) {
      this.names = names;
    }

    @Override
    protected Expr read(Expr.Read read) {
      Tensor to = names.get(read.tensor());
      return to == null ? read : new Expr.Read(to, read.at(), read.outside());
    }
  }

  /** The step with its target and indices named by position only. */
  private static Step nameless(Step.Single step) {
    var positions = new HashMap<Index, Subscript>();
    var indices = new HashMap<Index, Index>();
    for (Index index : Indices.of(step)) {
      Index named = new Index(Integer.toString(indices.size()), index.extent());
      indices.put(index, named);
      positions.put(index, Subscript.of(named));
    }
    Tensor target = nameless(step.target());
    var own = new Renaming(Map.of(step.target(), target));
    Step.Single moved = own.map(new Substitution(positions).map(step));
    return switch (moved) {
      case Step.Equation(_, var outputs, var reduction, var body, _) ->
          new Step.Equation(
              target,
              outputs.stream().map(indices::get).toList(),
              reduction.map(
                  r ->
                      new Reduction(
                          r.operator(),
                          r.indices().stream().map(indices::get).toList(),
                          r.filter())),
              body,
              NOWHERE);
      case Step.Scatter(_, var at, var domain, var filter, var body, _) ->
          new Step.Scatter(
              target, at, domain.stream().map(indices::get).toList(), filter, body, NOWHERE);
    };
  }

  private static Tensor nameless(Tensor tensor) {
    List<Extent> shape = tensor.shape();
    return new Tensor("", tensor.role(), tensor.type(), shape, Optional.empty());
  }
}

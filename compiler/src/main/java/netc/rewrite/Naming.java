package netc.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;
import netc.ir.Verifier;

/** Gives expressions of one step names: each becomes an equation of its own over the indices it uses. */
final class Naming {
  private final Step.Single step;
  private final Set<String> names;
  private final List<Step.Single> defined = new ArrayList<>();
  private final Map<Expr, Expr> known = new HashMap<>();

  /**
   * @param names of the whole program; extended
   */
  Naming(Step.Single step, Set<String> names) {
    this.step = step;
    this.names = names;
  }

  /** The new equations, in order. */
  List<Step.Single> defined() {
    return defined;
  }

  /** The indices of the step that an expression uses, the batch first. */
  List<Index> used(Expr expr) {
    SequencedSet<Index> inside = Indices.in(expr);
    var used = new ArrayList<Index>();
    for (Index index : Indices.of(step)) {
      if (inside.contains(index)) {
        used.add(index.extent().isBatch() ? 0 : used.size(), index);
      }
    }
    return used;
  }

  /**
   * The access to a new tensor that holds a real expression's values, or the expression itself when it
   * cannot stand alone: when an access in it is inside only by a condition around it.
   */
  Expr named(Expr expr) {
    if (expr.type() != ElementType.REAL) {
      return expr;
    }
    return known.computeIfAbsent(expr, this::define);
  }

  private Expr define(Expr expr) {
    List<Index> outputs = used(expr);
    boolean isPlainBatch =
        outputs.stream().allMatch(i -> !i.extent().isBatch() || i.name().equals("batch"));
    List<Extent> shape = outputs.stream().map(Index::extent).toList();
    String name = Steps.unused(step.target().name(), names);
    Tensor tensor = Tensor.real(name, Tensor.Role.VALUE, shape);
    var equation = new Step.Equation(tensor, outputs, Optional.empty(), expr, step.place());
    if (!isPlainBatch || !Verifier.accepts(equation)) {
      names.remove(name);
      return expr;
    }
    defined.add(equation);
    return Expr.read(tensor, outputs.stream().map(Subscript::of).toList());
  }
}

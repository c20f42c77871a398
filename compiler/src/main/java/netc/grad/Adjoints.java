package netc.grad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.ir.Algebra;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Guards;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Substitution;
import netc.ir.Tensor;
import netc.source.Place;

/**
 * From what an access receives at the points of its step's domain to the step that gives the whole
 * tensor's adjoint: {@code Ā[a] = Σ over α(point) = a}. A gather where α has an inverse, else a scatter.
 *
 * @param domain all indices of the step differentiated
 * @param saved what is read at the step's own point only and may be read outside, with the value there:
 *     the adjoint of its target (0) and the place of its extremum (-1)
 */
record Adjoints(List<Index> domain, Map<Tensor, Expr> saved, Place place) {

  /** The step that defines {@code target} as what all of these, of one and the same access, add up to. */
  Step.Single step(Tensor target, List<Contribution> contributions) {
    Expr.Read access = contributions.getFirst().access();
    return Inversion.of(access.at(), target.shape(), domain)
        .map(inverse -> gather(target, contributions, inverse))
        .orElseGet(() -> scatter(target, contributions, access.at()));
  }

  private Step.Single scatter(Tensor target, List<Contribution> contributions, List<Subscript> at) {
    Contribution only = contributions.getFirst();
    boolean isFiltered = contributions.size() == 1 && !only.when().isEmpty();
    Optional<Expr> filter = isFiltered ? Optional.of(Algebra.all(only.when())) : Optional.empty();
    Expr body = isFiltered ? only.adjoint() : sum(contributions);
    List<Subscript> everywhere = isFiltered ? at : at.stream().map(EVERYWHERE::map).toList();
    return new Step.Scatter(target, everywhere, domain, filter, body, place);
  }

  private static Expr sum(List<Contribution> contributions) {
    return contributions.stream().map(Contribution::guarded).reduce(Algebra::add).orElseThrow();
  }

  private Step.Single gather(Tensor target, List<Contribution> contributions, Inverse inverse) {
    Expr body = sum(contributions);
    var conditions = new ArrayList<Expr>();
    inverse.conditions().forEach(c -> conditions.add(EVERYWHERE.map(c)));
    Set<Index> elsewhere = usedElsewhere(body);
    Set<Index> used = Indices.in(body);
    boolean guards = false;
    for (Index index : inverse.ranges().keySet()) {
      if (elsewhere.contains(index) || !used.contains(index)) {
        conditions.addAll(inverse.ranges().get(index));
      } else {
        guards = true;
      }
    }
    Expr moved =
        ROUNDED.map(
            new Substitution(inverse.replacements()).map(guards ? guarded(body) : body));
    var renaming = new Substitution(batchNames(inverse));
    List<Index> summed = inverse.summed().stream().map(i -> renamed(i, renaming)).toList();
    List<Index> outputs = inverse.outputs().stream().map(i -> renamed(i, renaming)).toList();
    Expr condition = renaming.map(Algebra.all(conditions));
    return equation(target, outputs, summed, condition, renaming.map(moved));
  }

  private Step.Single equation(
      Tensor target, List<Index> outputs, List<Index> summed, Expr condition, Expr body) {
    if (summed.isEmpty()) {
      Expr selected = Algebra.select(condition, body, Algebra.ZERO);
      return new Step.Equation(target, outputs, Optional.empty(), selected, place);
    }
    Optional<Expr> filter =
        condition instanceof Expr.Bool(boolean value) && value
            ? Optional.empty()
            : Optional.of(condition);
    var reduction = new Reduction(Reduction.Operator.SUM, summed, filter);
    return new Step.Equation(target, outputs, Optional.of(reduction), body, place);
  }

  /** The batch of a per-example adjoint is called {@code batch}, whatever it was called in the access. */
  private static Map<Index, Subscript> batchNames(Inverse inverse) {
    var names = new HashMap<Index, Subscript>();
    if (inverse.outputs().isEmpty() || !inverse.outputs().getFirst().extent().isBatch()) {
      return names;
    }
    Index output = inverse.outputs().getFirst();
    Index batch = new Index("batch", output.extent());
    if (!output.equals(batch)) {
      names.put(output, Subscript.of(batch));
      names.put(batch, Subscript.of(new Index(output.name(), output.extent())));
    }
    return names;
  }

  private static Index renamed(Index index, Substitution renaming) {
    return Subscripts.bare(renaming.map(Subscript.of(index))).orElse(index);
  }

  /** Indices that stand anywhere but bare in an access to a saved tensor. */
  private Set<Index> usedElsewhere(Expr body) {
    var without =
        new Mapper() {
          @Override
          protected Expr read(Expr.Read read) {
            boolean own =
                saved.containsKey(read.tensor())
                    && read.at().stream().allMatch(s -> Subscripts.bare(s).isPresent());
            return own ? Algebra.ZERO : read;
          }
        };
    return Indices.in(without.map(body));
  }

  private Expr guarded(Expr body) {
    return new Mapper() {
      @Override
      protected Expr read(Expr.Read read) {
        Expr outside = saved.get(read.tensor());
        return outside == null || read.at().isEmpty()
            ? read
            : new Expr.Read(read.tensor(), read.at(), Optional.of(outside));
      }
    }.map(body);
  }

  /**
   * Conditions and positions read at points that may lie outside. What they find there does not matter,
   * since the ranges of the indices, or the guards of what is added up, leave nothing of such a point.
   */
  private static final Mapper EVERYWHERE =
      new Mapper() {
        @Override
        protected Expr read(Expr.Read read) {
          boolean mayMiss =
              read.outside().isEmpty()
                  && read.type() == ElementType.INT
                  && !Guards.isAlwaysInside(read);
          return mayMiss
              ? new Expr.Read(read.tensor(), read.at(), Optional.of(new Expr.Int(0)))
              : read;
        }
      };

  /** Without `else`, a condition says already that exact divisions divide: floor division then. */
  private static final Mapper ROUNDED =
      new Mapper() {
        @Override
        protected Expr read(Expr.Read read) {
          return read.outside().isPresent()
              ? read
              : Expr.read(read.tensor(), read.at().stream().map(Adjoints::rounded).toList());
        }
      };

  private static Subscript rounded(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Exact(var of, int by) -> Subscripts.quotient(rounded(of), by);
      case Subscript.Quotient(var of, int by) -> Subscripts.quotient(rounded(of), by);
      case Subscript.Remainder(var of, int by) -> Subscripts.remainder(rounded(of), by);
      case Subscript.Plus(var left, var right) -> Subscripts.plus(rounded(left), rounded(right));
      case Subscript.Affine _, Subscript.Clamp _, Subscript.Wrap _, Subscript.Gathered _ ->
          subscript;
    };
  }
}

package netc.grad;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Guards;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Primitive;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Substitution;

/**
 * Solves {@code position = α(indices)} for the indices, axis by axis: bare indices are renamed, fused
 * ones stay fused, affine ones are solved with exact division, windows that do not overlap with floor
 * division and remainder. What has no such solution (clamp, wrap, gathers) has no inverse.
 */
final class Inversion {
  private final List<Subscript> at;
  private final List<Extent> shape;
  private final SequencedSet<Index> open;
  private final Set<String> names = new HashSet<>();
  private final Map<Index, Subscript> replacements = new LinkedHashMap<>();
  private final List<List<Index>> axes = new ArrayList<>();
  private final List<Expr> conditions = new ArrayList<>();

  private Inversion(List<Subscript> at, List<Extent> shape, List<Index> domain) {
    this.at = at;
    this.shape = shape;
    this.open = new LinkedHashSet<>(domain);
    domain.forEach(index -> names.add(index.name()));
  }

  /** The inverse of the index map {@code at} from {@code domain} to a tensor of {@code shape}. */
  static Optional<Inverse> of(List<Subscript> at, List<Extent> shape, List<Index> domain) {
    var inversion = new Inversion(at, shape, domain);
    inversion.keepWholeAxes();
    return inversion.solveAxes() ? Optional.of(inversion.result()) : Optional.empty();
  }

  /** Axes that one index, or several fused ones, run over entirely: these indices become outputs. */
  private void keepWholeAxes() {
    for (int axis = 0; axis < at.size(); axis++) {
      List<Index> parts = wholeAxis(at.get(axis), shape.get(axis));
      open.removeAll(parts);
      axes.add(parts);
    }
  }

  private List<Index> wholeAxis(Subscript subscript, Extent extent) {
    if (!(subscript instanceof Subscript.Affine affine) || affine.terms().isEmpty()) {
      return List.of();
    }
    List<Index> parts =
        affine.terms().stream()
            .sorted(Comparator.comparingInt(Subscript.Term::coefficient).reversed())
            .map(Subscript.Term::index)
            .toList();
    if (!open.containsAll(parts)) {
      return List.of();
    }
    if (!(extent instanceof Extent.Const(int size))
        || parts.stream().anyMatch(index -> !(index.extent() instanceof Extent.Const))) {
      boolean isBare = Subscripts.bare(affine).isPresent();
      return isBare && parts.getFirst().extent().equals(extent) ? parts : List.of();
    }
    long product = parts.stream().mapToLong(index -> index.extent().size()).reduce(1, (a, b) -> a * b);
    Map<Index, Long> expected = Subscripts.coefficients((Subscript.Affine) Subscripts.fused(parts));
    boolean isFused =
        affine.constant() == 0 && expected.equals(Subscripts.coefficients(affine));
    return isFused && product == size ? parts : List.of();
  }

  private boolean solveAxes() {
    for (int axis = 0; axis < at.size(); axis++) {
      if (axes.get(axis).isEmpty()) {
        Index position = fresh(at.get(axis), shape.get(axis));
        axes.set(axis, List.of(position));
        if (!solve(replaced(at.get(axis)), Subscript.of(position))) {
          return false;
        }
      }
    }
    return true;
  }

  private Index fresh(Subscript subscript, Extent extent) {
    String base =
        Indices.in(subscript).stream().filter(open::contains).map(Index::name).findFirst().orElse("p");
    return fresh(base.equals("batch") ? "p" : base, extent);
  }

  private Index fresh(String base, Extent extent) {
    String name = base;
    while (!names.add(name)) {
      name += "'";
    }
    return new Index(name, extent);
  }

  private Subscript replaced(Subscript subscript) {
    return new Substitution(replacements).map(subscript);
  }

  /** Makes {@code left = right} hold, by replacing indices or by a condition; false when it cannot. */
  private boolean solve(Subscript left, Subscript right) {
    if (Indices.in(left).stream().noneMatch(open::contains)) {
      conditions.addAll(Guards.divides(left));
      conditions.add(
          Expr.apply(Primitive.EQUAL, Subscripts.toExpr(left), Subscripts.toExpr(right)));
      return true;
    }
    return switch (left) {
      case Subscript.Affine affine -> {
        solve(affine, right);
        yield true;
      }
      case Subscript.Exact(var of, int by) -> solve(of, Subscripts.times(right, by));
      case Subscript.Quotient(var of, int by) -> {
        Index rest = fresh("rest", Extent.of(by));
        boolean solved =
            solve(of, Subscripts.plus(Subscripts.times(right, by), Subscript.of(rest)));
        open.add(rest);
        yield solved;
      }
      case Subscript.Remainder _, Subscript.Clamp _, Subscript.Wrap _ -> false;
      case Subscript.Gathered _, Subscript.Plus _ -> false;
    };
  }

  private void solve(Subscript.Affine left, Subscript right) {
    List<Subscript.Term> unknown =
        left.terms().stream().filter(t -> open.contains(t.index())).toList();
    List<Subscript.Term> known =
        left.terms().stream().filter(t -> !open.contains(t.index())).toList();
    Subscript rest = minus(right, new Subscript.Affine(left.constant(), known));
    if (unknown.stream().allMatch(t -> t.coefficient() < 0)) {
      rest = Subscripts.times(rest, -1);
      unknown =
          unknown.stream().map(t -> new Subscript.Term(t.index(), -t.coefficient())).toList();
    }
    if (isInjective(unknown)) {
      solveAll(unknown, rest);
    } else {
      solveOne(unknown, rest);
    }
  }

  private static Subscript minus(Subscript left, Subscript right) {
    return Subscripts.plus(left, Subscripts.times(right, -1));
  }

  /** Whether each step of an index is longer than everything that the finer ones can reach. */
  private static boolean isInjective(List<Subscript.Term> terms) {
    long reach = 0;
    for (Subscript.Term term : byCoefficient(terms).reversed()) {
      if (term.coefficient() <= reach) {
        return false;
      }
      reach += (long) term.coefficient() * (term.index().extent().most() - 1);
    }
    return true;
  }

  private static List<Subscript.Term> byCoefficient(List<Subscript.Term> terms) {
    return terms.stream()
        .sorted(Comparator.comparingInt(Subscript.Term::coefficient).reversed())
        .toList();
  }

  /** A mixed-radix number: quotients from the coarsest index to the finest. */
  private void solveAll(List<Subscript.Term> unknown, Subscript rest) {
    List<Subscript.Term> terms = byCoefficient(unknown);
    for (Subscript.Term term : terms.subList(0, terms.size() - 1)) {
      replace(term.index(), Subscripts.quotient(rest, term.coefficient()));
      rest = Subscripts.remainder(rest, term.coefficient());
    }
    replace(terms.getLast().index(), Subscripts.exact(rest, terms.getLast().coefficient()));
  }

  /** Windows overlap: the longest index is solved for, the others keep running. */
  private void solveOne(List<Subscript.Term> unknown, Subscript rest) {
    Subscript.Term longest =
        unknown.stream().max(Comparator.comparingInt(t -> t.index().extent().about())).orElseThrow();
    List<Subscript.Term> others = unknown.stream().filter(t -> t != longest).toList();
    Subscript remaining = minus(rest, new Subscript.Affine(0, others));
    int coefficient = longest.coefficient();
    replace(
        longest.index(),
        coefficient > 0
            ? Subscripts.exact(remaining, coefficient)
            : Subscripts.exact(Subscripts.times(remaining, -1), -coefficient));
  }

  private void replace(Index index, Subscript by) {
    open.remove(index);
    var substitution = new Substitution(Map.of(index, by));
    replacements.replaceAll((_, subscript) -> substitution.map(subscript));
    conditions.replaceAll(substitution::map);
    replacements.put(index, by);
  }

  private Inverse result() {
    var ranges = new LinkedHashMap<Index, List<Expr>>();
    replacements.forEach(
        (index, by) -> {
          List<Expr> range = Guards.inside(by, index.extent());
          if (!range.isEmpty()) {
            ranges.put(index, range);
          }
        });
    List<Index> outputs = axes.stream().flatMap(List::stream).toList();
    return new Inverse(outputs, replacements, List.copyOf(open), ranges, conditions);
  }
}

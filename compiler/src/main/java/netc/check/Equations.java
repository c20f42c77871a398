package netc.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.Primitive;
import netc.ir.Reduction;
import netc.ir.Scans;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;
import netc.source.Place;

/**
 * The equations of a net in the making. Everything that gets a tensor of its own is defined here: its
 * outputs are the free indices of its body, outermost first, then the named axes.
 */
class Equations {
  private final List<Step> steps = new ArrayList<>();
  private final Set<Tensor> temporary = new HashSet<>();
  private final Names names;
  private final FreshIndices indices;

  Equations(Names names, FreshIndices indices) {
    this.names = names;
    this.indices = indices;
  }

  List<Step> steps() {
    return steps;
  }

  /** All equations, those of scans one by one; the scatters that {@code diff} makes are none. */
  static List<Step.Equation> flat(List<Step> steps) {
    return Scans.flat(steps).stream()
        .filter(Step.Equation.class::isInstance)
        .map(Step.Equation.class::cast)
        .toList();
  }

  /** The last step, unless it is a scan. */
  private Optional<Step.Equation> last() {
    return !steps.isEmpty() && steps.getLast() instanceof Step.Equation equation
        ? Optional.of(equation)
        : Optional.empty();
  }

  Names names() {
    return names;
  }

  /** A tensor of its own for a term; what it computes under a condition is 0 elsewhere. */
  Term temporary(Term term, Context context, Place place) {
    var draft = new Draft(Optional.empty(), guarded(term.body(), context.when()), term.type());
    return define(names.part(context.site().path()), draft, each(term.axes()), place, true);
  }

  /** The reduction of {@code body} over {@code reduction.indices()}, as a tensor of its own. */
  Term reduced(
      Reduction reduction, Term body, Type type, Context context, Place place) {
    var draft = new Draft(Optional.of(reduction), guarded(body.body(), context.when()), type);
    return define(names.part(context.site().path()), draft, each(body.axes()), place, true);
  }

  /**
   * Defines a name.
   *
   * @param axes the indices of each axis; several make one fused axis
   * @return the tensor, with its axes free
   */
  Term defined(
      String name, Term term, List<List<Index>> axes, Context context, Place place) {
    var all = new ArrayList<>(axes);
    all.addAll(each(term.axes()));
    Step.Equation last = last().orElse(null);
    if (last != null && isJust(term.body(), last, all)) {
      steps.removeLast();
      names.release(last.target().name());
      Term named = define(name, asDraft(last, term), all, last.place(), false);
      replaceSelf(last.target());
      return named;
    }
    var draft = new Draft(Optional.empty(), guarded(term.body(), context.when()), term.type());
    return define(name, draft, all, place, false);
  }

  private static List<List<Index>> each(List<Index> axes) {
    return axes.stream().map(List::of).toList();
  }

  private record Draft(Optional<Reduction> reduction, Expr body, Type type) {
    Set<Index> free() {
      Set<Index> free = FreeIndices.of(body);
      reduction.flatMap(Reduction::filter).ifPresent(f -> free.addAll(FreeIndices.of(f)));
      reduction.ifPresent(r -> r.indices().forEach(free::remove));
      return free;
    }
  }

  private Term define(
      String wanted, Draft draft, List<List<Index>> axes, Place place, boolean isTemporary) {
    Set<Index> free = draft.free();
    axes.forEach(free::removeAll);
    var outputs = new ArrayList<Index>(free);
    var shape = new ArrayList<Extent>();
    outputs.forEach(o -> shape.add(o.extent()));
    for (List<Index> axis : axes) {
      outputs.addAll(axis);
      shape.add(axis.size() == 1 ? axis.getFirst().extent() : Extent.of(product(axis)));
    }
    Tensor target = tensor(isTemporary ? wanted : names.unique(wanted), draft, shape);
    steps.add(new Step.Equation(target, outputs, draft.reduction, draft.body, place));
    defining(target, free);
    if (isTemporary) {
      temporary.add(target);
    }
    return view(target, free, draft.type);
  }

  /**
   * Told of every new tensor.
   *
   * @param free the indices of its leading axes, which are bound around its equation
   */
  void defining(Tensor target, Set<Index> free) {}

  /** A tensor whose leading positions are bound to {@code outer} and whose other axes are free. */
  Term view(Tensor tensor, java.util.Collection<Index> outer, Type type) {
    var axes = new ArrayList<Index>();
    var at = new ArrayList<Subscript>();
    outer.forEach(o -> at.add(Subscript.of(o)));
    for (int axis = outer.size(); axis < tensor.rank(); axis++) {
      axes.add(indices.axis(axis - outer.size(), tensor.shape().get(axis).most()));
      at.add(Subscript.of(axes.getLast()));
    }
    return new Term(axes, Expr.read(tensor, at), type);
  }

  private static Tensor tensor(String name, Draft draft, List<Extent> shape) {
    return switch (draft.type.element()) {
      case REAL -> Tensor.real(name, Tensor.Role.VALUE, shape);
      case BOOL -> Tensor.bool(name, Tensor.Role.VALUE, shape);
      case INT ->
          Tensor.integer(name, Tensor.Role.VALUE, shape, interval(draft.reduction, draft.body));
    };
  }

  /** What an integer equation can give. */
  static Interval interval(Optional<Reduction> reduction, Expr body) {
    Interval one = Intervals.of(body);
    if (reduction.isEmpty() || BatchRows.isStack(reduction.get())) {
      return one;
    }
    long points = product(reduction.get().indices());
    return switch (reduction.get().operator()) {
      case ARGMAX, ARGMIN -> new Interval(0, points - 1);
      case SUM ->
          new Interval(
              Math.min(0, Intervals.multiply(points, one.low())),
              Math.max(0, Intervals.multiply(points, one.high())));
      default -> one;
    };
  }

  /** The number of points of a box, as a real number: the rows are counted when it runs. */
  static Expr points(List<Index> indices) {
    List<Index> known = indices.stream().filter(i -> i.extent() instanceof Extent.Const).toList();
    Expr points = new Expr.Real(product(known));
    for (int i = known.size(); i < indices.size(); i++) {
      Expr rows = Expr.apply(Primitive.TO_REAL, new Expr.BatchSize());
      points =
          points.equals(new Expr.Real(1)) ? rows : Expr.apply(Primitive.MULTIPLY, rows, points);
    }
    return points;
  }

  static int product(List<Index> indices) {
    long product = 1;
    for (Index index : indices) {
      product = Intervals.multiply(product, index.extent().most());
    }
    return (int) Math.min(product, Integer.MAX_VALUE);
  }

  /** What is hoisted out of a branch computes nothing where the branch is not taken. */
  private static Expr guarded(Expr body, Expr when) {
    return Exprs.select(when, body, zero(body.type()));
  }

  static Expr zero(ElementType type) {
    return switch (type) {
      case REAL -> new Expr.Real(0);
      case INT -> new Expr.Int(0);
      case BOOL -> new Expr.Bool(false);
    };
  }

  /** Whether nobody else has a name for a tensor. */
  boolean isTemporary(Tensor tensor) {
    return temporary.contains(tensor);
  }

  /** Whether a term is what the last step computed and nobody else has a name for. */
  boolean isJustTemporary(Term term) {
    return term.body() instanceof Expr.Read read
        && last().filter(last -> read.tensor().equals(last.target())).isPresent()
        && temporary.contains(read.tensor());
  }

  /** Whether {@code body} only reads the last step's temporary, over exactly the wanted indices. */
  private boolean isJust(Expr body, Step.Equation last, List<List<Index>> wanted) {
    if (!(body instanceof Expr.Read read)
        || !read.tensor().equals(last.target())
        || !temporary.contains(last.target())
        || read.outside().isPresent()) {
      return false;
    }
    var at = new HashSet<Index>();
    for (Subscript subscript : read.at()) {
      if (!(subscript instanceof Subscript.Affine affine)
          || Affine.of(affine).bareIndex().isEmpty()
          || !at.add(Affine.of(affine).bareIndex().get())) {
        return false;
      }
    }
    return wanted.stream().allMatch(at::containsAll);
  }

  /** The last step as a draft, its outputs renamed to the indices that it is read at. */
  private Draft asDraft(Step.Equation last, Term term) {
    var renamed = new HashMap<Index, Index>();
    var read = (Expr.Read) term.body();
    for (int i = 0; i < last.outputs().size(); i++) {
      var at = (Subscript.Affine) read.at().get(i);
      renamed.put(last.outputs().get(i), Affine.of(at).bareIndex().orElseThrow());
    }
    var substitution = Substitution.renaming(renamed, Map.of());
    var reduction =
        last.reduction()
            .map(r -> new Reduction(r.operator(), r.indices(), r.filter().map(substitution::apply)));
    return new Draft(reduction, substitution.apply(last.body()), term.type());
  }

  /** A {@code deriv} may read what its equation defines: under its new name, at its own indices. */
  private void replaceSelf(Tensor old) {
    Step.Equation step = last().orElseThrow();
    if (step.body() instanceof Expr.Custom) {
      var own = OwnRead.of(step.target(), step.outputs());
      steps.set(
          steps.size() - 1,
          new Step.Equation(
              step.target(),
              step.outputs(),
              step.reduction(),
              OwnRead.replace(step.body(), old, own),
              step.place()));
    }
  }

  /** Adds a step as it is. */
  void add(Step step, boolean isTemporary) {
    steps.add(step);
    if (step instanceof Step.Equation equation) {
      defining(equation.target(), new LinkedHashSet<>(equation.outputs()));
    }
    if (isTemporary) {
      temporary.addAll(step.targets());
    }
  }

  FreshIndices indices() {
    return indices;
  }
}

package netc.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import netc.check.errors.ScanErrors;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Scans;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Tensor;
import netc.source.Diagnostic;
import netc.source.Span;
import netc.syntax.Expression;

/**
 * The equations of a scan in the making: what is carried, how it may be read, and what can be checked
 * only when every line is known.
 */
final class ScanEquations extends Equations {
  private final Index time;
  private final boolean isReverse;
  private final Map<String, Carried> carried = new LinkedHashMap<>();
  private final Map<Tensor, Set<Index>> free = new HashMap<>();
  private final List<Runnable> sizeChecks = new ArrayList<>();
  private final List<GatherCheck> gatherChecks = new ArrayList<>();

  ScanEquations(Equations outer, Index time, boolean isReverse) {
    super(outer.names(), outer.indices());
    this.time = time;
    this.isReverse = isReverse;
  }

  /** A position that comes from data, whose bounds may depend on what is carried. */
  record GatherCheck(
      Subscript position, int size, Facts facts, Function<Subscript, Diagnostic> message) {}

  Index time() {
    return time;
  }

  boolean isReverse() {
    return isReverse;
  }

  void add(Carried one) {
    carried.put(one.key(), one);
  }

  Optional<Carried> carried(String key) {
    return Optional.ofNullable(carried.get(key));
  }

  Iterable<Carried> all() {
    return carried.values();
  }

  @Override
  void defining(Tensor target, Set<Index> outer) {
    free.put(target, outer);
  }

  /** The indices around the equation of each tensor defined so far. */
  Map<Tensor, Set<Index>> free() {
    return free;
  }

  /** The carried tensor that a term reads at all times, its time axis still open in front. */
  Optional<Carried> whole(Term term) {
    if (!(term.body() instanceof Expr.Read read) || term.axes().isEmpty()) {
      return Optional.empty();
    }
    return carried.values().stream().filter(one -> isWhole(one, read, term)).findFirst();
  }

  private boolean isWhole(Carried one, Expr.Read read, Term term) {
    boolean isEarly = read.tensor().equals(one.early());
    boolean isDefined =
        one.defined().filter(d -> ((Expr.Read) d.body()).tensor().equals(read.tensor())).isPresent();
    if (!isEarly && !isDefined) {
      return false;
    }
    int axis = isEarly ? 0 : free.get(read.tensor()).size();
    return Subscripts.bare(read.at().get(axis)).filter(term.axes().getFirst()::equals).isPresent();
  }

  /** In its scan a carried tensor is read at one time, or a few, never at all of them. */
  void requireTime(Value value, Span span) {
    if (value instanceof Term term) {
      whole(term)
          .ifPresent(
              one -> {
                throw new CheckFailure(ScanErrors.whole(span, one.key(), timeName(), isReverse));
              });
    }
  }

  private String timeName() {
    return FreshIndices.plainName(time);
  }

  /** The position on the time axis is an earlier step, or this one behind the line of the tensor. */
  void checkTime(Carried one, Subscript position, Span span, Expression.Access access) {
    if (one.defined().isEmpty()) {
      one.read(access.span());
    }
    var delay = Scans.delay(position, time, isReverse);
    if (delay.isEmpty()) {
      throw new CheckFailure(ScanErrors.notConstant(span, one.key(), timeName(), isReverse));
    }
    if (delay.getAsInt() < 0) {
      throw new CheckFailure(ScanErrors.future(span, one.key(), timeName(), isReverse));
    }
    if (delay.getAsInt() == 0 && one.defined().isEmpty()) {
      throw new CheckFailure(
          ScanErrors.notYet(span, one.key(), one.left().span(), timeName(), isReverse));
    }
  }

  /** Where nothing earlier stands, the access says what its value is. */
  CheckFailure noInitialValue(Expression.Access access, Span subscript, Subscript position) {
    int delay = Scans.delay(position, time, isReverse).orElse(1);
    int first = isReverse ? time.extent().most() - 1 : 0;
    int there = isReverse ? first + delay : first - delay;
    return new CheckFailure(
        ScanErrors.noInitialValue(access, subscript, timeName(), first, there));
  }

  /** To be checked when the sizes of all carried tensors are known. */
  void later(Runnable check) {
    sizeChecks.add(check);
  }

  void later(GatherCheck check) {
    gatherChecks.add(check);
  }

  /** Runs what had to wait; {@code widening} knows the final tensors. */
  void check(ScanWidening widening) {
    sizeChecks.forEach(Runnable::run);
    for (GatherCheck check : gatherChecks) {
      Subscript position = widening.map(check.position());
      if (!Bounds.isInside(position, check.size(), check.facts())) {
        throw new CheckFailure(check.message().apply(position));
      }
    }
  }

  static boolean isGathered(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Gathered _ -> true;
      case Subscript.Plus(var left, var right) -> isGathered(left) || isGathered(right);
      case Subscript.Quotient(var of, _) -> isGathered(of);
      case Subscript.Remainder(var of, _) -> isGathered(of);
      case Subscript.Exact(var of, _) -> isGathered(of);
      case Subscript.Clamp(var of, _) -> isGathered(of);
      case Subscript.Wrap(var of, _) -> isGathered(of);
      case Subscript.Affine _ -> false;
    };
  }
}

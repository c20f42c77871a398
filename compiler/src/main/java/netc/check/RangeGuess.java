package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.BareOccurrences.Composite;
import netc.check.errors.IndexErrors.Guess;
import netc.syntax.Binder;
import netc.syntax.Expression;
import netc.syntax.Name;

/** How far an index without a range could run so that everything it reads stays inside. */
final class RangeGuess {
  private static final int MOST = 1 << 24;

  private final Elaborator elaborator;
  private final Name name;
  private final Context context;

  RangeGuess(Elaborator elaborator, Name name, Context context) {
    this.elaborator = elaborator;
    this.name = name;
    this.context = context.to(elaborator.build.scratch());
  }

  /** The longest range; empty when the places are of a kind of which none can be told. */
  Optional<Guess> of(List<Composite> places) {
    if (places.isEmpty() || places.stream().anyMatch(RangeGuess::isFused)) {
      return Optional.empty();
    }
    Composite first = places.getFirst();
    return elaborator.build.tryQuietly(
        () -> {
          int axis = axisSize(first);
          boolean isGuarded = places.stream().allMatch(p -> p.access().outside().isPresent());
          int longest = isGuarded ? axis : longest(places);
          return longest < 1 || longest >= MOST
              ? null
              : new Guess(longest, first.access().base().span().text(), axis, isGuarded);
        });
  }

  private static boolean isFused(Composite place) {
    return place.access().subscripts().get(place.axis()).parts().size() > 1;
  }

  private int axisSize(Composite place) {
    return elaborator.term(place.access().base(), inside(place, 1)).shape().get(place.axis());
  }

  private int longest(List<Composite> places) {
    int fits = 0;
    int tooLong = MOST;
    while (tooLong - fits > 1) {
      int middle = (fits + tooLong) >>> 1;
      if (places.stream().allMatch(p -> fits(p, middle))) {
        fits = middle;
      } else {
        tooLong = middle;
      }
    }
    return fits;
  }

  private boolean fits(Composite place, int size) {
    return place.access().outside().isPresent()
        || elaborator.accesses.isInside(place.access(), place.axis(), inside(place, size));
  }

  /** The scope of a place, the index running over {@code size}. */
  private Context inside(Composite place, int size) {
    var scope = new Scope(context.scope());
    Context inner = context.in(scope);
    bind(name, new Ranges.Extents(0, size, true, Optional.empty()), scope);
    for (Expression.Reduce reduce : place.around()) {
      var searched = new ArrayList<Expression>();
      reduce.filter().ifPresent(searched::add);
      searched.add(reduce.body());
      for (Binder binder : reduce.binders()) {
        if (!binder.isBatch()) {
          bind(
              binder.name(), elaborator.ranges.of(binder, searched, Optional.empty(), inner), scope);
        }
      }
    }
    return inner;
  }

  private void bind(Name index, Ranges.Extents extents, Scope scope) {
    elaborator.ranges.bind(index, extents, scope);
  }
}

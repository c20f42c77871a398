package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.Subscript;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.Table;
import netc.schedule.Access.Strides;

/**
 * The taps of a window that lie inside of a factor, place by place: as a range of the outer window, and
 * as a table for each range of the inner one. Computed only where a margin of zeros would cost a quarter
 * of the multiplications or more, as in the gradient of a convolution by its input.
 *
 * @param contraction with the outer window's taps outermost, and the right factor without a margin
 * @param outer the axis whose ranges are computed
 * @param inner the other one, if there is one
 */
record TapsInside(Contraction contraction, Axis outer, Optional<Axis> inner) {
  /** Of all taps of all places at most so many per cent may lie inside. */
  private static final int MOST_INSIDE = 75;

  /** Each range of the inner window is a call of its own. */
  private static final int MOST_RUNS = 13;

  /**
   * An axis of the factor, read at {@code constant + step * place + direction * tap}.
   *
   * @param direction 1 or -1
   * @param size of the factor
   */
  record Axis(Index place, Index tap, int constant, int step, int direction, int size) {

    /** The first tap inside. */
    Scalar first(Scalar at) {
      Scalar window = Ints.plus(Ints.times(at, step), Ints.of(constant));
      return direction > 0
          ? Ints.max(Ints.times(window, -1), Ints.of(0))
          : Ints.max(Ints.plus(window, Ints.of(1 - size)), Ints.of(0));
    }

    /** The tap behind the last one inside; before the first one, where there is none. */
    Scalar end(Scalar at) {
      Scalar window = Ints.plus(Ints.times(at, step), Ints.of(constant));
      Scalar end =
          direction > 0
              ? Ints.plus(Ints.times(window, -1), Ints.of(size))
              : Ints.plus(window, Ints.of(1));
      return Ints.min(end, Ints.of(tap.extent().size()));
    }

    /** The places in runs of equal ranges of taps. */
    List<Run> runs() {
      var runs = new ArrayList<Run>();
      for (int at = 0; at < place.extent().size(); at++) {
        int first = value(first(Ints.of(at)));
        int taps = Math.max(0, value(end(Ints.of(at))) - first);
        Run last = runs.isEmpty() ? null : runs.getLast();
        if (last != null && last.first == first && last.taps == taps) {
          runs.set(runs.size() - 1, new Run(last.from, at + 1, first, taps));
        } else {
          runs.add(new Run(at, at + 1, first, taps));
        }
      }
      return runs;
    }

    private static int value(Scalar constant) {
      return ((Scalar.IntLiteral) constant).value();
    }

    /** How many per cent of the taps of all places lie inside. */
    double inside() {
      long taps = runs().stream().mapToLong(run -> (long) (run.to - run.from) * run.taps).sum();
      return 100.0 * taps / ((long) place.extent().size() * tap.extent().size());
    }
  }

  /** The places {@code from..to-1}, at which the same taps lie inside: so many from {@code first} on. */
  record Run(int from, int to, int first, int taps) {}

  /**
   * @param rows the output that a tile has several values of, besides those of the left factor only
   */
  static Optional<TapsInside> of(Contraction contraction, Optional<Index> rows) {
    if (contraction.isSumOfExamples() || contraction.isLeftVector() || contraction.time().isPresent()) {
      return Optional.empty();
    }
    List<Axis> axes =
        axes(contraction).stream()
            .filter(axis -> rows.filter(axis.place::equals).isEmpty())
            .limit(2)
            .toList();
    double inside = axes.stream().mapToDouble(Axis::inside).reduce(100, (a, b) -> a * b / 100);
    if (inside > MOST_INSIDE || axes.size() == 2 && axes.get(1).runs().size() > MOST_RUNS) {
      return Optional.empty();
    }
    Axis outer = axes.getFirst();
    var taps = new ArrayList<>(contraction.taps());
    taps.remove(outer.tap);
    taps.addFirst(outer.tap);
    var changed =
        new Contraction(
            contraction.equation(),
            contraction.left(),
            within(contraction.right(), axes.stream().map(Axis::tap).toList()),
            contraction.outputs(),
            taps,
            false,
            contraction.time());
    return Optional.of(new TapsInside(changed, outer, axes.stream().skip(1).findFirst()));
  }

  /** The axes of the right factor along which a window reaches over its edges. */
  private static List<Axis> axes(Contraction contraction) {
    Access right = contraction.right();
    var axes = new ArrayList<Axis>();
    for (int i = 0; i < right.at().size(); i++) {
      Subscript.Affine at = right.at().get(i);
      int size = right.shape().get(i).size();
      Interval range = right.ranges().get(i);
      if (range.low() >= 0 && range.high() < size || at.terms().size() != 2) {
        continue;
      }
      boolean isFirst = contraction.taps().contains(at.terms().getFirst().index());
      Subscript.Term tap = at.terms().get(isFirst ? 0 : 1);
      Subscript.Term place = at.terms().get(isFirst ? 1 : 0);
      if (contraction.taps().contains(tap.index())
          && contraction.outputs().contains(place.index())
          && isOnce(right, tap.index())
          && Math.abs(tap.coefficient()) == 1) {
        axes.add(
            new Axis(
                place.index(), tap.index(), at.constant(), place.coefficient(), tap.coefficient(), size));
      }
    }
    return axes;
  }

  private static boolean isOnce(Access access, Index index) {
    return access.at().stream().flatMap(at -> at.terms().stream()).filter(t -> t.index().equals(index)).count()
        == 1;
  }

  /** The same access, which on the axes of these taps is never outside. */
  private static Access within(Access access, List<Index> taps) {
    var ranges = new ArrayList<Interval>();
    for (int i = 0; i < access.at().size(); i++) {
      boolean isInside = access.at().get(i).terms().stream().anyMatch(t -> taps.contains(t.index()));
      ranges.add(isInside ? new Interval(0, access.shape().get(i).size() - 1L) : access.ranges().get(i));
    }
    return new Access(access.tensor(), access.at(), ranges, access.time());
  }

  /** The runs of the inner window's places; one of all without it. */
  List<Run> runs() {
    return inner.map(Axis::runs).orElse(List.of(new Run(0, 1, 0, 1)));
  }

  /** Where the taps of a run lie, those of all of the outer window. */
  Tile.Taps taps(Strides strides, Run run) {
    return new Tile.Taps.Listed(
        new Table(
            contraction.taps().stream()
                .map(tap -> new Table.Axis(extent(tap, run), strides.stride(tap)))
                .toList()));
  }

  /** How many taps lie inside at a place of the outer window. */
  Scalar count(Scalar place, Run run) {
    int rest =
        contraction.taps().stream()
            .skip(1)
            .mapToInt(tap -> extent(tap, run))
            .reduce(1, Math::multiplyExact);
    return Ints.times(Ints.plus(outer.end(place), Ints.times(outer.first(place), -1)), rest);
  }

  /** How far the first tap inside is from the very first one. */
  Scalar start(Scalar place, Run run, Strides strides) {
    int inRun = inner.map(axis -> run.first * strides.stride(axis.tap)).orElse(0);
    return Ints.plus(Ints.times(outer.first(place), strides.stride(outer.tap)), Ints.of(inRun));
  }

  private int extent(Index tap, Run run) {
    return inner.filter(axis -> axis.tap.equals(tap)).map(_ -> run.taps).orElse(tap.extent().size());
  }
}

package netc.schedule;

import java.util.List;

/**
 * How much a form computes for one example: the points of all its steps, of which one with a function
 * such as {@code tanh} counts as several.
 *
 * <p>Of a tiny form plain loops are taken even where there are vectors, unless these are asked for: until
 * the JIT compiler has translated a kernel each vector is an object, and that costs more than a tiny net
 * gains in a hundred thousand steps (docs/decisions/008-tiny-nets.md).
 *
 * @param most how much a tiny form of this kind computes at most
 */
public record FormWork(long points, long most) {
  /** A function is about as much work as so many multiplications. */
  static final int FUNCTION = 8;

  private static final int TINY = 768;

  /** A gradient takes about twice as much as the prediction in front of it. */
  private static final int TRAINING = 3;

  /** What a row sees of its batch counts for a block of rows. */
  private static final int ROWS = 32;

  public static FormWork of(Schedule schedule) {
    List<PlanStep> steps = PlanStep.of(schedule);
    double points = steps.stream().map(PlanStep::decision).mapToDouble(FormWork::of).sum();
    return new FormWork((long) points, schedule.form().equals("train") ? TRAINING * TINY : TINY);
  }

  private static double of(Decision decision) {
    return decision.work() * Math.pow(ROWS, Math.max(0, decision.batchAxes() - 1));
  }

  public boolean isTiny() {
    return points <= most;
  }
}

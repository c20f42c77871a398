package netc.cli;

import java.util.Locale;
import java.util.function.LongSupplier;
import netc.train.TrainListener;

/** The progress of a training where nobody watches: a line an epoch, but not more than one a second. */
final class ProgressLines implements TrainListener {
  private static final long EPOCHS_APART = 1_000_000_000L;
  private static final long STEPS_APART = 10_000_000_000L;

  private final Console console;
  private final LongSupplier nanos;
  private long last;

  /**
   * @param nanos the clock
   */
  ProgressLines(Console console, LongSupplier nanos) {
    this.console = console;
    this.nanos = nanos;
    last = nanos.getAsLong();
  }

  @Override
  public void step(Step step) {
    if (nanos.getAsLong() - last >= STEPS_APART) {
      line(
          "epoch " + step.epoch() + ", step " + step.step() + "/" + step.steps() + "  loss "
              + Figures.number(step.loss()) + speed(step.rowsPerSecond()));
    }
  }

  @Override
  public void epoch(Epoch epoch) {
    boolean ends = epoch.epoch() == 1 || epoch.epoch() == epoch.epochs();
    if (ends || nanos.getAsLong() - last >= EPOCHS_APART) {
      String valid =
          epoch.validation().map(found -> "  validation " + Figures.brief(found)).orElse("");
      line(
          "epoch " + epoch.epoch() + "/" + epoch.epochs() + "  loss "
              + Figures.number(epoch.loss()) + valid + speed(epoch.rowsPerSecond()));
    }
  }

  private void line(String text) {
    last = nanos.getAsLong();
    console.note(text);
  }

  static String speed(double rowsPerSecond) {
    return String.format(Locale.ROOT, "  %.0f samples/s", rowsPerSecond);
  }
}

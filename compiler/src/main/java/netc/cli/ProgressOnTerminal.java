package netc.cli;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import netc.train.TrainListener;

/** The progress of a training where somebody watches: a bar with loss, metrics, speed, time left. */
final class ProgressOnTerminal implements TrainListener, AutoCloseable {
  private static final int MILLISECONDS_APART = 100;

  private final Console console;
  private ProgressBar bar;
  private String validation = "";

  ProgressOnTerminal(Console console) {
    this.console = console;
  }

  @Override
  public void step(Step step) {
    if (bar == null) {
      bar = bar(step.steps());
    }
    bar.setExtraMessage(
        " epoch " + step.epoch() + "  loss " + Figures.number(step.loss()) + validation
            + ProgressLines.speed(step.rowsPerSecond()));
    bar.stepTo(step.step());
  }

  @Override
  public void epoch(Epoch epoch) {
    validation = epoch.validation().map(found -> "  valid " + Figures.brief(found)).orElse("");
  }

  /** Leaves the last state of the bar on its line. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      console.note("");
    }
  }

  private ProgressBar bar(long steps) {
    return new ProgressBarBuilder()
        .setTaskName("training")
        .setInitialMax(steps)
        .setStyle(
            console.isColoured() ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(MILLISECONDS_APART)
        .setConsumer(new DelegatingProgressBarConsumer(this::draw, console.width() - 1))
        .build();
  }

  private void draw(String line) {
    console.err().print("\r" + line);
    console.err().flush();
  }
}

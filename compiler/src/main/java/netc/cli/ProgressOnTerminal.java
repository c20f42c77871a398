package netc.cli;

import java.util.Locale;
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
  private String metric = "";

  ProgressOnTerminal(Console console) {
    this.console = console;
  }

  @Override
  public void step(Step step) {
    if (bar == null) {
      bar = bar(step.steps());
    }
    bar.setExtraMessage(
        String.format(
            Locale.ROOT, "loss %.4g%s %.0f/s", step.loss(), metric, step.rowsPerSecond()));
    bar.stepTo(step.step());
  }

  @Override
  public void epoch(Epoch epoch) {
    metric =
        epoch
            .validation()
            .flatMap(found -> found.metrics().entrySet().stream().findFirst())
            .map(found -> String.format(Locale.ROOT, " %s %.4g", found.getKey(), found.getValue()))
            .orElse("");
  }

  /** Leaves the last state of the bar on its line. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      console.note("");
    }
  }

  private ProgressBar bar(long steps) {
    return new ProgressBarBuilder()
        .setInitialMax(steps)
        .setStyle(
            console.isColoured() ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(MILLISECONDS_APART)
        .setConsumer(new DelegatingProgressBarConsumer(this::draw, Console.width() - 1))
        .build();
  }

  private void draw(String line) {
    console.err().print("\r" + line);
    console.err().flush();
  }
}

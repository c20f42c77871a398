package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import netc.runtime.Evaluation;
import netc.train.TrainListener;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter text = new StringWriter();
  private final Console console =
      new Console(new PrintWriter(new StringWriter()), new PrintWriter(text), true, false);

  private static TrainListener.Epoch epoch(int number) {
    var metrics = new LinkedHashMap<>(Map.of("accuracy", 0.75));
    var found = new Evaluation(0.5, Map.of("ce", 0.5), Map.of(), metrics, 20);
    return new TrainListener.Epoch(number, 5, 10L * number, 0.25, Optional.of(found), 0.1, 2, 50, true);
  }

  private static TrainListener.Step step(int number) {
    return new TrainListener.Step(1 + number / 10, number, 50, 0.125, 0.1, 12345.6);
  }

  @Test
  void linesComeAtMostOnceASecond() {
    var clock = new AtomicLong();
    var lines = new ProgressLines(console, clock::get);
    lines.epoch(epoch(1));
    clock.addAndGet(900_000_000L);
    lines.epoch(epoch(2));
    lines.step(step(25));
    clock.addAndGet(200_000_000L);
    lines.epoch(epoch(3));
    lines.epoch(epoch(4));
    clock.addAndGet(10_000_000_000L);
    lines.step(step(45));
    lines.epoch(epoch(5));
    String rest = "loss 0.250000  validation loss 0.500000, accuracy 0.750000  50 samples/s\n";
    assertEquals(
        "epoch 1/5  " + rest + "epoch 3/5  " + rest
            + "epoch 5, step 45/50  loss 0.125000  12346 samples/s\n" + "epoch 5/5  " + rest,
        text.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void theBarShowsLossMetricSpeedAndTimeLeft() {
    try (var bar = new ProgressOnTerminal(console)) {
      bar.step(step(1));
      bar.epoch(epoch(1));
      bar.step(step(50));
    }
    String last = text.toString().stripTrailing().replaceFirst("(?s).*\r", "");
    assertTrue(last.startsWith(" 100% ["), last);
    assertTrue(last.contains("50/50 (0:00:00 / 0:00:00) loss 0.1250 accuracy 0.7500 12346/s"), last);
    assertFalse(last.contains("\033"), "colour codes without being asked: " + last);
    assertTrue(last.length() < Console.width(), last);
  }
}

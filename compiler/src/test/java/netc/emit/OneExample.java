package netc.emit;

import java.util.Map;
import netc.CompileOptions;
import netc.Netc;
import netc.schedule.Schedule;
import netc.source.SourceFile;

/** A net of some lines, and its form for one example. */
final class OneExample {
  private OneExample() {}

  /** Each flavour says what the interpreter says, of one example and of batches of two. */
  static void agrees(String lines) {
    GeneratedVersusInterpreter.of(net(lines)).withBatches(2).check();
  }

  static Schedule schedule(String lines) {
    return Netc.schedules(
            Netc.check(new SourceFile("test.net", net(lines)), Map.of()).models().getFirst(),
            CompileOptions.DEFAULT)
        .stream()
        .filter(schedule -> schedule.form().equals("predict.one"))
        .findFirst()
        .orElseThrow();
  }

  private static String net(String lines) {
    return "package test\nnet N {\n" + lines + "\n}";
  }
}

package netc.bench.report;

import java.util.Arrays;
import java.util.List;

/** How long JMH measures one figure; the times are milliseconds of an iteration. */
record Effort(int forks, int warmUps, int warmUpTime, int iterations, int time) {
  /** All the work is done by native code, which is warm at once; their wrappers are few lines of Java. */
  private static final List<String> NATIVE = List.of("onnxruntime", "libtorch");

  static Effort of(Arguments arguments, String engine) {
    int longer = arguments.cpuTime ? 3 : 1; // then the compilers of the JVM wait for a processor, too
    if (!arguments.quick) {
      return new Effort(3, 8, 1000 * longer, 10, 1000);
    }
    return new Effort(1, NATIVE.contains(engine) ? 2 : 4, 900 * longer, 5, 200);
  }

  static Effort parse(String text) {
    int[] numbers = Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
    return new Effort(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  String text() {
    return forks + "," + warmUps + "," + warmUpTime + "," + iterations + "," + time;
  }
}

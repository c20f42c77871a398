package netc.bench.report;

import java.util.Arrays;

/** How long JMH measures one figure, after its calls have settled; the times are milliseconds of an iteration. */
record Effort(int forks, int warmUps, int warmUpTime, int iterations, int time) {

  static Effort of(Arguments arguments) {
    int longer = arguments.cpuTime ? 3 : 1; // then the thread that is timed waits for a processor, too
    return arguments.quick
        ? new Effort(1, 2, 500 * longer, 5, 200 * longer)
        : new Effort(3, 5, 1000 * longer, 10, 1000 * longer);
  }

  static Effort parse(String text) {
    int[] numbers = Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
    return new Effort(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  String text() {
    return forks + "," + warmUps + "," + warmUpTime + "," + iterations + "," + time;
  }
}

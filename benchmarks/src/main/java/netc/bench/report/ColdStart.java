package netc.bench.report;

import java.util.Arrays;
import java.util.List;
import netc.bench.cold.FirstOfNetc;
import netc.bench.cold.FirstOfOnnxRuntime;
import netc.bench.cold.FirstOfPeer;

/** Whole processes: a JVM starts, loads a network from a file, predicts once and ends. */
final class ColdStart {
  private static final String FIRST_OF_DJL = "netc.bench.djl.FirstOfDjl"; // on a class path of its own

  private final Children children;
  private final ModelFiles files;
  private final int times;

  ColdStart(Children children, ModelFiles files, int times) {
    this.children = children;
    this.files = files;
    this.times = times;
  }

  void measure(List<Configuration> configurations, Results results) {
    for (Configuration configuration : configurations) {
      System.err.println(configuration.label() + ": cold start");
      String main =
          switch (configuration.engine()) {
            case "netc" -> FirstOfNetc.class.getName();
            case "onnxruntime" -> FirstOfOnnxRuntime.class.getName();
            case "djl" -> FIRST_OF_DJL;
            default -> FirstOfPeer.class.getName();
          };
      measure(configuration, main, results);
      if (configuration.engine().equals("djl")) {
        results.versions.put(configuration.label(), "DJL " + ClassPath.of("djl").version("api"));
      }
    }
  }

  private void measure(Configuration configuration, String main, Results results) {
    String file = files.of(configuration.engine(), 1).toString();
    double[] milliseconds = new double[times];
    for (int i = -1; i < times; i++) { // the first fills the system's cache of files
      long start = System.nanoTime();
      if (!children.run(configuration, 1, main, file, configuration.engine())) {
        results.disagreements.add(configuration.label() + ": cold start failed");
        return;
      }
      if (i >= 0) {
        milliseconds[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(milliseconds);
    results.coldStarts.put(configuration.label(), new Figure(milliseconds));
  }
}

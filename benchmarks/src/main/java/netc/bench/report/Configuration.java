package netc.bench.report;

import java.util.ArrayList;
import java.util.List;
import netc.bench.Workload;

/** A column of the table: an engine in a JVM and, for netc, a flavour of code, which is empty for peers. */
record Configuration(String engine, Jvm jvm, String flavour) {

  boolean isNetc() {
    return engine.equals("netc");
  }

  String label() {
    return isNetc() ? "netc " + flavour + ", JDK " + jvm.release() : engine;
  }

  List<String> options() {
    List<String> options = new ArrayList<>();
    if (flavour.equals("vector")) {
      options.add("--add-modules");
      options.add("jdk.incubator.vector");
    }
    if (!flavour.isEmpty()) {
      options.add("-Dnetc.flavour=" + flavour);
    } else if (Integer.parseInt(jvm.release()) > 21) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    return options;
  }

  /** DL4J's momentum is Nesterov's, and its Adam adds epsilon elsewhere. */
  boolean does(Task task, Workload workload) {
    if (!task.covers(workload)) {
      return false;
    }
    return switch (engine) {
      case "onnxruntime" -> task != Task.TRAIN;
      case "dl4j" ->
          !workload.isLarge()
              && !workload.isRecurrent()
              && (task != Task.TRAIN || workload.optimizer == Workload.Optimizer.SGD);
      default -> true;
    };
  }

  /** DL4J has one of its own, since it needs an older JavaCPP. */
  String classPath() {
    return System.getProperty("bench.classpath." + engine, System.getProperty("java.class.path"));
  }

  /** Only a training of netc takes threads; it predicts on the caller's. */
  boolean takesThreads(Task task) {
    return !isNetc() || task == Task.TRAIN;
  }
}

package netc.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    if (flavour.equals("portable")) {
      options.add("-Dnetc.flavour=portable"); // what has vectors chooses by itself, form by form
    } else if (flavour.isEmpty() && Integer.parseInt(jvm.release()) > 21) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    if (engine.equals("djl")) {
      options.add("-Dai.djl.offline=true");
    }
    return options;
  }

  /**
   * The threads of OpenBLAS and OpenMP are those that an engine is given: {@code set_num_threads} does not
   * reach OpenBLAS, which then waits for a thread of its own. Smile finds OpenBLAS where the system looks
   * for libraries.
   */
  Map<String, String> environment(int threads) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    if (engine.equals("smile")) {
      environment.put("LD_LIBRARY_PATH", System.getProperty("bench.natives.smile", ""));
    }
    return environment;
  }

  /** Why this engine is not timed so, where it is not. */
  Optional<String> obstacle(Task task, Workload workload, int threads) {
    String reason =
        switch (engine) {
          case "onnxruntime" -> task == Task.TRAIN ? "its Java package does not train" : "";
          case "dl4j" -> obstacleOfDl4j(task, workload);
          case "smile" -> obstacleOfSmile(task, workload, threads);
          case "djl" -> "it calls ONNX Runtime, and is only started cold";
          default -> "";
        };
    return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
  }

  private static String obstacleOfDl4j(Task task, Workload workload) {
    if (workload.isLarge() || workload.isRecurrent()) {
      return "recurrences and large networks are not built with it here";
    }
    if (task == Task.TRAIN && workload.optimizer != Workload.Optimizer.SGD) {
      return "its momentum is Nesterov's, and its Adam adds epsilon before the correction of the variance";
    }
    return "";
  }

  private static String obstacleOfSmile(Task task, Workload workload, int threads) {
    if (!workload.isDense()) {
      return "its perceptron has dense layers only";
    }
    if (task == Task.TRAIN && workload.optimizer == Workload.Optimizer.ADAM) {
      return "it has no Adam";
    }
    return task == Task.TRAIN && threads > 1 ? "it learns on one thread" : "";
  }

  String classPath() {
    return ClassPath.of(engine).text();
  }
}

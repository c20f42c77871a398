package netc.bench.report;

import java.util.ArrayList;
import java.util.List;

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

  boolean does(Task task) {
    return task != Task.TRAIN || !engine.equals("onnxruntime");
  }

  /** Only a training of netc takes threads; it predicts on the caller's. */
  boolean takesThreads(Task task) {
    return !isNetc() || task == Task.TRAIN;
  }
}

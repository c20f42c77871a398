package netc.bench.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import netc.bench.Workload;

/** What the command line asks for. */
final class Arguments {
  static final String USAGE =
      """
      benchmarks/run [--quick] [--cpu-time] [--tasks predict_one,predict_batch,train,cold,warm]
                     [--workloads tiny,mlp,deep_mlp,lenet,gru,lstm,resnet18,mobilenet,encoder]
                     [--engines netc,onnxruntime,libtorch,dl4j,smile,djl] [--flavours vector,portable]
                     [--threads 1,2] [--java HOME]… [--readme]
        --cpu-time counts only the time that the calling thread is on a processor: for a machine that others use
                   too, and one thread
        --quick    one fork and short iterations; without it three forks and a second each
        --java     a JDK for netc's columns, more than once; peers run in the first. Else those that were found
        --readme   writes the tables into benchmarks/README.md too""";

  boolean quick;
  boolean cpuTime;
  boolean readme;
  boolean cold = true;
  boolean warm = true;
  List<Task> tasks = List.of(Task.values());
  List<Workload> workloads = List.of(Workload.values());
  List<String> engines = List.of("netc", "onnxruntime", "libtorch", "dl4j", "smile", "djl");
  List<String> flavours = List.of("vector", "portable");
  List<Integer> threads = List.of(1, 2);
  final List<Jvm> jvms = new ArrayList<>();

  /**
   * @throws IllegalArgumentException when something is unknown
   */
  static Arguments parse(String[] words) {
    Arguments arguments = new Arguments();
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals("--quick")) {
        arguments.quick = true;
      } else if (words[i].equals("--cpu-time")) {
        arguments.cpuTime = true;
        arguments.threads = List.of(1);
      } else if (words[i].equals("--readme")) {
        arguments.readme = true;
      } else if (i + 1 < words.length) {
        arguments.set(words[i], words[++i]);
      } else {
        throw new IllegalArgumentException("what is " + words[i] + "?");
      }
    }
    if (arguments.jvms.isEmpty()) {
      for (String home : System.getProperty("bench.java", System.getProperty("java.home")).split(":")) {
        arguments.jvms.add(new Jvm(Path.of(home)));
      }
    }
    return arguments;
  }

  private void set(String option, String value) {
    List<String> values = Arrays.asList(value.split(","));
    switch (option) {
      case "--tasks" -> {
        cold = values.contains("cold");
        warm = values.contains("warm");
        tasks =
            values.stream()
                .filter(task -> !task.equals("cold") && !task.equals("warm"))
                .map(task -> Task.valueOf(task.toUpperCase(Locale.ROOT)))
                .toList();
      }
      case "--workloads" ->
          workloads =
              values.stream()
                  .map(workload -> Workload.valueOf(workload.toUpperCase(Locale.ROOT)))
                  .toList();
      case "--engines" -> engines = values;
      case "--flavours" -> flavours = values;
      case "--threads" -> threads = values.stream().map(Integer::valueOf).toList();
      case "--java" -> jvms.add(new Jvm(Path.of(value)));
      default -> throw new IllegalArgumentException("what is " + option + "?");
    }
  }

  List<Configuration> configurations() {
    List<Configuration> configurations = new ArrayList<>();
    for (String engine : engines) {
      if (engine.equals("netc")) {
        for (Jvm jvm : jvms) {
          flavours.forEach(
              flavour -> configurations.add(new Configuration(engine, jvm, flavour)));
        }
      } else {
        configurations.add(new Configuration(engine, jvms.get(0), ""));
      }
    }
    return configurations;
  }
}

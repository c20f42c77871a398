package netc.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import netc.bench.Outputs;
import netc.bench.Workload;
import netc.bench.jmh.Peak;
import netc.io.SafeTensors;
import netc.runtime.Tensor;

/**
 * The whole run: the core's peak, then for each engine, JVM and flavour first a comparison of what it
 * computes with the other engines, then the times of what agrees, and one report of it all.
 */
public final class Suite {
  private final Arguments arguments;
  private final Path folder;
  private final Children children;
  private final Results results = new Results();
  private Map<String, Tensor> expected;

  private Suite(Arguments arguments, Path folder) {
    this.arguments = arguments;
    this.folder = folder;
    children = new Children(folder);
  }

  public static void main(String[] words) throws IOException {
    Arguments arguments;
    try {
      arguments = Arguments.parse(words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + Arguments.USAGE);
      System.exit(2);
      return;
    }
    Path folder = Files.createDirectories(Path.of("benchmarks", "target", "results"));
    Files.deleteIfExists(folder.resolve("log.txt"));
    String report = new Suite(arguments, folder).run();
    System.out.println(report);
    if (arguments.readme) {
      Readme.replace(Path.of("benchmarks", "README.md"), report);
    }
  }

  private String run() throws IOException {
    measureMachine();
    List<Configuration> configurations = arguments.configurations();
    for (Configuration configuration : configurations) {
      List<Workload> agreed = check(configuration);
      for (Task task : arguments.tasks) {
        for (int threads : arguments.threads) {
          measure(configuration, task, threads, agreed);
        }
      }
      write(new Report(arguments, configurations, results).text());
    }
    ModelFiles files = new ModelFiles(folder);
    if (arguments.cold) {
      new ColdStart(children, files, arguments.quick ? 5 : 15).measure(configurations, results);
    }
    if (arguments.warm) {
      new WarmUps(children, folder, files, arguments.quick).measure(configurations, results);
    }
    String report = new Report(arguments, configurations, results).text();
    write(report);
    return report;
  }

  /** Also in between, so that a run that was interrupted leaves what it had. */
  private void write(String report) throws IOException {
    Files.writeString(folder.resolve("report.md"), report);
  }

  private void measureMachine() throws IOException {
    Configuration machine = new Configuration("netc", arguments.jvms.get(0), "vector");
    for (int threads : arguments.threads) {
      for (String line : jmh(machine, threads, 1, "Peak.multiplyAdd")) {
        results.peaks.put(threads, Figure.of(last(line)).inverse(threads * Peak.operations() / 1e3));
      }
    }
    for (String line : jmh(machine, 1, 1, "ReadBandwidth.read")) {
      int floats = Integer.parseInt(line.split("\t")[1].split("=")[1]);
      results.bandwidths.put(floats, Figure.of(last(line)).inverse(floats * 4 / 1e3));
    }
  }

  /** The workloads of which this configuration makes the same as the first one. */
  private List<Workload> check(Configuration configuration) throws IOException {
    System.err.println(configuration.label() + ": comparing outputs");
    List<Workload> possible =
        arguments.workloads.stream()
            .filter(workload -> configuration.obstacle(Task.PREDICT_ONE, workload, 1).isEmpty())
            .toList();
    if (possible.isEmpty()) {
      return List.of();
    }
    Path file = folder.resolve("outputs.safetensors");
    Files.deleteIfExists(file);
    boolean done =
        children.run(
            configuration,
            1,
            Check.class.getName(),
            file.toString(),
            configuration.engine(),
            names(possible),
            arguments.threads.stream().map(String::valueOf).collect(Collectors.joining(",")));
    if (!done) {
      possible.forEach(
          workload -> results.disagreements.add(configuration.label() + ", " + workload.label + ": failed"));
      return List.of();
    }
    SafeTensors.Content content = SafeTensors.read(file);
    results.versions.put(configuration.label(), content.metadata().get("engine"));
    Map<String, Tensor> found = content.tensors();
    if (expected == null) {
      expected = found;
    }
    List<Workload> agreed = new ArrayList<>();
    for (Workload workload : possible) {
      String difference = difference(workload, found);
      if (difference.isEmpty()) {
        agreed.add(workload);
      } else {
        results.disagreements.add(configuration.label() + ", " + workload.label + ", " + difference);
      }
    }
    return agreed;
  }

  private String difference(Workload workload, Map<String, Tensor> found) {
    for (Map.Entry<String, Tensor> entry : found.entrySet()) {
      String[] key = entry.getKey().split(Check.SEPARATOR, 3);
      String name = key[2];
      Tensor reference = expected.get(key[0] + Check.SEPARATOR + arguments.threads.get(0) + Check.SEPARATOR + name);
      if (key[0].equals(workload.name()) && reference != null) {
        String difference =
            Outputs.difference(name, reference.floats(), entry.getValue().floats());
        if (!difference.isEmpty()) {
          return "threads " + key[1] + ", " + difference;
        }
      }
    }
    return "";
  }

  private void measure(Configuration configuration, Task task, int threads, List<Workload> agreed)
      throws IOException {
    List<Workload> workloads =
        agreed.stream()
            .filter(workload -> task.covers(workload, threads))
            .filter(workload -> configuration.obstacle(task, workload, threads).isEmpty())
            .toList();
    if (workloads.isEmpty()) {
      return;
    }
    System.err.println(configuration.label() + ": " + task.label + ", threads: " + threads);
    List<String> lines =
        jmh(
            configuration,
            1,
            threads,
            task.benchmark,
            "engine=" + configuration.engine(),
            "threads=" + threads,
            "workload=" + names(workloads));
    for (String line : lines) {
      Map<String, String> parameters = parameters(line);
      Workload workload = Workload.valueOf(parameters.get("workload"));
      results.put(new Results.Row(task, workload, threads), configuration, Figure.of(last(line)));
    }
  }

  /** {@code callers} threads call the benchmark at once, and an engine has {@code threads} of its own. */
  private List<String> jmh(
      Configuration configuration, int callers, int threads, String benchmark, String... parameters)
      throws IOException {
    Path file = folder.resolve("times.tsv");
    Files.deleteIfExists(file);
    List<String> words = new ArrayList<>();
    words.add(file.toString());
    words.add(Effort.of(arguments).text());
    words.add(arguments.cpuTime ? "cpu" : "wall");
    words.add(Integer.toString(callers));
    words.add(benchmark);
    words.addAll(List.of(parameters));
    if (!children.run(configuration, threads, Measure.class.getName(), words.toArray(new String[0]))) {
      results.disagreements.add(configuration.label() + ", " + benchmark + ": failed, see " + folder);
    }
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static Map<String, String> parameters(String line) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String[] fields = line.split("\t");
    for (int i = 1; i < fields.length - 1; i++) {
      String[] pair = fields[i].split("=", 2);
      parameters.put(pair[0], pair[1]);
    }
    return parameters;
  }

  private static String last(String line) {
    return line.substring(line.lastIndexOf('\t') + 1);
  }

  private static String names(List<Workload> workloads) {
    return workloads.stream().map(Workload::name).collect(Collectors.joining(","));
  }
}

package netc.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH in the JVM that it is started with, and appends a line to a file for each benchmark: its name,
 * its parameters, and the mean of each iteration in microseconds, separated by tabs; with {@code cpu} only
 * the time that the calling thread was on a processor counts.
 *
 * <pre>file effort wall|cpu threads benchmark name=value,value…</pre>
 */
public final class Measure {
  private Measure() {}

  public static void main(String[] arguments) throws IOException, RunnerException {
    Path file = Path.of(arguments[0]);
    Effort effort = Effort.parse(arguments[1]);
    boolean cpuTime = arguments[2].equals("cpu");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + arguments[4] + "$")
            .threads(Integer.parseInt(arguments[3]))
            .forks(effort.forks())
            .warmupIterations(effort.warmUps())
            .warmupTime(TimeValue.milliseconds(effort.warmUpTime()))
            .measurementIterations(effort.iterations())
            .measurementTime(TimeValue.milliseconds(effort.time()))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    for (int i = 5; i < arguments.length; i++) {
      String[] parameter = arguments[i].split("=", 2);
      options.param(parameter[0], parameter[1].split(","));
    }
    List<String> lines = new ArrayList<>();
    for (RunResult result : new Runner(options.build()).run()) {
      lines.add(line(result, cpuTime));
    }
    Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String line(RunResult result, boolean cpuTime) {
    BenchmarkParams benchmark = result.getParams();
    String parameters =
        benchmark.getParamsKeys().stream()
            .map(key -> key + "=" + benchmark.getParam(key))
            .collect(Collectors.joining("\t"));
    String values =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .map(iteration -> Double.toString(score(iteration, cpuTime)))
            .collect(Collectors.joining(" "));
    return benchmark.getBenchmark() + "\t" + parameters + "\t" + values;
  }

  private static double score(IterationResult iteration, boolean cpuTime) {
    double wall = iteration.getPrimaryResult().getScore();
    return cpuTime ? wall * iteration.getSecondaryResults().get("share").getScore() : wall;
  }
}

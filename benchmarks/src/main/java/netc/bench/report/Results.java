package netc.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import netc.bench.Workload;

/** What a run has found so far. */
final class Results {
  /** A line of the table. */
  record Row(Task task, Workload workload, int threads) {}

  /** GFLOP/s by threads. */
  final Map<Integer, Figure> peaks = new TreeMap<>();

  /** GB/s by the number of floats that are read. */
  final Map<Integer, Figure> bandwidths = new TreeMap<>();

  /** By the label of a configuration. */
  final Map<String, String> versions = new LinkedHashMap<>();

  final List<String> disagreements = new ArrayList<>();

  /** Milliseconds of a process from its start to its end, with one prediction, by what was started. */
  final Map<String, Figure> coldStarts = new LinkedHashMap<>();

  /** By configuration and the rows of a call. */
  private final Map<Configuration, Map<Integer, WarmUps.Times>> warmUps = new LinkedHashMap<>();

  private final Map<Row, Map<Configuration, Figure>> times = new LinkedHashMap<>();

  /** Microseconds of one call. */
  void put(Row row, Configuration configuration, Figure time) {
    times.computeIfAbsent(row, key -> new LinkedHashMap<>()).put(configuration, time);
  }

  Map<Configuration, Figure> times(Row row) {
    return times.getOrDefault(row, Map.of());
  }

  void putWarmUp(Configuration configuration, int rows, WarmUps.Times times) {
    warmUps.computeIfAbsent(configuration, key -> new TreeMap<>()).put(rows, times);
  }

  Map<Configuration, Map<Integer, WarmUps.Times>> warmUps() {
    return warmUps;
  }
}

package netc.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import netc.ir.Model;
import netc.ir.RowPositions;
import netc.ir.Scans;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.source.Place;

/**
 * Every name of a net with its role and what the checker found out about it: {@code check --shapes}.
 *
 * @param net the name of the net
 * @param rows inputs, targets, parameters, states, then definitions in text order, then metrics
 * @param parameters the number of numbers that training changes
 * @param states the number of numbers in states
 */
record ShapeTable(String net, List<Row> rows, long parameters, long states) {

  /**
   * @param shape of one example; the batch is no part of it, and an axis over its rows is -1
   * @param type {@code real}, {@code index(N)}, {@code int} or {@code bool}
   * @param perExample whether each example has its own value
   */
  record Row(
      String role, String name, List<Integer> shape, String type, boolean perExample, String place) {

    private long elements() {
      return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }
  }

  private static final int ROWS = -1;

  /** The equations into which the checker takes a formula apart are named so; they are not shown. */
  private static final Pattern PART = Pattern.compile(".*'[0-9]+");

  static ShapeTable of(Model model) {
    var rows = new LinkedHashMap<String, Row>();
    model.inputs().forEach(d -> put(rows, "input", d.name(), d.tensor(), d.place()));
    model.targets().forEach(d -> put(rows, "target", d.name(), d.tensor(), d.place()));
    model.parameters().forEach(v -> put(rows, "param", v.tensor().name(), v.tensor(), v.place()));
    model.states().forEach(v -> put(rows, "state", v.tensor().name(), v.tensor(), v.place()));
    Map<Tensor, String> roles = roles(model);
    for (Step.Single step : Scans.flat(model.steps())) {
      Tensor tensor = step.target();
      if (!PART.matcher(tensor.name()).matches()) {
        String role = roles.getOrDefault(tensor, "value");
        put(rows, role, tensor.name(), tensor, step.place());
      }
    }
    model.outputs().forEach(o -> put(rows, "output", o.name(), o.tensor(), o.place()));
    model.conditionals().stream()
        .map(Model.Conditional::output)
        .forEach(o -> put(rows, "output", o.name(), o.tensor(), o.place()));
    model.losses().forEach(o -> put(rows, "loss", o.name(), o.tensor(), o.place()));
    model.penalties().forEach(o -> put(rows, "penalty", o.name(), o.tensor(), o.place()));
    model.metrics().forEach(m -> rows.put(m.name(), metric(m)));
    List<Row> all = List.copyOf(rows.values());
    return new ShapeTable(model.name(), all, elements(all, "param"), elements(all, "state"));
  }

  private static Map<Tensor, String> roles(Model model) {
    var roles = new LinkedHashMap<Tensor, String>();
    model.penalties().forEach(o -> roles.put(o.tensor(), "penalty"));
    model.losses().forEach(o -> roles.put(o.tensor(), "loss"));
    model.conditionals().forEach(c -> roles.put(c.output().tensor(), "output"));
    model.outputs().forEach(o -> roles.put(o.tensor(), "output"));
    return roles;
  }

  private static Row metric(Model.Metric metric) {
    return new Row("metric", metric.name(), List.of(), "real", false, metric.place().toString());
  }

  private static void put(
      Map<String, Row> rows, String role, String name, Tensor tensor, Place place) {
    List<Integer> shape =
        tensor.shape().stream().filter(e -> !e.isBatch()).map(e -> e.isRows() ? ROWS : e.size()).toList();
    rows.putIfAbsent(
        name, new Row(role, name, shape, type(tensor), tensor.isPerExample(), place.toString()));
  }

  private static String type(Tensor tensor) {
    return switch (tensor.type()) {
      case REAL -> "real";
      case BOOL -> "bool";
      case INT ->
          tensor
              .interval()
              .filter(interval -> interval.low() == 0)
              .map(
                  interval ->
                      interval.equals(RowPositions.INTERVAL)
                          ? "index(batch)"
                          : "index(" + (interval.high() + 1) + ")")
              .orElse("int");
    };
  }

  private static long elements(List<Row> rows, String role) {
    return rows.stream().filter(row -> row.role().equals(role)).mapToLong(Row::elements).sum();
  }

  /** A line a name, in columns, and the counts below. */
  List<String> lines() {
    var cells = new ArrayList<List<String>>();
    for (Row row : rows) {
      String shape = row.shape().isEmpty() ? "-" : row.shape().toString().replace("-1", "batch");
      boolean isCounted = row.role().equals("param") || row.role().equals("state");
      cells.add(
          List.of(
              row.role(),
              row.name(),
              shape,
              row.type(),
              isCounted ? row.elements() + "" : row.perExample() ? "" : "shared",
              row.place()));
    }
    var lines = new ArrayList<String>();
    lines.add("net " + net);
    Columns.of(cells).forEach(line -> lines.add("  " + line));
    lines.add("  " + parameters + " in parameters, " + states + " in states");
    return lines;
  }
}

package netc.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import netc.ir.ElementType;
import netc.ir.Model;
import netc.ir.Model.Value;
import netc.ir.Tensor;
import netc.runtime.Metadata;
import netc.runtime.Names;

/** The settings of a {@code data} block as the runtime takes them; language.md, 2.11. */
public final class DataBlock {
  private static final Set<String> PARTS = Set.of("valid", "test");

  private final List<Model.Data> ports;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, Double> fractions = new LinkedHashMap<>();
  private final Map<String, Metadata.Columns> columns = new LinkedHashMap<>();
  private String separator = ",";

  private DataBlock(List<Model.Data> ports) {
    this.ports = ports;
  }

  /**
   * The settings read and checked.
   *
   * @throws SettingException when one makes no sense
   */
  public static Metadata.Data read(
      Map<String, Model.Setting> settings, List<Model.Data> inputs, List<Model.Data> targets) {
    var block = new DataBlock(Stream.concat(inputs.stream(), targets.stream()).toList());
    settings.forEach((name, setting) -> block.read(name, setting.value(), setting.place().line()));
    return new Metadata.Data(block.files, block.fractions, block.separator, block.columns);
  }

  private void read(String name, Value value, int line) {
    if (name.equals("rows")) {
      rows(value);
    } else if (PARTS.contains(name)) {
      part(name, value);
    } else {
      Tensor port =
          ports.stream()
              .filter(data -> data.name().equals(name))
              .map(Model.Data::tensor)
              .findFirst()
              .orElseThrow(() -> error(DataErrors.unknownKey(name, names())));
      port(name, port, value, line);
    }
  }

  private List<String> names() {
    return ports.stream().map(Model.Data::name).toList();
  }

  private void rows(Value value) {
    files.put("rows", table("rows", value));
    if (value instanceof Value.Call call) {
      companions("rows", call);
      separator = text(call, "separator").orElse(",").replace("\\t", "\t");
      if (separator.length() != 1) {
        throw error(DataErrors.separator(separator));
      }
    }
  }

  /** {@code test = 0.2} as a fraction, or {@code test = "t.csv"} as a file; likewise {@code valid}. */
  private void part(String name, Value value) {
    if (value instanceof Value.Number(double fraction, boolean _)) {
      if (!(fraction >= 0 && fraction < 1)) {
        throw error(DataErrors.fraction(name, fraction));
      }
      fractions.put(name, fraction);
    } else {
      files.put(name, table(name, value));
    }
  }

  /** The file in {@code "f.csv"} or {@code csv("f.csv")}. */
  private static String table(String name, Value value) {
    return switch (value) {
      case Value.Text(String file) -> file;
      case Value.Call call when call.name().equals("csv") -> {
        known(call, Set.of("valid", "test", "separator"));
        yield file(name, call);
      }
      default -> throw error(DataErrors.table(name, value));
    };
  }

  private void port(String name, Tensor port, Value value, int line) {
    switch (value) {
      case Value.Call call when call.name().equals("idx") -> {
        known(call, PARTS);
        files.put(name, file(name, call));
        companions(name, call);
      }
      case Value.Call call when Set.of("column", "columns").contains(call.name()) ->
          columns.put(name, columns(name, port, call, line));
      default -> throw error(DataErrors.origin(name, value));
    }
  }

  private static String file(String name, Value.Call call) {
    if (call.positional().size() != 1 || !(call.positional().getFirst() instanceof Value.Text file)) {
      throw error(DataErrors.oneFile(name, call.name()));
    }
    return file.value();
  }

  private void companions(String name, Value.Call call) {
    for (String part : PARTS) {
      text(call, part).ifPresent(file -> files.put(name + "." + part, file));
    }
  }

  private static Metadata.Columns columns(String name, Tensor port, Value.Call call, int line) {
    known(call, Set.of("labels", "missing"));
    List<Metadata.Range> ranges =
        call.positional().stream().map(value -> range(name, value)).toList();
    if (ranges.isEmpty() || call.name().equals("column") && ranges.size() != 1) {
      throw error(DataErrors.columnCount(name, call.name(), ranges.size()));
    }
    List<String> labels = labels(name, port, call);
    double missing =
        switch (call.named().get("missing")) {
          case null -> Double.NaN;
          case Value.Number(double number, boolean _)
              when bound(port) < 0 || number == Math.rint(number) && fits(number, bound(port)) ->
              number;
          case Value.Text(String text) when labels.contains(text) -> labels.indexOf(text);
          default -> throw error(DataErrors.missing(name));
        };
    return new Metadata.Columns(ranges, labels, missing, line);
  }

  /** How many values an index has, 0 for any int, -1 where it is none. */
  private static int bound(Tensor port) {
    if (port.type() != ElementType.INT) {
      return -1;
    }
    return port.interval().filter(i -> i.high() < Integer.MAX_VALUE).map(i -> (int) i.high() + 1).orElse(0);
  }

  private static boolean fits(double number, int bound) {
    return bound == 0 ? number == (int) number : number >= 0 && number < bound;
  }

  private static Metadata.Range range(String port, Value value) {
    return switch (value) {
      case Value.Text(String name) -> new Metadata.Range(true, name, 0, name, 1);
      case Value.Number(double position, boolean whole) when whole -> positions(position, position + 1);
      case Value.Span(Value.Text(String first), Value.Text(String last), boolean inclusive) ->
          new Metadata.Range(true, first, 0, last, inclusive ? 1 : 0);
      case Value.Span(
              Value.Number(double first, boolean whole),
              Value.Number(double last, boolean wholeLast),
              boolean inclusive)
          when whole && wholeLast ->
          positions(first, last + (inclusive ? 1 : 0));
      default -> throw error(DataErrors.selection(port));
    };
  }

  private static Metadata.Range positions(double from, double end) {
    return new Metadata.Range(false, "", (long) from, "", (long) end);
  }

  private static List<String> labels(String name, Tensor port, Value.Call call) {
    Value value = call.named().get("labels");
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof Value.Many(List<Value> all))) {
      throw error(DataErrors.labels(name));
    }
    List<String> labels = new ArrayList<>();
    for (Value label : all) {
      labels.add(
          switch (label) {
            case Value.Text(String text) -> text;
            case Value.Number(double number, boolean whole) when whole ->
                Long.toString((long) number);
            default -> throw error(DataErrors.labels(name));
          });
    }
    if (bound(port) <= 0 || labels.size() != bound(port)) {
      throw error(DataErrors.labelCount(name, bound(port), labels.size()));
    }
    if (new HashSet<>(labels).size() != labels.size()) {
      throw error(DataErrors.labelTwice(name));
    }
    return List.copyOf(labels);
  }

  private static Optional<String> text(Value.Call call, String name) {
    return switch (call.named().get(name)) {
      case null -> Optional.empty();
      case Value.Text(String text) -> Optional.of(text);
      default -> throw error(DataErrors.noText(call.name(), name));
    };
  }

  private static void known(Value.Call call, Set<String> names) {
    for (String name : call.named().keySet()) {
      if (!names.contains(name)) {
        throw error(
            DataErrors.argument(
                call.name(), name, Names.nearest(name, names), names.stream().sorted().toList()));
      }
    }
  }

  private static SettingException error(String what) {
    return new SettingException("data block", what);
  }
}

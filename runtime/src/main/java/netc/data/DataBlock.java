package netc.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import netc.data.Origin.Selection;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Setting;
import netc.runtime.Metadata.Value;
import netc.runtime.Names;

/** Makes sense of a net's {@code data} block; language.md, 2.11. */
final class DataBlock {
  private static final Set<String> RESERVED = Set.of("rows", "valid", "test");

  private final Metadata metadata;

  DataBlock(Metadata metadata) {
    this.metadata = metadata;
    for (Map.Entry<String, Setting> entry : metadata.data().entrySet()) {
      String name = entry.getKey();
      if (!RESERVED.contains(name) && !ports().contains(name)) {
        throw new DataException(
            DataBlockErrors.unknownKey(name, ports(), place(entry.getValue())));
      }
    }
  }

  /** A CSV file as {@code rows}, {@code valid} or {@code test} name it. */
  record Table(String file, char separator, Optional<String> valid, Optional<String> test) {}

  /** The file of all rows, when the block names one. */
  Optional<Table> rows() {
    Setting setting = metadata.data().get("rows");
    return setting == null ? Optional.empty() : Optional.of(table("rows", setting));
  }

  /** {@code test = 0.2} as a fraction, or {@code test = "t.csv"} as a file; likewise {@code valid}. */
  Optional<Object> part(String name) {
    Setting setting = metadata.data().get(name);
    if (setting == null) {
      return Optional.empty();
    }
    if (setting.value() instanceof Value.Number fraction) {
      return Optional.of(fraction(name, fraction.value(), place(setting)));
    }
    return Optional.of(table(name, setting).file());
  }

  static Double fraction(String name, double fraction, String place) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new DataException(DataBlockErrors.fraction(name, fraction, place));
    }
    return fraction;
  }

  /** Inputs and targets, or only the inputs that an output needs, with where their values come from. */
  List<Field> fields(boolean withTargets) {
    Set<String> needed = new HashSet<>();
    metadata.outputs().forEach(output -> needed.addAll(output.needs()));
    List<Field> fields = new ArrayList<>();
    for (Metadata.Port port : metadata.inputs()) {
      if (withTargets || needed.contains(port.name())) {
        fields.add(new Field("input", port, origin(port), metadata.sourceName()));
      }
    }
    if (withTargets) {
      for (Metadata.Port port : metadata.targets()) {
        fields.add(new Field("target", port, origin(port), metadata.sourceName()));
      }
    }
    return fields;
  }

  /** The class names of an input or target; empty when it has none. */
  List<String> labels(String name) {
    Metadata.Port port =
        java.util.stream.Stream.concat(metadata.inputs().stream(), metadata.targets().stream())
            .filter(p -> p.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException(DataBlockErrors.noPort(name, ports())));
    return origin(port) instanceof Origin.Columns columns ? columns.labels() : List.of();
  }

  private List<String> ports() {
    List<String> names = new ArrayList<>();
    metadata.inputs().forEach(port -> names.add(port.name()));
    metadata.targets().forEach(port -> names.add(port.name()));
    return names;
  }

  /** Without a setting: the column of the same name, or {@code x[0]}, {@code x[1]}, … of a tensor. */
  private Origin origin(Metadata.Port port) {
    Setting setting = metadata.data().get(port.name());
    if (setting == null) {
      List<Selection> own = new ArrayList<>();
      for (int i = 0; i < port.elements(); i++) {
        own.add(
            new Selection.Named(
                port.shape().length == 0 ? port.name() : port.name() + "[" + i + "]"));
      }
      String place =
          "(" + metadata.sourceName() + ":" + port.line() + "; write `" + port.name() + " = "
              + (own.size() == 1 ? "column(\"…\")" : "columns(\"…\", …)")
              + "` in the data block to name others)";
      return new Origin.Columns(own, List.of(), OptionalDouble.empty(), place);
    }
    if (setting.value() instanceof Value.Call call) {
      switch (call.name()) {
        case "column", "columns" -> {
          return columns(port, call, place(setting));
        }
        case "idx" -> {
          return idx(port, call, place(setting));
        }
        default -> {
          // falls to the error below
        }
      }
    }
    throw new DataException(
        DataBlockErrors.origin(port.name(), setting.value(), place(setting)));
  }

  private Origin.Columns columns(Metadata.Port port, Value.Call call, String place) {
    known(call, Set.of("labels", "missing"), place);
    List<Selection> selections = new ArrayList<>();
    for (Value value : call.positional()) {
      selections.add(selection(port.name(), value, place));
    }
    if (selections.isEmpty() || call.name().equals("column") && selections.size() != 1) {
      throw new DataException(
          DataBlockErrors.columnCount(port.name(), call.name(), selections.size(), place));
    }
    List<String> labels = labels(port, call, place);
    OptionalDouble missing = OptionalDouble.empty();
    Value filler = call.named().get("missing");
    if (filler instanceof Value.Number number) {
      missing = OptionalDouble.of(missing(port, number.value(), place));
    } else if (filler instanceof Value.Text text && labels.contains(text.value())) {
      missing = OptionalDouble.of(labels.indexOf(text.value()));
    } else if (filler != null) {
      throw new DataException(DataBlockErrors.missing(port.name(), place));
    }
    return new Origin.Columns(selections, labels, missing, place);
  }

  private static double missing(Metadata.Port port, double value, String place) {
    boolean fits =
        port.type() != Metadata.Type.INDEX
            || port.accepts(value);
    if (!fits) {
      throw new DataException(DataBlockErrors.missing(port.name(), place));
    }
    return value;
  }

  private static Selection selection(String port, Value value, String place) {
    if (value instanceof Value.Text text) {
      return new Selection.Named(text.value());
    }
    if (value instanceof Value.Number number && number.whole()) {
      return new Selection.At((long) number.value());
    }
    if (value instanceof Value.Span span) {
      if (span.first() instanceof Value.Text first && span.last() instanceof Value.Text last) {
        return new Selection.NamedRange(first.value(), last.value(), span.inclusive());
      }
      if (span.first() instanceof Value.Number first
          && span.last() instanceof Value.Number last
          && first.whole()
          && last.whole()) {
        long end = (long) last.value() + (span.inclusive() ? 1 : 0);
        return new Selection.Between((long) first.value(), end);
      }
    }
    throw new DataException(DataBlockErrors.selection(port, value, place));
  }

  private static List<String> labels(Metadata.Port port, Value.Call call, String place) {
    Value value = call.named().get("labels");
    if (value == null) {
      return List.of();
    }
    List<String> labels = new ArrayList<>();
    if (value instanceof Value.Many many) {
      for (Value label : many.values()) {
        if (label instanceof Value.Text text) {
          labels.add(text.value());
        } else if (label instanceof Value.Number number && number.whole()) {
          labels.add(Long.toString((long) number.value()));
        } else {
          throw new DataException(DataBlockErrors.labels(port.name(), place));
        }
      }
    } else {
      throw new DataException(DataBlockErrors.labels(port.name(), place));
    }
    if (port.type() != Metadata.Type.INDEX || labels.size() != port.bound()) {
      throw new DataException(DataBlockErrors.labelCount(port, labels.size(), place));
    }
    if (new HashSet<>(labels).size() != labels.size()) {
      throw new DataException(DataBlockErrors.labelTwice(port.name(), place));
    }
    return List.copyOf(labels);
  }

  private static Origin.Idx idx(Metadata.Port port, Value.Call call, String place) {
    known(call, Set.of("valid", "test"), place);
    if (call.positional().size() != 1 || !(call.positional().get(0) instanceof Value.Text file)) {
      throw new DataException(DataBlockErrors.oneFile(port.name(), "idx", place));
    }
    return new Origin.Idx(
        file.value(), text(call, "valid", place), text(call, "test", place), place);
  }

  private Table table(String name, Setting setting) {
    String place = place(setting);
    if (setting.value() instanceof Value.Text text) {
      return new Table(text.value(), ',', Optional.empty(), Optional.empty());
    }
    if (setting.value() instanceof Value.Call call && call.name().equals("csv")) {
      known(call, Set.of("valid", "test", "separator"), place);
      if (call.positional().size() == 1 && call.positional().get(0) instanceof Value.Text file) {
        String separator = text(call, "separator", place).orElse(",");
        if (separator.equals("\\t")) {
          separator = "\t";
        }
        if (separator.length() != 1) {
          throw new DataException(DataBlockErrors.separator(separator, place));
        }
        return new Table(
            file.value(),
            separator.charAt(0),
            text(call, "valid", place),
            text(call, "test", place));
      }
      throw new DataException(DataBlockErrors.oneFile(name, "csv", place));
    }
    throw new DataException(DataBlockErrors.table(name, setting.value(), place));
  }

  private static Optional<String> text(Value.Call call, String name, String place) {
    Value value = call.named().get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Value.Text text) {
      return Optional.of(text.value());
    }
    throw new DataException(DataBlockErrors.noText(call.name(), name, place));
  }

  private static void known(Value.Call call, Set<String> names, String place) {
    for (String name : call.named().keySet()) {
      if (!names.contains(name)) {
        throw new DataException(
            DataBlockErrors.argument(
                call.name(), name, Names.nearest(name, names), names.stream().sorted().toList(), place));
      }
    }
  }

  private String place(Setting setting) {
    return "(" + metadata.sourceName() + ":" + setting.line() + ")";
  }
}

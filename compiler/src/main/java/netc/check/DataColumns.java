package netc.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import netc.check.errors.ExpressionErrors;
import netc.check.errors.SettingErrors;
import netc.ir.ElementType;
import netc.ir.Model;
import netc.ir.Model.Value;
import netc.ir.Tensor;
import netc.source.Diagnostic;
import netc.source.Span;
import netc.source.Suggestions;
import netc.syntax.Expression;
import netc.syntax.Name;
import netc.syntax.Statement;

/** How the columns of a {@code data} block meet the inputs and targets. */
final class DataColumns {
  private static final List<String> RESERVED = List.of("rows", "valid", "test");
  private static final Map<String, List<String>> ARGUMENTS =
      Map.of(
          "csv", List.of("separator", "valid", "test"),
          "idx", List.of("valid", "test"),
          "column", List.of("labels", "missing"),
          "columns", List.of("labels", "missing"));
  private static final Set<String> LATER = Set.of("npy", "npz", "parquet", "images", "text");

  private final NetRoles roles;

  DataColumns(NetRoles roles) {
    this.roles = roles;
  }

  Optional<Diagnostic> check(String key, Value value, Statement.Settings.Setting setting) {
    Span span = setting.value().span();
    if (value instanceof Value.Call(String name, var _, var _) && LATER.contains(name)) {
      return Optional.of(ExpressionErrors.notSupported(span, "`" + name + "` files"));
    }
    var wrong = arguments(value, setting.value());
    if (wrong.isPresent()) {
      return wrong;
    }
    if (RESERVED.contains(key)) {
      return reserved(key, value, span);
    }
    var port = port(key);
    if (port.isEmpty()) {
      var known = new ArrayList<>(RESERVED);
      roles.inputs.forEach(i -> known.add(i.name()));
      roles.targets.forEach(t -> known.add(t.name()));
      return Optional.of(
          SettingErrors.unknownKey(
              setting.name().span(), "data", key, Suggestions.closest(key, known), known));
    }
    return columns(port.get(), value, span);
  }

  /** The arguments of {@code csv}, {@code idx}, {@code column} and {@code columns}. */
  private static Optional<Diagnostic> arguments(Value value, Expression expression) {
    if (!(value instanceof Value.Call call)
        || !(expression instanceof Expression.Call written)
        || !ARGUMENTS.containsKey(call.name())) {
      return Optional.empty();
    }
    List<String> known = ARGUMENTS.get(call.name());
    int position = 0;
    for (Expression.Argument argument : written.arguments()) {
      Span span = argument.value().first().span();
      if (argument.name().isEmpty()) {
        boolean isFile = call.name().equals("csv") || call.name().equals("idx");
        if (!isSelection(call.positional().get(position++), isFile)) {
          return Optional.of(SettingErrors.noColumn(span, call.name(), isFile));
        }
      } else if (!known.contains(argument.name().get().text())) {
        Name name = argument.name().get();
        var similar = Suggestions.closest(name.text(), known);
        return Optional.of(
            SettingErrors.unknownArgument(name.span(), call.name(), name.text(), similar, known));
      }
    }
    return Optional.empty();
  }

  private static boolean isSelection(Value value, boolean isFile) {
    return switch (value) {
      case Value.Text _ -> true;
      case Value.Number(double _, boolean isWhole) -> !isFile && isWhole;
      case Value.Span(Value first, Value last, boolean _) ->
          !isFile && isSelection(first, false) && first.getClass() == last.getClass();
      default -> false;
    };
  }

  private static Optional<Diagnostic> reserved(String key, Value value, Span span) {
    boolean fits =
        switch (value) {
          case Value.Text _ -> true;
          case Value.Call(String name, var _, var _) -> name.equals("csv");
          case Value.Number(double fraction, boolean _) ->
              !key.equals("rows") && fraction >= 0 && fraction < 1;
          default -> false;
        };
    return fits
        ? Optional.empty()
        : Optional.of(
            SettingErrors.badValue(
                span,
                key,
                key.equals("rows") ? "a file: csv(\"f.csv\")" : "a fraction below 1 or a file",
                List.of()));
  }

  private Optional<Tensor> port(String name) {
    return java.util.stream.Stream.concat(roles.inputs.stream(), roles.targets.stream())
        .filter(d -> d.name().equals(name))
        .map(Model.Data::tensor)
        .findFirst();
  }

  private static Optional<Diagnostic> columns(Tensor tensor, Value value, Span span) {
    if (!(value instanceof Value.Call call)
        || !List.of("column", "columns", "idx").contains(call.name())) {
      return Optional.of(
          SettingErrors.badValue(
              span, tensor.name(), "column(…), columns(…) or idx(…)", List.of()));
    }
    if (call.name().equals("idx")) {
      return Optional.empty();
    }
    OptionalLong count = count(call.positional());
    if (count.isPresent() && count.getAsLong() != tensor.elements()) {
      return Optional.of(
          SettingErrors.columnCount(span, tensor.name(), count.getAsLong(), tensor.elements()));
    }
    return labels(tensor, call, span);
  }

  /** How many columns are named; unknown where a range by name depends on the header. */
  private static OptionalLong count(List<Value> selections) {
    long count = 0;
    for (Value selection : selections) {
      switch (selection) {
        case Value.Span(Value.Number first, Value.Number last, boolean inclusive) ->
            count += Math.max(0, (long) (last.value() - first.value()) + (inclusive ? 1 : 0));
        case Value.Span _ -> {
          return OptionalLong.empty();
        }
        default -> count++;
      }
    }
    return OptionalLong.of(count);
  }

  private static Optional<Diagnostic> labels(Tensor tensor, Value.Call call, Span span) {
    if (!(call.named().get("labels") instanceof Value.Many(List<Value> labels))) {
      boolean isFilled =
          call.named().getOrDefault("missing", new Value.Number(0, true)) instanceof Value.Number;
      return isFilled
          ? Optional.empty()
          : Optional.of(SettingErrors.badArgument(span, call.name(), "missing", "a number, or a label"));
    }
    boolean isIndex =
        tensor.type() == ElementType.INT && tensor.interval().orElseThrow().low() == 0;
    long size = isIndex ? tensor.interval().orElseThrow().high() + 1 : 0;
    if (labels.size() != size) {
      return Optional.of(SettingErrors.labelCount(span, tensor.name(), labels.size(), size));
    }
    var seen = new HashSet<Value>();
    return labels.stream()
        .filter(label -> label instanceof Value.Text && !seen.add(label))
        .findFirst()
        .map(label -> SettingErrors.labelTwice(span, ((Value.Text) label).value()));
  }
}

package netc.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import netc.check.SettingTable.Kind;
import netc.check.SettingTable.Rule;
import netc.check.errors.SettingErrors;
import netc.ir.Model;
import netc.ir.Model.Value;
import netc.settings.DataBlock;
import netc.settings.SettingException;
import netc.settings.TrainBlock;
import netc.source.Diagnostic;
import netc.source.Span;
import netc.source.Suggestions;
import netc.syntax.Expression;
import netc.syntax.Name;
import netc.syntax.Statement;

/** {@code data { … }} and {@code train { … }}: known keys with fitting values. */
final class SettingBlocks {
  private final Elaborator elaborator;
  private final Map<String, Model.Setting> data = new LinkedHashMap<>();
  private final Map<String, Model.Setting> train = new LinkedHashMap<>();
  private final Map<String, Statement.Settings.Setting> texts = new LinkedHashMap<>();
  private final Map<String, Statement.Settings.Setting> trainTexts = new LinkedHashMap<>();
  private final Map<String, Span> places = new LinkedHashMap<>();

  SettingBlocks(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  void read(Statement.Settings block, Context context) {
    for (Statement.Settings.Setting setting : block.settings()) {
      try {
        read(setting, block.isTrain(), context);
      } catch (CheckFailure failure) {
        failure.diagnostic().ifPresent(d -> elaborator.build.report(d, null));
      }
    }
  }

  private void read(Statement.Settings.Setting setting, boolean isTrain, Context context) {
    String key = setting.name().text();
    var all = isTrain ? train : data;
    if (all.containsKey(key)) {
      throw new CheckFailure(
          SettingErrors.twice(setting.name().span(), key, places.get(place(key, isTrain))));
    }
    if (isTrain && SettingTable.train(key).isEmpty()) {
      throw new CheckFailure(
          SettingErrors.unknownKey(
              setting.name().span(),
              "train",
              key,
              Suggestions.closest(key, SettingTable.trainKeys()),
              SettingTable.trainKeys()));
    }
    Value value = new SettingValues(elaborator, context).of(setting.value());
    if (isTrain) {
      check(key, SettingTable.train(key).orElseThrow(), value, setting.value());
      trainTexts.put(key, setting);
    } else {
      texts.put(key, setting);
    }
    places.put(place(key, isTrain), setting.name().span());
    all.put(key, new Model.Setting(value, setting.value().span().place()));
  }

  private static String place(String key, boolean isTrain) {
    return (isTrain ? "train " : "data ") + key;
  }

  private static void check(String key, Rule rule, Value value, Expression expression) {
    Span span = expression.span();
    boolean fits =
        switch (rule.kind()) {
          case COUNT -> value instanceof Value.Number n && n.value() == Math.rint(n.value()) && n.value() >= 1;
          case WHOLE -> value instanceof Value.Number n && n.value() == Math.rint(n.value());
          case POSITIVE -> value instanceof Value.Number n && n.value() > 0;
          case TRUTH -> value instanceof Value.Truth;
          case CHOICE -> value instanceof Value.Call;
        };
    var choices = List.copyOf(rule.choices().keySet());
    if (!fits) {
      throw new CheckFailure(SettingErrors.badValue(span, key, rule.kind().text(), choices));
    }
    if (rule.kind() == Kind.CHOICE) {
      choice(key, rule, (Value.Call) value, expression);
    }
  }

  private static void choice(String key, Rule rule, Value.Call call, Expression expression) {
    var choices = rule.choices();
    var choice = choices.get(call.name());
    if (choice == null) {
      throw new CheckFailure(
          SettingErrors.unknownChoice(
              callee(expression),
              key,
              call.name(),
              Suggestions.closest(call.name(), choices.keySet()),
              List.copyOf(choices.keySet())));
    }
    if (call.positional().size() > choice.positional().size()) {
      throw new CheckFailure(
          SettingErrors.tooManyArguments(expression.span(), call.name(), choice.positional().size()));
    }
    if (!(expression instanceof Expression.Call written)) {
      return;
    }
    for (Expression.Argument argument : written.arguments()) {
      argument.name().ifPresent(name -> checkName(call, choice, name));
      checkKind(call, choice, argument, written);
    }
  }

  private static Span callee(Expression expression) {
    return expression instanceof Expression.Call call ? call.callee().span() : expression.span();
  }

  private static void checkName(Value.Call call, SettingTable.Choice choice, Name name) {
    if (!choice.named().contains(name.text())) {
      throw new CheckFailure(
          SettingErrors.unknownArgument(
              name.span(),
              call.name(),
              name.text(),
              Suggestions.closest(name.text(), choice.named()),
              choice.named()));
    }
  }

  /** Numbers, but for a few arguments that are something else. */
  private static void checkKind(
      Value.Call call,
      SettingTable.Choice choice,
      Expression.Argument argument,
      Expression.Call written) {
    int position =
        (int)
            written.arguments().stream()
                .takeWhile(a -> a != argument)
                .filter(a -> a.name().isEmpty())
                .count();
    String name = argument.name().map(Name::text).orElseGet(() -> choice.positional().get(position));
    Value value =
        argument.name().isPresent() ? call.named().get(name) : call.positional().get(position);
    boolean fits =
        switch (SettingTable.argument(name)) {
          case NUMBER -> value instanceof Value.Number;
          case NUMBERS ->
              value instanceof Value.Many(List<Value> all)
                  && all.size() == 2
                  && all.stream().allMatch(v -> v instanceof Value.Number);
          case TRUTH -> value instanceof Value.Truth;
          case NAME -> value instanceof Value.Text || value instanceof Value.Call;
        };
    if (!fits) {
      throw new CheckFailure(
          SettingErrors.badArgument(
              argument.value().first().span(), call.name(), name, SettingTable.argument(name).text()));
    }
  }

  /**
   * When all of the net is known: every key of {@code data} is an input or target.
   *
   * @param isBroken whether a name has a definition that is wrong
   */
  void checkColumns(NetRoles roles, Predicate<String> isBroken) {
    var columns = new DataColumns(roles);
    for (var entry : texts.entrySet()) {
      String key = entry.getKey();
      if (!isBroken.test(key)) {
        Optional<Diagnostic> found = columns.check(key, data.get(key).value(), entry.getValue());
        report(
            found.or(
                () ->
                    judge(
                        entry.getValue(),
                        () ->
                            DataBlock.read(
                                Map.of(key, data.get(key)), roles.inputs, roles.targets))));
      }
    }
    for (var entry : trainTexts.entrySet()) {
      if (measure(roles, entry.getKey(), isBroken)) {
        report(judge(entry.getValue(), () -> TrainBlock.read(trainWith(entry.getKey()), metrics(roles))));
      }
    }
  }

  /** One setting; and with {@code steps} the {@code epochs}, which exclude them. */
  private Map<String, Value> trainWith(String key) {
    var values = new LinkedHashMap<String, Value>();
    values.put(key, train.get(key).value());
    if (key.equals("steps") && train.containsKey("epochs")) {
      values.put("epochs", train.get("epochs").value());
    }
    return values;
  }

  private static List<String> metrics(NetRoles roles) {
    return roles.metrics.stream().map(NetRoles.MetricDraft::name).toList();
  }

  /** What the reader says of a value, who has the last word on it. */
  private static Optional<Diagnostic> judge(Statement.Settings.Setting setting, Runnable reader) {
    try {
      reader.run();
      return Optional.empty();
    } catch (SettingException e) {
      return Optional.of(SettingErrors.senseless(setting.value().span(), e.what()));
    }
  }

  private void report(Optional<Diagnostic> found) {
    found.ifPresent(d -> elaborator.build.report(d, null));
  }

  /**
   * {@code on = "accuracy"} names a metric, and {@code better} says which way is up; false when not, or
   * when the metric is wrong itself.
   */
  private boolean measure(NetRoles roles, String key, Predicate<String> isBroken) {
    boolean watches = key.equals("early_stop") || key.equals("schedule");
    if (!watches || !(train.get(key).value() instanceof Value.Call call)) {
      return true;
    }
    String on = text(call, "on").orElse("loss");
    Expression written = trainTexts.get(key).value();
    var metrics = metrics(roles);
    if (!on.equals("loss") && !metrics.contains(on)) {
      if (isBroken.test(on)) {
        return false;
      }
      var similar = Suggestions.closest(on, metrics);
      elaborator.build.report(
          SettingErrors.unknownMetric(argument(written, "on"), key, on, similar, metrics), null);
      return false;
    }
    String better = text(call, "better").orElse(on.equals("loss") ? "lower" : "");
    if (!better.equals("higher") && !better.equals("lower")) {
      elaborator.build.report(
          SettingErrors.noDirection(argument(written, "better"), key, on), null);
      return false;
    }
    return true;
  }

  private static Optional<String> text(Value.Call call, String name) {
    return Optional.ofNullable(call.named().get(name))
        .flatMap(v -> v instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty());
  }

  private static Span argument(Expression value, String name) {
    return value instanceof Expression.Call call
        ? call.arguments().stream()
            .filter(a -> a.name().map(Name::text).equals(Optional.of(name)))
            .map(a -> a.value().first().span())
            .findFirst()
            .orElse(value.span())
        : value.span();
  }

  Map<String, Model.Setting> data() {
    return Collections.unmodifiableMap(data);
  }

  Map<String, Model.Setting> train() {
    return Collections.unmodifiableMap(train);
  }
}

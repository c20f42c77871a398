package netc.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Setting;
import netc.runtime.Metadata.Value;
import netc.runtime.ValueText;

/**
 * All settings of a training, read and checked.
 *
 * @param epochs 0 when {@code steps} counts
 * @param steps 0 when {@code epochs} counts
 */
record Plan(
    Optimizer optimizer,
    Schedule schedule,
    int batchSize,
    int epochs,
    long steps,
    long seed,
    boolean shuffle,
    Optional<EarlyStop> earlyStop,
    OptionalDouble clipNorm,
    OptionalDouble clipValue) {

  /** {@code early_stop = patience(3, on = "accuracy", better = "higher")} */
  record EarlyStop(long patience, Measure measure, double least) {}

  static final List<String> NAMES =
      List.of(
          "optimizer", "schedule", "batch_size", "epochs", "steps", "seed", "shuffle", "early_stop",
          "clip_norm", "clip_value");

  private static final List<String> OPTIMIZERS =
      List.of("sgd", "adam", "adamw", "rmsprop", "adagrad");

  /** Reads settings, line 0 standing for one that is not of the {@code .net} file. */
  static Plan of(Map<String, Setting> settings, Metadata metadata) {
    var reader = new Reader(settings, metadata);
    long steps = reader.count("steps", 0, 1);
    int epochs = (int) reader.count("epochs", steps > 0 ? 0 : 10, 1);
    if (steps > 0 && epochs > 0) {
      throw new TrainingException(
          TrainErrors.setting("`steps`", "give epochs or steps, not both", reader.place("steps")));
    }
    return new Plan(
        reader.call("optimizer").map(reader::optimizer).orElse(Adam.of(reader.nothing("adam"))),
        reader.call("schedule").map(reader::schedule).orElse(new Schedule.Constant(0)),
        (int) reader.count("batch_size", 32, 1),
        epochs,
        steps,
        reader.count("seed", 0, Long.MIN_VALUE),
        reader.truth("shuffle", true),
        reader.call("early_stop").map(reader::earlyStop),
        reader.limit("clip_norm"),
        reader.limit("clip_value"));
  }

  private static final class Reader {
    private final Map<String, Setting> settings;
    private final Metadata metadata;
    private final List<String> metrics;

    Reader(Map<String, Setting> settings, Metadata metadata) {
      this.settings = settings;
      this.metadata = metadata;
      metrics = metadata.metrics().stream().map(Metadata.Metric::name).toList();
      for (String name : settings.keySet()) {
        if (!NAMES.contains(name)) {
          throw new TrainingException(TrainErrors.unknownSetting(name, NAMES, place(name)));
        }
      }
    }

    Arguments nothing(String name) {
      return new Arguments(new Value.Call(name, List.of(), Map.of()), "");
    }

    Optional<String> call(String name) {
      return settings.containsKey(name) ? Optional.of(name) : Optional.empty();
    }

    private Value.Call value(String name) {
      if (settings.get(name).value() instanceof Value.Call call) {
        return call;
      }
      String example =
          switch (name) {
            case "optimizer" -> "adam(lr = 1e-3)";
            case "schedule" -> "cosine(warmup = 200)";
            default -> "patience(3)";
          };
      throw error(name, "write it like " + example);
    }

    Optimizer optimizer(String name) {
      Value.Call call = value(name);
      Arguments a = new Arguments(call, place(name), "lr");
      Optimizer optimizer =
          switch (call.name()) {
            case "sgd" -> Sgd.of(a);
            case "adam" -> Adam.of(a);
            case "adamw" -> AdamW.of(a);
            case "rmsprop" -> RmsProp.of(a);
            case "adagrad" -> Adagrad.of(a);
            default ->
                throw new TrainingException(
                    TrainErrors.unknownKind("optimizer", call.name(), OPTIMIZERS, place(name)));
          };
      a.finish();
      return optimizer;
    }

    Schedule schedule(String name) {
      return Schedule.of(value(name), place(name), metrics);
    }

    EarlyStop earlyStop(String name) {
      Value.Call call = value(name);
      if (!call.name().equals("patience")) {
        throw new TrainingException(
            TrainErrors.unknownKind("early_stop", call.name(), List.of("patience"), place(name)));
      }
      Arguments a = new Arguments(call, place(name), "patience");
      Measure measure = Measure.of(a, name, metrics, place(name));
      var stop =
          new EarlyStop(a.count("patience", 5, 1), measure, a.notNegative("min_delta", 0));
      a.finish();
      return stop;
    }

    long count(String name, long otherwise, long least) {
      Setting setting = settings.get(name);
      if (setting == null) {
        return otherwise;
      }
      if (setting.value() instanceof Value.Number number
          && number.value() == Math.rint(number.value())
          && number.value() >= least
          && Math.abs(number.value()) < 1L << 53
          && (name.equals("seed") || name.equals("steps")
              || number.value() <= Integer.MAX_VALUE)) {
        return (long) number.value();
      }
      throw error(name, "it is a whole number" + (least == 1 ? " of at least 1" : ""));
    }

    boolean truth(String name, boolean otherwise) {
      Setting setting = settings.get(name);
      if (setting == null) {
        return otherwise;
      }
      if (setting.value() instanceof Value.Truth truth) {
        return truth.value();
      }
      throw error(name, "it is true or false");
    }

    OptionalDouble limit(String name) {
      Setting setting = settings.get(name);
      if (setting == null) {
        return OptionalDouble.empty();
      }
      if (setting.value() instanceof Value.Number number && number.value() > 0) {
        return OptionalDouble.of(number.value());
      }
      throw error(name, "it is a number above 0");
    }

    TrainingException error(String name, String what) {
      Setting setting = settings.get(name);
      String found = setting == null ? "" : ", not " + ValueText.print(setting.value());
      return new TrainingException(
          TrainErrors.setting("`" + name + "`", what + found, place(name)));
    }

    private String place(String name) {
      Setting setting = settings.get(name);
      return setting == null || setting.line() <= 0
          ? ""
          : " (" + metadata.sourceName() + ":" + setting.line() + ")";
    }
  }
}

package netc.settings;

import java.util.Collection;
import java.util.List;
import netc.runtime.Names;

/** The wording of errors in the settings of training. */
final class TrainErrors {
  private TrainErrors() {}

  static String unknownSetting(String name, Collection<String> known) {
    return "training has no setting `" + name + "`" + guess(name, known);
  }

  static String unknownKind(String setting, String name, Collection<String> known) {
    return "there is no " + setting + " `" + name + "`" + guess(name, known);
  }

  static String argument(String call, String name, List<String> known) {
    return call + "(…) has no setting `" + name + "`" + guess(name, known);
  }

  static String better(String setting, String metric) {
    return setting + ": say which way `" + metric
        + "` is better: better = \"higher\" or better = \"lower\"";
  }

  static String unknownMeasure(String setting, String name, Collection<String> known) {
    return setting + ": there is no metric `" + name + "`" + guess(name, known);
  }

  private static String guess(String name, Collection<String> known) {
    String near = Names.nearest(name, known).map(n -> "; did you mean `" + n + "`?").orElse("");
    return near + " (there are: " + String.join(", ", known) + ")";
  }
}

package netc.settings;

import java.util.List;
import java.util.Optional;
import netc.ir.Model.Value;
import netc.runtime.Names;

/** The wording of errors in a {@code data} block. */
final class DataErrors {
  private DataErrors() {}

  static String unknownKey(String name, List<String> ports) {
    return "`" + name + "` is no input or target" + guess(name, ports)
        + " (there are: " + String.join(", ", ports) + "; and rows, valid, test)";
  }

  static String fraction(String name, double fraction) {
    return "`" + name + "` is " + fraction
        + ", but a fraction of the rows is at least 0 and below 1";
  }

  static String origin(String name, Value value) {
    String found = value instanceof Value.Call call ? "`" + call.name() + "(…)`" : "this";
    return found + " cannot fill `" + name
        + "`; write column(…), columns(…) or idx(…) (npy, npz, parquet, images and text are not"
        + " supported yet)";
  }

  static String columnCount(String name, String call, int found) {
    return "`" + name + "` = " + call + "(…) names " + found + " columns; "
        + (call.equals("column") ? "column takes one, columns takes many" : "name at least one");
  }

  static String selection(String name) {
    return "`" + name + "`: a column is given by its name, its position, or a range such as"
        + " \"a\"..=\"d\" or 0..64";
  }

  static String missing(String name) {
    return "`missing` of `" + name + "` must be a value that `" + name + "` can have";
  }

  static String labels(String name) {
    return "the labels of `" + name + "` are a list of texts, [\"no\", \"yes\"]";
  }

  static String labelCount(String name, int bound, int found) {
    return bound < 0
        ? "only an index has labels, and `" + name + "` is none"
        : "`" + name + "` is index(" + bound + "), but it has " + found + " labels";
  }

  static String labelTwice(String name) {
    return "a label of `" + name + "` stands twice";
  }

  static String oneFile(String name, String call) {
    return "`" + name + "` = " + call + "(…) needs one file name";
  }

  static String separator(String separator) {
    return "a separator is one character, not \"" + separator + "\"";
  }

  static String table(String name, Value value) {
    String found = value instanceof Value.Call call ? "`" + call.name() + "(…)`" : "this";
    String fraction = name.equals("rows") ? "" : ", or a fraction such as 0.2";
    return found + " is no source for `" + name + "`; write csv(\"file.csv\")"
        + fraction + "";
  }

  static String noText(String call, String name) {
    return "`" + name + "` of " + call + "(…) is a text";
  }

  static String argument(String call, String name, Optional<String> near, List<String> known) {
    return call + "(…) has no setting `" + name + "`"
        + near.map(n -> "; did you mean `" + n + "`?").orElse("")
        + " (there are: " + String.join(", ", known) + ")";
  }

  private static String guess(String name, List<String> known) {
    return Names.nearest(name, known).map(near -> "; did you mean `" + near + "`?").orElse("");
  }
}

package netc.data;

import java.util.List;
import java.util.Optional;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Value;
import netc.runtime.Names;

/** The wording of errors in a {@code data} block. */
final class DataBlockErrors {
  private DataBlockErrors() {}

  static String unknownKey(String name, List<String> ports, String place) {
    return "data block: `" + name + "` is no input or target" + guess(name, ports)
        + " (there are: " + DataErrors.list(ports) + "; and rows, valid, test) " + place;
  }

  static String noPort(String name, List<String> ports) {
    return "there is no input or target `" + name + "`" + guess(name, ports);
  }

  static String fraction(String name, double fraction, String place) {
    return "data block: `" + name + "` is " + fraction
        + ", but a fraction of the rows is at least 0 and below 1 " + place;
  }

  static String origin(String name, Value value, String place) {
    String found = value instanceof Value.Call call ? "`" + call.name() + "(…)`" : "this";
    return "data block: " + found + " cannot fill `" + name
        + "`; write column(…), columns(…) or idx(…) (npy, npz, parquet, images and text are not"
        + " supported yet) " + place;
  }

  static String columnCount(String name, String call, int found, String place) {
    return "data block: `" + name + "` = " + call + "(…) names " + found + " columns; "
        + (call.equals("column") ? "column takes one, columns takes many " : "name at least one ")
        + place;
  }

  static String selection(String name, Value value, String place) {
    return "data block: `" + name + "`: a column is given by its name, its position, or a range such as"
        + " \"a\"..=\"d\" or 0..64 " + place;
  }

  static String missing(String name, String place) {
    return "data block: `missing` of `" + name + "` must be a value that `" + name + "` can have "
        + place;
  }

  static String labels(String name, String place) {
    return "data block: the labels of `" + name + "` are a list of texts, [\"no\", \"yes\"] " + place;
  }

  static String labelCount(Metadata.Port port, int found, String place) {
    return port.type() != Metadata.Type.INDEX
        ? "data block: only an index has labels, and `" + port.name() + "` is none " + place
        : "data block: `" + port.name() + "` is index(" + port.bound() + "), but it has " + found
            + " labels " + place;
  }

  static String labelTwice(String name, String place) {
    return "data block: a label of `" + name + "` stands twice " + place;
  }

  static String oneFile(String name, String call, String place) {
    return "data block: `" + name + "` = " + call + "(…) needs one file name " + place;
  }

  static String separator(String separator, String place) {
    return "data block: a separator is one character, not \"" + separator + "\" " + place;
  }

  static String table(String name, Value value, String place) {
    String found = value instanceof Value.Call call ? "`" + call.name() + "(…)`" : "this";
    String fraction = name.equals("rows") ? "" : ", or a fraction such as 0.2";
    return "data block: " + found + " is no source for `" + name + "`; write csv(\"file.csv\")"
        + fraction + " " + place;
  }

  static String noText(String call, String name, String place) {
    return "data block: `" + name + "` of " + call + "(…) is a text " + place;
  }

  static String argument(
      String call, String name, Optional<String> near, List<String> known, String place) {
    return "data block: " + call + "(…) has no setting `" + name + "`"
        + near.map(n -> "; did you mean `" + n + "`?").orElse("")
        + " (there are: " + String.join(", ", known) + ") " + place;
  }

  static String noRows(Metadata metadata, String field) {
    return "there is no data for `" + field + "`: give a file, or write `rows = csv(\"…\")` in the data"
        + " block of " + metadata.sourceName();
  }

  static String noPart(String part, String field) {
    return "there is a " + part + " file, but none for `" + field + "`; give it one too";
  }

  static String noTable(Object file, List<Field> fields) {
    List<String> names = fields.stream().map(field -> field.port().name()).toList();
    return file + " is given for the columns of a table, but " + DataErrors.list(names)
        + (names.size() == 1 ? " comes from an IDX file" : " come from IDX files")
        + "; say which one it is: " + names.get(0) + "=" + file;
  }

  static String elements(String file, String shape, Field field) {
    return file + " has shape " + shape + ", but each row of " + field.kind() + " `"
        + field.port().name() + "` has " + field.port().elements() + " elements " + field.place();
  }

  private static String guess(String name, List<String> known) {
    return Names.nearest(name, known).map(near -> "; did you mean `" + near + "`?").orElse("");
  }
}

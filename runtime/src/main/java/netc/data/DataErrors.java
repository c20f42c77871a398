package netc.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import netc.runtime.Metadata;
import netc.runtime.Names;
import netc.runtime.Rule;

/** The wording of errors in data: where, what stands there, what was expected. */
final class DataErrors {
  private DataErrors() {}

  /** What is wrong with a field of a table, and where it stands. */
  static DataException inField(
      String file, int row, int column, String header, String what, Field field) {
    return new DataException(
        file + " row " + row + ", column " + column
            + (header.isEmpty() ? "" : " (" + shown(header) + ")") + ": " + what + " "
            + field.place());
  }

  static String missing(String found) {
    String what = found.isEmpty() ? "a value is missing" : "`" + found + "` stands for no value";
    return what + "; fill it in, or give `missing = …` in the data block";
  }

  static String noNumber(String found) {
    return "`" + shown(found) + "` is not a number";
  }

  static String notFinite(String found) {
    return "`" + shown(found) + "` is too large a number";
  }

  static String range(String found, Metadata.Port port) {
    return shown(found) + " is not in " + port.range();
  }

  static String noTruth(String found) {
    return "`" + shown(found) + "` is not true, false, 1 or 0";
  }

  static String noLabel(String found, List<String> labels) {
    return "`" + shown(found) + "` is none of the labels " + list(labels)
        + Names.guess(found, labels);
  }

  static DataException idxRange(String file, long row, double found, Field field) {
    return new DataException(
        file + " row " + row + ": " + Rule.text(found) + " is not in " + field.port().range() + " "
            + field.place());
  }

  static DataException ragged(String file, int row, int found, int needed) {
    return new DataException(
        file + " row " + row + ": it has " + found + " fields, but the header has " + needed);
  }

  static DataException empty(String file) {
    return new DataException(file + ": the file is empty; its first row must name the columns");
  }

  static DataException noRows(String file) {
    return new DataException(file + ": there are no rows after the header");
  }

  static DataException noHeader(String file, String first) {
    return new DataException(
        file + ": the first row must name the columns, but it is numbers (" + shown(first)
            + ", …); put a row of names in front");
  }

  static DataException noColumn(String file, String column, List<String> header, String place) {
    return new DataException(
        file + ": there is no column `" + column + "`" + Names.guess(column, header)
            + " (there are: " + list(header) + ") " + place);
  }

  static DataException twice(String file, String column, String place) {
    return new DataException(
        file + ": two columns are called `" + column + "`; name them apart, or give positions "
            + place);
  }

  static DataException position(String file, long position, int columns, String place) {
    return new DataException(
        file + ": there is no column at position " + position + "; positions are 0.." + (columns - 1)
            + " " + place);
  }

  static DataException backwards(String file, String first, String last, String place) {
    return new DataException(
        file + ": column `" + last + "` stands before `" + first + "` " + place);
  }

  static DataException count(String file, int found, Field field) {
    Metadata.Port port = field.port();
    String shape = port.shape().length == 0 ? "one number" : "shape " + Arrays.toString(port.shape());
    return new DataException(
        file + ": " + field.kind() + " `" + port.name() + "` has " + shape + " and needs "
            + port.elements() + (port.elements() == 1 ? " column" : " columns") + ", but " + found
            + (found == 1 ? " is" : " are") + " named " + field.place());
  }

  static DataException rowsDiffer(String first, int firstRows, String second, int secondRows) {
    return new DataException(
        first + " has " + firstRows + " rows, but " + second + " has " + secondRows);
  }

  static DataException openQuote(String file, int row, int column) {
    return new DataException(
        file + " row " + row + ", column " + column + ": the quote is not closed");
  }

  static DataException afterQuote(String file, int row, int column) {
    return new DataException(
        file + " row " + row + ", column " + column
            + ": text follows the closing quote; a quote inside a quoted field is doubled");
  }

  static DataException longField(String file, int row, int column, int most) {
    return new DataException(
        file + " row " + row + ", column " + column + ": the field is longer than " + most
            + " characters; is a quote not closed?");
  }

  static String encoding(String file, int row) {
    return file + " near row " + row + ": the file is not UTF-8 text; save it as UTF-8";
  }

  static String noPort(String name, List<String> ports) {
    return "there is no input or target `" + name + "`" + Names.guess(name, ports);
  }

  static DataException fraction(String name, double fraction) {
    return new DataException(
        "`" + name + "` is " + fraction + ", but a fraction of the rows is at least 0 and below 1");
  }

  static DataException noTable(Metadata metadata, String field) {
    return new DataException(
        "there is no data for `" + field + "`: give a file, or write `rows = csv(\"…\")` in the data"
            + " block of " + metadata.sourceName());
  }

  static DataException noPart(String part, String field) {
    return new DataException(
        "there is a " + part + " file, but none for `" + field + "`; give it one too");
  }

  static DataException noTable(Object file, List<Field> fields) {
    List<String> names = new ArrayList<>();
    for (Field field : fields) {
      names.add(field.name());
    }
    return new DataException(
        file + " is given for the columns of a table, but " + list(names)
            + (names.size() == 1 ? " comes from an IDX file" : " come from IDX files")
            + "; say which one it is: " + names.get(0) + "=" + file);
  }

  static DataException elements(String file, String shape, Field field) {
    return new DataException(
        file + " has shape " + shape + ", but each row of " + field.kind() + " `"
            + field.port().name() + "` has " + field.port().elements() + " elements " + field.place());
  }

  private static String list(List<String> names) {
    List<String> some = new ArrayList<>();
    for (String name : names.subList(0, Math.min(12, names.size()))) {
      some.add(shown(name));
    }
    String text = String.join(", ", some);
    return names.size() > 12 ? text + ", … " + names.size() + " in all" : text;
  }

  private static String shown(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= 40 ? clean : clean.substring(0, 40) + "…";
  }
}

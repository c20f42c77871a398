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

  static String missing(String file, int row, int column, String header, String found, Field field) {
    String what = found.isEmpty() ? "a value is missing" : "`" + found + "` stands for no value";
    return at(file, row, column, header) + what + "; fill it in, or give `missing = …` in the data block "
        + field.place();
  }

  static String noNumber(String file, int row, int column, String header, String found, Field field) {
    return at(file, row, column, header) + "`" + shown(found) + "` is not a number " + field.place();
  }

  static String notFinite(String file, int row, int column, String header, String found, Field field) {
    return at(file, row, column, header) + "`" + shown(found) + "` is too large a number "
        + field.place();
  }

  static String range(String file, int row, int column, String header, String found, Field field) {
    return at(file, row, column, header) + shown(found) + " is not in " + field.port().range()
        + " " + field.place();
  }

  static String noTruth(String file, int row, int column, String header, String found, Field field) {
    return at(file, row, column, header) + "`" + shown(found) + "` is not true, false, 1 or 0 "
        + field.place();
  }

  static String noLabel(
      String file, int row, int column, String header, String found, List<String> labels, Field field) {
    return at(file, row, column, header) + "`" + shown(found) + "` is none of the labels "
        + list(labels) + Names.guess(found, labels) + " " + field.place();
  }

  static String idxRange(String file, long row, double found, Field field) {
    return file + " row " + row + ": " + Rule.text(found) + " is not in " + field.port().range() + " "
        + field.place();
  }

  static String ragged(String file, int row, int found, int needed) {
    return file + " row " + row + ": it has " + found + " fields, but the header has " + needed;
  }

  static String empty(String file) {
    return file + ": the file is empty; its first row must name the columns";
  }

  static String noRows(String file) {
    return file + ": there are no rows after the header";
  }

  static String noHeader(String file, String first) {
    return file + ": the first row must name the columns, but it is numbers (" + shown(first)
        + ", …); put a row of names in front";
  }

  static String noColumn(String file, String column, List<String> header, String place) {
    return file + ": there is no column `" + column + "`" + Names.guess(column, header) + " (there are: " + list(header)
        + ") " + place;
  }

  static String twice(String file, String column, String place) {
    return file + ": two columns are called `" + column + "`; name them apart, or give positions "
        + place;
  }

  static String position(String file, long position, int columns, String place) {
    return file + ": there is no column at position " + position + "; positions are 0.." + (columns - 1)
        + " " + place;
  }

  static String backwards(String file, String first, String last, String place) {
    return file + ": column `" + last + "` stands before `" + first + "` " + place;
  }

  static String count(String file, int found, Field field) {
    Metadata.Port port = field.port();
    String shape = port.shape().length == 0 ? "one number" : "shape " + Arrays.toString(port.shape());
    return file + ": " + field.kind() + " `" + port.name() + "` has " + shape + " and needs "
        + port.elements() + (port.elements() == 1 ? " column" : " columns") + ", but " + found
        + (found == 1 ? " is" : " are") + " named " + field.place();
  }

  static String rowsDiffer(String first, int firstRows, String second, int secondRows) {
    return first + " has " + firstRows + " rows, but " + second + " has " + secondRows;
  }

  static String openQuote(String file, int row, int column) {
    return file + " row " + row + ", column " + column + ": the quote is not closed";
  }

  static String afterQuote(String file, int row, int column) {
    return file + " row " + row + ", column " + column
        + ": text follows the closing quote; a quote inside a quoted field is doubled";
  }

  static String longField(String file, int row, int column, int most) {
    return file + " row " + row + ", column " + column + ": the field is longer than " + most
        + " characters; is a quote not closed?";
  }

  static String encoding(String file, int row) {
    return file + " near row " + row + ": the file is not UTF-8 text; save it as UTF-8";
  }

  static String noPort(String name, List<String> ports) {
    return "there is no input or target `" + name + "`" + Names.guess(name, ports);
  }

  static String fraction(String name, double fraction) {
    return "`" + name + "` is " + fraction + ", but a fraction of the rows is at least 0 and below 1";
  }

  static String noTable(Metadata metadata, String field) {
    return "there is no data for `" + field + "`: give a file, or write `rows = csv(\"…\")` in the data"
        + " block of " + metadata.sourceName();
  }

  static String noPart(String part, String field) {
    return "there is a " + part + " file, but none for `" + field + "`; give it one too";
  }

  static String noTable(Object file, List<Field> fields) {
    List<String> names = new ArrayList<>();
    for (Field field : fields) {
      names.add(field.name());
    }
    return file + " is given for the columns of a table, but " + list(names)
        + (names.size() == 1 ? " comes from an IDX file" : " come from IDX files")
        + "; say which one it is: " + names.get(0) + "=" + file;
  }

  static String elements(String file, String shape, Field field) {
    return file + " has shape " + shape + ", but each row of " + field.kind() + " `"
        + field.port().name() + "` has " + field.port().elements() + " elements " + field.place();
  }

  private static String at(String file, int row, int column, String header) {
    return file + " row " + row + ", column " + column
        + (header.isEmpty() ? "" : " (" + shown(header) + ")") + ": ";
  }

  static String list(List<String> names) {
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

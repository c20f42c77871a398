package netc.data;

import java.util.ArrayList;
import java.util.List;
import netc.data.Origin.Selection;

/** The names of a table's columns, and where a selection of them stands. */
final class Header {
  private final String file;
  private final List<String> names;

  Header(String file, List<String> names) {
    this.file = file;
    this.names = names;
    boolean numbers = true;
    boolean counting = true;
    for (int i = 0; i < names.size(); i++) {
      char[] text = names.get(i).toCharArray();
      numbers &= !Double.isNaN(NumberText.parse(text, 0, text.length));
      counting &= names.get(i).equals(Integer.toString(i));
    }
    if (numbers && !counting) {
      throw new DataException(DataErrors.noHeader(file, names.get(0)));
    }
  }

  int size() {
    return names.size();
  }

  String name(int column) {
    return names.get(column);
  }

  /** The positions of the columns of a field; their number is what its shape needs. */
  int[] columns(Field field, Origin.Columns origin) {
    List<Integer> columns = new ArrayList<>();
    for (Selection selection : origin.selections()) {
      add(selection, origin.place(), columns);
    }
    if (columns.size() != field.port().elements()) {
      throw new DataException(DataErrors.count(file, columns.size(), field));
    }
    return columns.stream().mapToInt(Integer::intValue).toArray();
  }

  private void add(Selection selection, String place, List<Integer> columns) {
    if (selection instanceof Selection.Named named) {
      columns.add(find(named.name(), place));
    } else if (selection instanceof Selection.At at) {
      columns.add(check(at.position(), place));
    } else if (selection instanceof Selection.NamedRange range) {
      int first = find(range.first(), place);
      int last = find(range.last(), place);
      if (last < first) {
        throw new DataException(DataErrors.backwards(file, range.first(), range.last(), place));
      }
      for (int i = first; range.inclusive() ? i <= last : i < last; i++) {
        columns.add(i);
      }
    } else if (selection instanceof Selection.Between between) {
      for (long i = between.first(); i < between.end(); i++) {
        columns.add(check(i, place));
      }
    }
  }

  private int find(String name, String place) {
    int at = names.indexOf(name);
    if (at < 0) {
      throw new DataException(DataErrors.noColumn(file, name, names, place));
    }
    if (at != names.lastIndexOf(name)) {
      throw new DataException(DataErrors.twice(file, name, place));
    }
    return at;
  }

  private int check(long position, String place) {
    if (position < 0 || position >= names.size()) {
      throw new DataException(DataErrors.position(file, position, names.size(), place));
    }
    return (int) position;
  }
}

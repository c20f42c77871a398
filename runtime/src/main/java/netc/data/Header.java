package netc.data;

import java.util.ArrayList;
import java.util.List;
import netc.runtime.Metadata;

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
  int[] columns(Field field) {
    List<Integer> columns = new ArrayList<>();
    for (Metadata.Range range : field.columns().ranges()) {
      add(range, field.columnsPlace(), columns);
    }
    if (columns.size() != field.port().elements()) {
      throw new DataException(DataErrors.count(file, columns.size(), field));
    }
    int[] positions = new int[columns.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = columns.get(i);
    }
    return positions;
  }

  private void add(Metadata.Range range, String place, List<Integer> columns) {
    long first = range.named() ? find(range.first(), place) : 0;
    long last = range.named() ? find(range.last(), place) : 0;
    if (last < first) {
      throw new DataException(DataErrors.backwards(file, range.first(), range.last(), place));
    }
    for (long i = first + range.from(); i < last + range.end(); i++) {
      if (i < 0 || i >= names.size()) {
        throw new DataException(DataErrors.position(file, i, names.size(), place));
      }
      columns.add((int) i);
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
}

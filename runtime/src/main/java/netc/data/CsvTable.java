package netc.data;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.Metadata;
import netc.runtime.Precision;
import netc.runtime.Tensor;

/** A table of comma-separated values: the names of its columns, where a field finds its own, its rows. */
final class CsvTable {
  private final String file;
  private final CsvReader reader;
  private final List<String> names;

  /** Reads the first row. */
  private CsvTable(String file, CsvReader reader) {
    this.file = file;
    this.reader = reader;
    if (!reader.next() || reader.isBlank()) {
      throw DataErrors.empty(file);
    }
    names = reader.row(reader.fields());
    boolean numbers = true;
    boolean counting = true;
    for (int i = 0; i < names.size(); i++) {
      char[] text = names.get(i).toCharArray();
      numbers &= !Double.isNaN(NumberText.parse(text, 0, text.length));
      counting &= names.get(i).equals(Integer.toString(i));
    }
    if (numbers && !counting) {
      throw DataErrors.noHeader(file, names.get(0));
    }
  }

  /** The tensors of the fields, by name; the stream is closed. */
  static Map<String, Tensor> read(
      String file, InputStream stream, char separator, List<Field> fields, Precision precision) {
    try (var reader = new CsvReader(file, stream, separator)) {
      return new CsvTable(file, reader).read(fields, precision);
    }
  }

  private Map<String, Tensor> read(List<Field> fields, Precision precision) {
    List<ColumnFiller> fillers = new ArrayList<>();
    for (Field field : fields) {
      fillers.add(new ColumnFiller(file, field, this, precision));
    }
    int rows = 0;
    while (reader.next()) {
      if (reader.isBlank() && names.size() > 1) {
        continue;
      }
      if (reader.fields() != names.size()) {
        throw DataErrors.ragged(file, reader.row(), reader.fields(), names.size());
      }
      for (ColumnFiller filler : fillers) {
        filler.take(reader);
      }
      rows++;
    }
    if (rows == 0) {
      throw DataErrors.noRows(file);
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ColumnFiller filler : fillers) {
      tensors.put(filler.name(), filler.tensor(rows));
    }
    return tensors;
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
      throw DataErrors.count(file, columns.size(), field);
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
      throw DataErrors.backwards(file, range.first(), range.last(), place);
    }
    for (long i = first + range.from(); i < last + range.end(); i++) {
      if (i < 0 || i >= names.size()) {
        throw DataErrors.position(file, i, names.size(), place);
      }
      columns.add((int) i);
    }
  }

  private int find(String name, String place) {
    int at = names.indexOf(name);
    if (at < 0) {
      throw DataErrors.noColumn(file, name, names, place);
    }
    if (at != names.lastIndexOf(name)) {
      throw DataErrors.twice(file, name, place);
    }
    return at;
  }
}

package netc.data;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.Precision;
import netc.runtime.Tensor;

/** Reads the columns of fields from a table of comma-separated values. */
final class CsvTable {
  private CsvTable() {}

  /** The tensors of the fields, by name; the stream is closed. */
  static Map<String, Tensor> read(
      String file, InputStream stream, char separator, List<Field> fields, Precision precision) {
    try (var reader = new CsvReader(file, stream, separator)) {
      if (!reader.next() || reader.isBlank()) {
        throw new DataException(DataErrors.empty(file));
      }
      var header = new Header(file, reader.row(reader.fields()));
      List<ColumnFiller> fillers = new ArrayList<>();
      for (Field field : fields) {
        fillers.add(new ColumnFiller(file, field, header, precision));
      }
      int rows = 0;
      while (reader.next()) {
        if (reader.isBlank() && header.size() > 1) {
          continue;
        }
        if (reader.fields() != header.size()) {
          throw new DataException(
              DataErrors.ragged(file, reader.row(), reader.fields(), header.size()));
        }
        for (ColumnFiller filler : fillers) {
          filler.take(reader);
        }
        rows++;
      }
      if (rows == 0) {
        throw new DataException(DataErrors.noRows(file));
      }
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (ColumnFiller filler : fillers) {
        tensors.put(filler.name(), filler.tensor(rows));
      }
      return tensors;
    }
  }
}

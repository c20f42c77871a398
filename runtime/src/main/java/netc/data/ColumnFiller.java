package netc.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import netc.runtime.DType;
import netc.runtime.Metadata;
import netc.runtime.Precision;
import netc.runtime.Tensor;

/** Collects the values of one input or target, row after row, and checks each of them. */
final class ColumnFiller {
  private final String file;
  private final Field field;
  private final Metadata.Type type;
  private final CsvTable table;
  private final int[] columns;
  private final boolean single;
  private final Map<String, Integer> labels = new HashMap<>();

  private float[] floats = new float[0];
  private double[] doubles = new double[0];
  private int[] ints = new int[0];
  private int count;

  ColumnFiller(String file, Field field, CsvTable table, Precision precision) {
    this.file = file;
    this.field = field;
    this.table = table;
    type = field.port().type();
    columns = table.columns(field);
    single = precision == Precision.F32;
    for (String label : field.columns().labels()) {
      labels.put(label, labels.size());
    }
  }

  String name() {
    return field.port().name();
  }

  void take(CsvReader row) {
    for (int column : columns) {
      grow();
      if (type == Metadata.Type.BOOL) {
        ints[count] = truth(row, column);
      } else if (type == Metadata.Type.INDEX) {
        ints[count] = labels.isEmpty() ? index(row, column) : label(row, column);
      } else if (single) {
        floats[count] = (float) real(row, column);
      } else {
        doubles[count] = real(row, column);
      }
      count++;
    }
  }

  Tensor tensor(int rows) {
    int[] shape = field.port().shape(rows);
    if (type == Metadata.Type.REAL) {
      return single
          ? Tensor.of(Arrays.copyOf(floats, count), shape)
          : Tensor.of(Arrays.copyOf(doubles, count), shape);
    }
    Tensor whole = Tensor.of(Arrays.copyOf(ints, count), shape);
    return type == Metadata.Type.BOOL ? whole.as(DType.BOOL) : whole;
  }

  private double real(CsvReader row, int column) {
    double value = row.number(column);
    if (Double.isNaN(value)) {
      if (!row.isMissing(column)) {
        throw wrong(row, column, DataErrors.noNumber(row.field(column)));
      }
      return missing(row, column);
    }
    if (single ? Float.isInfinite((float) value) : Double.isInfinite(value)) {
      throw wrong(row, column, DataErrors.notFinite(row.field(column)));
    }
    return value;
  }

  private int index(CsvReader row, int column) {
    double value = row.number(column);
    if (Double.isNaN(value) && row.isMissing(column)) {
      value = missing(row, column);
    }
    if (Double.isNaN(value)) {
      throw wrong(row, column, DataErrors.noNumber(row.field(column)));
    }
    if (!field.port().accepts(value)) {
      throw wrong(row, column, DataErrors.range(row.field(column), field.port()));
    }
    return (int) value;
  }

  private int label(CsvReader row, int column) {
    Integer found = labels.get(row.field(column));
    if (found == null) {
      if (row.isMissing(column)) {
        return (int) missing(row, column);
      }
      throw wrong(
          row, column, DataErrors.noLabel(row.field(column), field.columns().labels()));
    }
    return found;
  }

  private int truth(CsvReader row, int column) {
    String text = row.field(column);
    if (text.equals("1") || text.equalsIgnoreCase("true")) {
      return 1;
    } else if (text.equals("0") || text.equalsIgnoreCase("false")) {
      return 0;
    } else if (row.isMissing(column)) {
      return missing(row, column) != 0 ? 1 : 0;
    }
    throw wrong(row, column, DataErrors.noTruth(text));
  }

  private double missing(CsvReader row, int column) {
    double filler = field.columns().missing();
    if (Double.isNaN(filler)) {
      throw wrong(row, column, DataErrors.missing(row.field(column)));
    }
    return filler;
  }

  private DataException wrong(CsvReader row, int column, String what) {
    return DataErrors.inField(file, row.row(), column + 1, table.name(column), what, field);
  }

  private void grow() {
    int capacity = Math.max(1024, count + (count >> 1));
    if (type != Metadata.Type.REAL) {
      ints = count == ints.length ? Arrays.copyOf(ints, capacity) : ints;
    } else if (single) {
      floats = count == floats.length ? Arrays.copyOf(floats, capacity) : floats;
    } else {
      doubles = count == doubles.length ? Arrays.copyOf(doubles, capacity) : doubles;
    }
  }
}

package netc.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import netc.cli.PredictionTable.Output;
import netc.cli.PredictionTable.Predicted;

/** Predictions as text: CSV with a column an element, or a JSON array with an object a row. */
final class PredictionWriter {
  private PredictionWriter() {}

  static void write(PredictionTable table, PredictCommand.Format format, Writer writer)
      throws IOException {
    switch (format) {
      case CSV -> csv(table, writer);
      case JSON -> json(table, writer);
    }
  }

  private static void csv(PredictionTable table, Writer writer) throws IOException {
    var head = new ArrayList<Object>();
    table.outputs().forEach(output -> head.addAll(output.columns()));
    table.predicted().forEach(predicted -> head.add(predicted.name()));
    line(head, writer);
    var fields = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      fields.clear();
      for (Output output : table.outputs()) {
        for (int i = 0; i < output.port().elements(); i++) {
          fields.add(output.value(row, i));
        }
      }
      for (Predicted predicted : table.predicted()) {
        fields.add(predicted.value(row));
      }
      line(fields, writer);
    }
  }

  private static void line(List<Object> fields, Writer writer) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      writer.write(i == 0 ? "" : ",");
      writer.write(quoted(fields.get(i).toString()));
    }
    writer.write('\n');
  }

  private static String quoted(String field) {
    boolean plain =
        field.equals(field.strip()) && field.chars().noneMatch(c -> ",\"\n\r".indexOf(c) >= 0);
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  private static void json(PredictionTable table, Writer writer) throws IOException {
    for (int row = 0; row < table.rows(); row++) {
      writer.write(row == 0 ? "[\n" : ",\n");
      JsonWriter out = Json.stream(writer);
      out.beginObject();
      for (Output output : table.outputs()) {
        out.name(output.port().name());
        tensor(output, row, 0, 0, out);
      }
      for (Predicted predicted : table.predicted()) {
        out.name(predicted.name());
        scalar(predicted.value(row), out);
      }
      out.endObject();
      out.flush();
    }
    writer.write("\n]\n");
  }

  /** A number, or arrays nested as the shape says; the position behind it. */
  private static int tensor(Output output, int row, int axis, int position, JsonWriter out)
      throws IOException {
    int[] shape = output.port().shape();
    if (axis == shape.length) {
      scalar(output.value(row, position), out);
      return position + 1;
    }
    int at = position;
    out.beginArray();
    for (int i = 0; i < shape[axis]; i++) {
      at = tensor(output, row, axis + 1, at, out);
    }
    out.endArray();
    return at;
  }

  private static void scalar(Object value, JsonWriter out) throws IOException {
    switch (value) {
      case Boolean truth -> out.value(truth.booleanValue());
      case Number number when !Double.isFinite(number.doubleValue()) -> out.nullValue();
      case Number number -> out.value(number);
      default -> out.value(value.toString());
    }
  }
}

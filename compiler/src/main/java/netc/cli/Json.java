package netc.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * JSON as the commands write it. Numbers keep the digits that tell them apart; what is no finite number
 * becomes null, since JSON has no word for it.
 */
final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .registerTypeAdapter(Double.class, new FiniteNumber())
          .serializeNulls()
          .create();

  private Json() {}

  /** Maps, lists, texts, numbers and records, indented, as one text without a line end. */
  static String text(Object value) {
    return GSON.toJson(value);
  }

  /** For data too large to be held as one value: the caller writes it piece by piece. */
  static JsonWriter stream(Writer writer) {
    return new JsonWriter(writer);
  }

  /** Doubles, NaN and the infinities as null. */
  private static final class FiniteNumber extends com.google.gson.TypeAdapter<Double> {
    @Override
    public void write(JsonWriter out, Double value) throws IOException {
      if (value == null || !Double.isFinite(value)) {
        out.nullValue();
      } else {
        out.value(value);
      }
    }

    @Override
    public Double read(com.google.gson.stream.JsonReader in) {
      throw new UnsupportedOperationException("the commands read no JSON");
    }
  }
}

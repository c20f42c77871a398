package netc.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.Netc;
import netc.ir.Model;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Range;
import netc.source.Place;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;

class DataBlockTest {
  private static final Model NET =
      Netc.check(
              new SourceFile(
                  "lesson.net",
                  """
                  net Lesson {
                    input x[3]
                    input c : index(4)
                    target y[2]
                    param w[2] ~ zeros
                    p[j] = w[j] * sum[k] x[k]
                    output p
                    loss C0 = sum[j] (p[j] - y[j])^2 + real(c)
                  }
                  """),
              Map.of())
          .models()
          .getFirst();

  private static Metadata.Data read(String... settings) {
    var data = new LinkedHashMap<String, Model.Setting>();
    for (int i = 0; i < settings.length; i += 2) {
      var place = new Place("lesson.net", 20 + i / 2);
      data.put(settings[i], new Model.Setting(ValueText.parse(settings[i + 1]), place));
    }
    return DataBlock.read(data, NET.inputs(), NET.targets());
  }

  @Test
  void columnsAreRangesWithLabelsAndFillers() {
    Metadata.Data data =
        read(
            "x", "columns(\"a\"..=\"c\", \"d\"..\"g\", 3, missing = -0.5)",
            "c", "column(\"kind\", labels = [\"red\", 7, \"a\\\"b\", \"blue\"], missing = \"blue\")",
            "y", "columns(4..6)");
    assertEquals(
        new Metadata.Columns(
            List.of(
                new Range(true, "a", 0, "c", 1),
                new Range(true, "d", 0, "g", 0),
                new Range(false, "", 3, "", 4)),
            List.of(),
            -0.5,
            20),
        data.columns().get("x"));
    assertEquals(
        new Metadata.Columns(
            List.of(new Range(true, "kind", 0, "kind", 1)), List.of("red", "7", "a\"b", "blue"), 3, 21),
        data.columns().get("c"));
    assertEquals(List.of(new Range(false, "", 4, "", 6)), data.columns().get("y").ranges());
    assertTrue(Double.isNaN(data.columns().get("y").missing()));
  }

  @Test
  void filesAreNamedByWhatTheyAreFor() {
    Metadata.Data data =
        read(
            "rows", "csv(\"a.csv\", test = \"t.csv\", separator = \"\\\\t\")",
            "valid", "0.1",
            "test", "\"own.csv\"",
            "x", "idx(\"x.gz\", valid = \"v.gz\")");
    assertEquals(
        Map.of(
            "rows", "a.csv", "rows.test", "t.csv", "test", "own.csv", "x", "x.gz", "x.valid", "v.gz"),
        data.files());
    assertEquals(Map.of("valid", 0.1), data.fractions());
    assertEquals("\t", data.separator());
  }

  @Test
  void wrongBlocksAreExplained() {
    assertEquals(
        "data block: `xx` is no input or target; did you mean `x`? (there are: x, c, y; and rows,"
            + " valid, test)",
        error("xx", "column(\"a\")"));
    assertTrue(error("x", "npy(\"f\")").contains("`npy(…)` cannot fill `x`"));
    assertTrue(error("c", "column(0, labels = [\"a\"])").contains("1 labels"));
    assertTrue(error("y", "columns(0, 1, labels = [\"a\", \"b\"])").contains("only an index has"));
    assertTrue(error("c", "column(0, labels = [\"a\", \"b\", \"c\", \"a\"])").contains("stands twice"));
    assertTrue(error("c", "column(0, missing = 4)").contains("a value that `c` can have"));
    assertTrue(error("c", "column(0, missing = 0.5)").contains("a value that `c` can have"));
    assertTrue(error("x", "column(0, lables = [\"a\"])").contains("`labels`?"));
    assertTrue(error("x", "3").contains("cannot fill `x`"));
    assertTrue(error("x", "columns()").contains("name at least one"));
    assertTrue(error("rows", "csv()").contains("needs one file name"));
    assertTrue(error("rows", "csv(\"a\", separator = \"ab\")").contains("one character"));
    assertTrue(error("rows", "csv(\"a\", test = 1)").contains("`test` of csv(…) is a text"));
    assertTrue(error("test", "1.5").contains("below 1"));
  }

  private static String error(String name, String value) {
    return assertThrows(SettingException.class, () -> read(name, value)).getMessage();
  }
}

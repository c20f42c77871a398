package netc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import netc.runtime.Lesson;
import netc.runtime.Metadata;
import netc.runtime.Precision;
import netc.runtime.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @TempDir Path folder;

  private static final Metadata.Columns NUMBERS = columns(20, named("a", "c"));

  /** A block with columns for {@code x}, {@code c} and {@code y}; null where it says nothing. */
  private static DataSpec spec(Metadata.Columns x, Metadata.Columns c, Metadata.Columns y) {
    return spec(Map.of(), Map.of(), x, c, y);
  }

  private static DataSpec spec(
      Map<String, String> files,
      Map<String, Double> fractions,
      Metadata.Columns x,
      Metadata.Columns c,
      Metadata.Columns y) {
    Map<String, Metadata.Columns> columns = new LinkedHashMap<>();
    columns.put("x", x);
    columns.put("c", c);
    columns.put("y", y);
    columns.values().removeIf(value -> value == null);
    var data = new Metadata.Data(files, fractions, ",", columns);
    return DataSpec.of(Lesson.metadata(Precision.F64, data, Training.DEFAULTS));
  }

  private static Metadata.Columns columns(int line, Metadata.Range... ranges) {
    return new Metadata.Columns(List.of(ranges), List.of(), Double.NaN, line);
  }

  private static Metadata.Columns labelled(Metadata.Range column, String... labels) {
    return new Metadata.Columns(List.of(column), List.of(labels), Double.NaN, 21);
  }

  private static Metadata.Columns filled(Metadata.Columns columns, double missing) {
    return new Metadata.Columns(columns.ranges(), columns.labels(), missing, columns.line());
  }

  /** From one column to another, both included. */
  private static Metadata.Range named(String first, String last) {
    return new Metadata.Range(true, first, 0, last, 1);
  }

  private static Metadata.Range named(String name) {
    return named(name, name);
  }

  private static Metadata.Range positions(long from, long end) {
    return new Metadata.Range(false, "", from, "", end);
  }

  private static final DataSpec SPEC =
      spec(
          NUMBERS,
          labelled(named("kind"), "red", "green", "blue", "10"),
          columns(22, positions(4, 5), named("y1")));

  private static Dataset read(DataSpec spec, String text) {
    return read(spec, text.getBytes(StandardCharsets.UTF_8), true);
  }

  private static Dataset read(DataSpec spec, byte[] bytes, boolean targets) {
    try {
      Path file = Files.createTempFile("table", ".csv");
      try {
        Files.write(file, bytes);
        return targets ? Dataset.csv(file, spec) : Dataset.inputs(file, spec);
      } catch (DataException e) {
        throw new DataException(e.getMessage().replace(file.toString(), "t.csv"));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String error(DataSpec spec, String text) {
    return assertThrows(DataException.class, () -> read(spec, text)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b,c,kind,y0,y1\n1,2,3,red,0,1\n-4.5,5e-1,+6,10,1,0\n",
        "\uFEFFa,b,c,kind,y0,y1\r\n1,2,3,red,0,1\r\n-4.5,5e-1,6,10,1,0",
        "\"a\",\"b\",\"c\",\"kind\",y0,y1\r1,\"2\", 3 ,\"red\",0,1\r\r-4.5,.5,6.0,\"10\",1,0\r",
      })
  void columnsFillTensors(String text) {
    Dataset data = read(SPEC, text);
    assertEquals(2, data.rows());
    assertArrayEquals(new int[] {2, 3}, data.tensor("x").shape());
    assertArrayEquals(new double[] {1, 2, 3, -4.5, 0.5, 6}, data.tensor("x").doubles());
    assertArrayEquals(new int[] {0, 3}, data.tensor("c").ints());
    assertArrayEquals(new double[] {0, 1, 1, 0}, data.tensor("y").doubles());
  }

  @Test
  void gzipIsRecognised() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write("a,b,c,kind\n1,2,3,blue\n".getBytes(StandardCharsets.UTF_8));
    }
    Dataset data = read(SPEC, bytes.toByteArray(), false);
    assertEquals(List.of("x", "c"), data.names());
    assertArrayEquals(new int[] {2}, data.tensor("c").ints());
  }

  @Test
  void quotesHoldSeparatorsAndLineBreaks() {
    DataSpec spec =
        spec(
            columns(20, positions(0, 3)),
            labelled(positions(3, 4), "a,b", "c\nd", "e\"f", "g"),
            null);
    byte[] text = "a,b,c,k\n1,2,3,\"c\nd\"\n1,2,3,\"e\"\"f\"\n1,2,3,\"a,b\"".getBytes();
    assertArrayEquals(new int[] {1, 2, 0}, read(spec, text, false).tensor("c").ints());
  }

  @Test
  void everyErrorNamesFileRowAndColumn() {
    String head = "a,b,c,kind,y0,y1\n1,2,3,red,0,1\n";
    assertEquals(
        "t.csv row 3, column 2 (b): a value is missing; fill it in, or give `missing = …` in the"
            + " data block (input x, lesson.net:4)",
        error(SPEC, head + "1,,3,red,0,1"));
    for (String missing : List.of("NA", "NaN", "nan", "?")) {
      assertTrue(error(SPEC, head + "1," + missing + ",3,red,0,1").contains("stands for no value"));
    }
    assertEquals(
        "t.csv row 3, column 1 (a): `1x` is not a number (input x, lesson.net:4)",
        error(SPEC, head + "1x,2,3,red,0,1"));
    for (String number : List.of("1d", "0x1", "Infinity", "1e", "--1", ".", "1_0", "٣")) {
      assertTrue(error(SPEC, head + number + ",2,3,red,0,1").contains("is not a number"), number);
    }
    assertTrue(error(SPEC, head + "1e999,2,3,red,0,1").contains("too large a number"));
    assertEquals(
        "t.csv row 3, column 4 (kind): `gren` is none of the labels red, green, blue, 10; did you"
            + " mean `green`? (input c : index(4), lesson.net:5)",
        error(SPEC, head + "1,2,3,gren,0,1"));
    assertEquals(
        "t.csv row 3: it has 5 fields, but the header has 6", error(SPEC, head + "1,2,3,red,0"));
    assertEquals(
        "t.csv row 2, column 1: the quote is not closed", error(SPEC, "a,b,c,kind,y0,y1\n\"1,2\n"));
    assertTrue(error(SPEC, "a,b,c,kind,y0,y1\n\"1\"x").contains("text follows the closing quote"));
    assertTrue(error(SPEC, "a,b,c,kind,y0,y1\n" + "1".repeat(2_000_000)).contains("the field is longer than"));
  }

  @Test
  void indicesWithoutLabelsAreNumbersInRange() {
    DataSpec spec =
        spec(columns(20, named("a"), named("b"), named("c")), columns(21, named("kind")), null);
    byte[] good = "a,b,c,kind\n1,2,3,3\n".getBytes();
    assertArrayEquals(new int[] {3}, read(spec, good, false).tensor("c").ints());
    for (String wrong : List.of("4", "-1", "1.5")) {
      byte[] bad = ("a,b,c,kind\n1,2,3," + wrong).getBytes();
      String message =
          assertThrows(DataException.class, () -> read(spec, bad, false)).getMessage();
      assertEquals(
          "t.csv row 2, column 4 (kind): " + wrong
              + " is not in 0..3 (input c : index(4), lesson.net:5)",
          message);
    }
  }

  @Test
  void missingValuesCanBeFilled() {
    DataSpec spec =
        spec(
            filled(columns(20, positions(0, 3)), -1),
            filled(labelled(positions(3, 4), "a", "b", "c", "d"), 1),
            null);
    Dataset data = read(spec, "a,b,c,k\n,NA,?,\n".getBytes(), false);
    assertArrayEquals(new double[] {-1, -1, -1}, data.tensor("x").doubles());
    assertArrayEquals(new int[] {1}, data.tensor("c").ints());
  }

  @Test
  void headersAreChecked() {
    assertEquals(
        "t.csv: the file is empty; its first row must name the columns", error(SPEC, ""));
    assertTrue(error(SPEC, "\n").contains("the file is empty"));
    assertTrue(error(SPEC, "1,2,3\n").contains("the first row must name the columns, but it is"));
    assertEquals(
        "t.csv: there is no column `a`; did you mean `A`? (there are: A, b, c) (lesson.net:20)",
        error(SPEC, "A,b,c\n1,2,3\n"));
    assertTrue(error(SPEC, "a,a,c\n").contains("two columns are called `a`"));
    assertTrue(error(SPEC, "c,b,a\n").contains("column `c` stands before `a`"));
    assertTrue(error(SPEC, "a,c\n").contains("needs 3 columns, but 2 are named"));
    String two = "a,b,c,kind,y0,y1\n";
    assertEquals("t.csv: there are no rows after the header", error(SPEC, two));
    assertTrue(error(spec(columns(20, positions(0, 3)), null, null), "a,b\n").contains("no column at position 2"));
  }

  @Test
  void withoutABlockColumnsHaveTheInputsNames() {
    byte[] text = "x[0],x[1],x[2],c\n1,2,3,0\n".getBytes();
    assertArrayEquals(
        new double[] {1, 2, 3}, read(spec(null, null, null), text, false).tensor("x").doubles());
  }

  @Test
  void labelsAreKnownByName() {
    assertEquals(List.of("red", "green", "blue", "10"), SPEC.labels("c"));
    assertEquals(List.of(), SPEC.labels("y"));
    assertThrows(IllegalArgumentException.class, () -> SPEC.labels("q"));
  }

  @Test
  void fractionsAreSeededAndDisjoint() throws IOException {
    var text = new StringBuilder("a,b,c,kind,y0,y1\n");
    for (int i = 0; i < 100; i++) {
      text.append(i).append(",0,0,red,0,0\n");
    }
    Files.writeString(folder.resolve("all.csv"), text);
    DataSpec spec =
        spec(
            Map.of("rows", "all.csv"),
            Map.of("test", 0.2, "valid", 0.1),
            NUMBERS,
            labelled(named("kind"), "red", "b", "c", "d"),
            columns(22, named("y0"), named("y1")));
    Splits splits = spec.load(folder, 7);
    Splits again = spec.load(folder, 7);
    Splits other = spec.load(folder, 8);
    assertEquals(20, splits.test().orElseThrow().rows());
    assertEquals(10, splits.valid().orElseThrow().rows());
    assertEquals(70, splits.train().rows());
    assertEquals(splits.train().tensor("x"), again.train().tensor("x"));
    assertFalse(splits.train().tensor("x").equals(other.train().tensor("x")));
    boolean[] seen = new boolean[100];
    for (Dataset part :
        List.of(splits.train(), splits.valid().orElseThrow(), splits.test().orElseThrow())) {
      for (int i = 0; i < part.rows(); i++) {
        int row = (int) part.tensor("x").get(3 * i);
        assertFalse(seen[row]);
        seen[row] = true;
      }
    }
    assertEquals(100, spec.withPart("test", 0).withPart("valid", 0).load(folder, 7).train().rows());
    Path own = folder.resolve("all.csv");
    assertEquals(100, spec.withPart("test", own).load(folder, 7).test().orElseThrow().rows());
  }

  @Test
  void missingFilesAreNamed() {
    Path none = folder.resolve("none.csv");
    assertEquals(
        "cannot read " + none + ": there is no such file",
        assertThrows(DataException.class, () -> Dataset.csv(none, SPEC)).getMessage());
    byte[] latin = {'a', '\n', (byte) 0xE4, '\n'};
    assertTrue(
        assertThrows(
                DataException.class,
                () -> Dataset.inputs("stdin", new ByteArrayInputStream(latin), SPEC))
            .getMessage()
            .startsWith("stdin near row 1: the file is not UTF-8 text"));
  }

  @Test
  void numbersAreTheNearestDoubles() {
    var random = new java.util.Random(5);
    for (int i = 0; i < 100_000; i++) {
      double value =
          i % 2 == 0
              ? random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10)
              : Math.round(random.nextGaussian() * 1e6) / 1e4;
      char[] text = Double.toString(value).toCharArray();
      assertEquals(value, NumberText.parse(text, 0, text.length));
    }
  }
}

package netc.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data files from the command line to the network: what is read, and how each fault is told. */
class DataFilesTest {
  private static final String BARS =
      """
      package demo
      net Bars {
        input img[4, 4]
        target y : index(3)
        x[(i,j)] = img[i,j] / 255
        z = x |> dense(3)
        output p = softmax(z)
        loss ce = cross_entropy(z, y)
        metric accuracy = argmax(z) == y
        data { img = idx("img.gz", test = "img.idx")  y = idx("y.gz", test = "y.idx") }
        train { optimizer = adam(lr = 1e-2)  epochs = 20 }
      }
      """;

  @TempDir private Path folder;
  private Bench bench;

  @BeforeEach
  void lay() {
    bench = new Bench(folder);
  }

  // ---------- CSV ----------

  @Test
  void trainingReadsEveryFormOfCsv() {
    bench.withIris();
    String plain = bench.text("iris.csv");
    bench.run("train", "@iris.net", "--epochs", "2").succeeds();
    byte[] weights = bench.bytes("iris.safetensors");
    String quoted = "\uFEFF" + plain.replaceAll("([^,\n]+)", "\"$1\"").replace("\n", "\r\n");
    bench.file("quoted.csv", quoted);
    bench.run("train", "@iris.net", "--epochs", "2", "--data", "@quoted.csv").succeeds();
    assertArrayEquals(weights, bench.bytes("iris.safetensors"));
    bench.file("zipped.csv.gz", zipped(plain.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    bench.run("train", "@iris.net", "--epochs", "2", "--data", "@zipped.csv.gz").succeeds();
    assertArrayEquals(weights, bench.bytes("iris.safetensors"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "4.6,3.1,1.5,0.2,setosa | ,3.1,1.5,0.2,setosa     | row 5, column 1 (sepal_length): a value is missing",
        "4.6,3.1,1.5,0.2,setosa | 4.6,NA,1.5,0.2,setosa   | row 5, column 2 (sepal_width): `NA` stands for no value",
        "4.6,3.1,1.5,0.2,setosa | 4.6,3.1,1.5,x,setosa    | row 5, column 4 (petal_width): `x` is not a number",
        "4.6,3.1,1.5,0.2,setosa | 4.6,3.1,1e39,.2,setosa  | row 5, column 3 (petal_length): `1e39` is too large",
        "4.6,3.1,1.5,0.2,setosa | 4.6,3.1,1.5,0.2,setsa   | row 5, column 5 (species): `setsa` is none of the labels setosa, versicolor, virginica; did you mean `setosa`?",
        "4.6,3.1,1.5,0.2,setosa | 4.6,3.1,1.5,0.2,        | row 5, column 5 (species): a value is missing",
        "4.6,3.1,1.5,0.2,setosa | 4.6,3.1,1.5,setosa      | row 5: it has 4 fields, but the header has 5",
        "4.6,3.1,1.5,0.2,setosa | 4.6,3.1,1.5,0.2,a,b     | row 5: it has 6 fields, but the header has 5",
        "4.6,3.1,1.5,0.2,setosa | \"4.6,3.1,1.5,0.2,s     | row 5, column 1: the quote is not closed",
        "4.6,3.1,1.5,0.2,setosa | \"4.6\"x,3.1,1.5,0.2,s  | row 5, column 1: text follows the closing quote",
        "petal_length,petal     | petallength,petal       | there is no column `petal_length`; did you mean `petallength`?",
        "petal_width,species    | petal_length,species    | two columns are called `petal_length`",
        "sepal_length,sepal_width,petal_length,petal_width,species | 1,2,3,4,5 | the first row must name the columns",
      })
  void aFaultInACsvFileIsToldWithItsPlace(String found, String replacement, String message) {
    bench.withIris();
    String text = bench.text("iris.csv");
    assertTrue(text.contains(found), found);
    bench.file("bad.csv", text.replace(found, replacement == null ? "" : replacement));
    bench.run("train", "@iris.net", "--data", "@bad.csv")
        .fails(1, "data error: " + bench.path("bad.csv"), message);
    assertEquals(List.of("bad.csv", "iris.csv", "iris.net"), bench.files());
  }

  @Test
  void filesThatAreNoTableAreTold() {
    bench.withIris();
    String[] train = {"train", "@iris.net", "--data", "@bad.csv"};
    bench.file("bad.csv", "");
    bench.run(train).fails(1, "bad.csv: the file is empty");
    bench.file("bad.csv", bench.text("iris.csv").lines().findFirst().orElseThrow() + "\n");
    bench.run(train).fails(1, "bad.csv: there are no rows after the header");
    bench.file("bad.csv", new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
    bench.run(train).fails(1, "bad.csv near row 1: the file is not UTF-8 text");
    byte[] whole = zipped(bench.bytes("iris.csv"));
    bench.file("bad.csv", Arrays.copyOf(whole, whole.length / 2));
    bench.run(train).fails(1, "cannot read " + bench.path("bad.csv"));
    bench.run("train", "@iris.net", "--data", "@.").fails(1, "it is a folder");
  }

  @Test
  void partsMayBeFilesOfTheirOwn() {
    bench.withIris();
    List<String> lines = bench.text("iris.csv").lines().toList();
    bench.file("few.csv", String.join("\n", lines.get(0), lines.get(10), lines.get(60)));
    Bench.Run run =
        bench.run("train", "@iris.net", "--epochs", "1", "--valid", "@few.csv", "--test", "@few.csv")
            .succeeds();
    assertTrue(run.err().contains("on 150 rows"), run.err());
    String[] validation = run.out().lines().toList().get(2).split(" +");
    assertEquals(List.of("validation", "2"), List.of(validation).subList(0, 2));
  }

  // ---------- IDX ----------

  private void withBars() {
    byte[] images = new byte[200 * 16];
    byte[] labels = new byte[200];
    var random = new Random(5);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) random.nextInt(3);
      for (int k = 0; k < 16; k++) {
        images[16 * i + k] = (byte) (random.nextInt(40) + (k % 4 == labels[i] ? 180 : 0));
      }
    }
    bench.file("bars.net", BARS);
    bench.file("img.idx", idx(images, 200, 4, 4)).file("img.gz", zipped(bench.bytes("img.idx")));
    bench.file("y.idx", idx(labels, 200)).file("y.gz", zipped(bench.bytes("y.idx")));
    labels[199] = 3;
    bench.file("beyond.idx", idx(labels, 200));
    bench.file("fewer.idx", idx(Arrays.copyOf(labels, 199), 199));
    bench.file("short.idx", Arrays.copyOf(bench.bytes("y.idx"), 200));
  }

  @Test
  void idxIsReadPlainAndGzipped() {
    withBars();
    Bench.Run run = bench.run("train", "@bars.net").succeeds();
    assertTrue(run.out().contains("\ntest   200  "), run.out());
    assertTrue(run.out().contains("  1.00000\n"), run.out());
    String first = bench.run("predict", "@bars.net", "@img.idx").succeeds().out();
    assertEquals(201, first.lines().count());
    assertTrue(first.startsWith("p[0],p[1],p[2],y\n"), first);
    for (String[] options : new String[][] {{"@img.gz"}, {"--data", "img=@img.gz"}, {}}) {
      var arguments = new java.util.ArrayList<>(List.of("predict", "@bars.net"));
      arguments.addAll(List.of(options));
      assertEquals(first, bench.run(arguments.toArray(String[]::new)).succeeds().out());
    }
    bench.run("eval", "@bars.net", "--data", "img=@img.idx", "--data", "y=@y.idx").succeeds();
    run =
        bench.run(
            "train", "@bars.net", "--data", "img=@img.idx", "--data", "y=@y.idx", "--test", "img=@img.gz",
            "--test", "y=@y.gz", "--epochs", "1");
    assertTrue(run.succeeds().out().contains("\ntest   200  "), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--data y=@beyond.idx | row 200: 3 is not in 0..2 (target y : index(3), bars.net:4)",
        "--data y=@short.idx  | its header says [200], 200 bytes, but only 192 follow",
        "--data y=@fewer.idx --test 0 | img has 200 rows, but y has 199",
        "--data y=@img.idx    | has shape [200, 4, 4], but each row of target `y` has 1 elements",
        "--data img=@bars.net | it does not start like an IDX file",
        "--data y=@none.gz    | there is no such file",
        "--data @img.idx      | say which one it is: img=",
        "--test @img.idx      | say which one it is: img=",
        "--data img=@img.idx  | there is a test file, but none for `img`; give it one too",
      })
  void aFaultInAnIdxFileIsTold(String options, String message) {
    withBars();
    List<String> before = bench.files();
    var arguments = new java.util.ArrayList<>(List.of("train", "@bars.net"));
    arguments.addAll(List.of(options.strip().split(" +")));
    bench.run(arguments.toArray(String[]::new)).fails(1, message);
    assertEquals(before, bench.files());
  }

  @Test
  void anOptionForWhatTheNetHasNotIsUsage() {
    withBars();
    bench
        .run("train", "@bars.net", "--test", "0", "--test", "z=@y.idx")
        .fails(2, "--test: there is no input or target `z` (there are: img, y)");
  }

  @Test
  void idxInputsAreNamedForPredictions() {
    withBars();
    bench.run("train", "@bars.net", "--epochs", "1").succeeds();
    bench.run("predict", "@bars.net", "-").fails(1, "from IDX files: give --data img=FILE instead of -");
  }

  private static byte[] idx(byte[] elements, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + elements.length);
    bytes.putInt(0x0800 | shape.length);
    for (int size : shape) {
      bytes.putInt(size);
    }
    return bytes.put(elements).array();
  }

  private static byte[] zipped(byte[] bytes) {
    try {
      var zipped = new ByteArrayOutputStream();
      try (var out = new GZIPOutputStream(zipped)) {
        out.write(bytes);
      }
      return zipped.toByteArray();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictCommandTest {
  private static final String HEAD = "sepal_length,sepal_width,petal_length,petal_width\n";

  /** Weights that are known without training, and outputs of every kind. */
  private static final String KINDS =
      """
      package demo
      net Kinds {
        input x[2]
        input flag : bool
        input spare                       // only the loss reads it
        target colour : index(2)
        target sort : index(3)
        param w ~ constant(2)
        output half = w * x[0] / 4
        output p[i in 2] = w * x[i]
        output m[i in 2, j in 2] = x[i] - x[j]
        output best = argmax[i] x[i]
        output yes = flag
        output fixed = w
        loss l = (half - spare)^2 + (if colour == 1 then 1 else 0) + (if sort == 1 then 1 else 0)
        data {
          rows = csv("rows.csv", separator = ";")
          colour = column("c", labels = ["red, dark", "blue"])
        }
        train { optimizer = sgd(lr = 1e-30)  epochs = 1 }
      }
      """;

  @TempDir private Path folder;
  private Bench bench;

  @BeforeEach
  void lay() {
    bench = new Bench(folder).withIris();
  }

  private void trained() {
    bench.run("train", "@iris.net").succeeds();
  }

  private static JsonArray json(String text) {
    return JsonParser.parseString(text).getAsJsonArray();
  }

  @Test
  void classNamesAppearInCsv() {
    trained();
    bench.file("new.csv", HEAD + "5.1,3.5,1.4,0.2\n6.0,2.7,4.2,1.3\n6.9,3.1,5.8,2.2\n");
    List<String> lines = bench.run("predict", "@iris.net", "@new.csv").succeeds().out().lines().toList();
    assertEquals("p[setosa],p[versicolor],p[virginica],y", lines.get(0));
    assertEquals(4, lines.size());
    List<String> species = List.of("setosa", "versicolor", "virginica");
    for (int i = 0; i < 3; i++) {
      String[] fields = lines.get(i + 1).split(",");
      assertEquals(species.get(i), fields[3]);
      assertTrue(Double.parseDouble(fields[i]) > 0.8, lines.get(i + 1));
    }
  }

  /** Columns may stand in any order, quoted, with CRLF and a byte-order mark, beside others. */
  @Test
  void everyFormOfCsvGivesTheSame() {
    trained();
    bench.file("plain.csv", HEAD + "5.1,3.5,1.4,0.2\n6.9,3.1,5.8,2.2\n");
    bench.file(
        "odd.csv",
        "\uFEFFname,petal_width,\"petal_length\",sepal_width,sepal_length\r\n\"a, \"\"b\"\"\nc\",0.2,\"1.4\","
            + "+3.5,51e-1\r\n,2.2,5.8, 3.1 ,6.9\r\n\r\n");
    String plain = bench.run("predict", "@iris.net", "@plain.csv").succeeds().out();
    assertEquals(plain, bench.run("predict", "@iris.net", "@odd.csv").succeeds().out());
  }

  @Test
  void standardInputAndTheDataBlockAreRead() {
    trained();
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream((HEAD + "6.9,3.1,5.8,2.2").getBytes(StandardCharsets.UTF_8)));
      assertTrue(bench.run("predict", "@iris.net", "-").succeeds().out().endsWith(",virginica\n"));
      System.setIn(new ByteArrayInputStream((HEAD + "6.9,3.1,x,2.2").getBytes(StandardCharsets.UTF_8)));
      bench.run("predict", "@iris.net", "-").fails(1, "standard input row 2, column 3 (petal_length)");
    } finally {
      System.setIn(before);
    }
    assertEquals(151, bench.run("predict", "@iris.net").succeeds().out().lines().count());
    assertEquals(
        151, bench.run("predict", "@iris.net", "--data", "@iris.csv").succeeds().out().lines().count());
  }

  @Test
  void jsonHasOneKeyAnOutput() {
    trained();
    bench.file("new.csv", HEAD + "5.1,3.5,1.4,0.2\n6.9,3.1,5.8,2.2\n");
    for (String option : List.of("--json", "--format=json")) {
      JsonArray rows =
          json(bench.run("predict", "@iris.net", "@new.csv", option).succeeds().out());
      assertEquals(2, rows.size());
      JsonObject last = rows.get(1).getAsJsonObject();
      assertEquals(java.util.Set.of("p", "y"), last.keySet());
      assertEquals("virginica", last.get("y").getAsString());
      assertEquals(3, last.getAsJsonArray("p").size());
    }
    bench.run("predict", "@iris.net", "@new.csv", "-o", "@p.json").succeeds();
    assertEquals(2, json(bench.text("p.json")).size());
    bench.run("predict", "@iris.net", "@new.csv", "-o", "@p.csv").succeeds();
    assertTrue(bench.text("p.csv").startsWith("p[setosa],"));
  }

  @Test
  void outputsOfEveryKindHaveColumns() {
    bench.file("kinds.net", KINDS);
    bench.file("rows.csv", "x[0];x[1];flag;spare;c;sort\n1;2;true;0;blue;2\n3;-1;0;0;red, dark;0\n");
    bench.run("train", "@kinds.net").succeeds();
    bench.file("in.csv", "x[1];flag;x[0]\n2;1;1\n-1;FALSE;3\n");
    assertEquals(
        """
        half,"p[red, dark]",p[blue],m[0],m[1],m[2],m[3],best,yes,fixed,colour
        0.5,2.0,4.0,0.0,-1.0,1.0,0.0,blue,true,2.0,blue
        1.5,6.0,-2.0,0.0,4.0,-4.0,0.0,"red, dark",false,2.0,"red, dark"
        """,
        bench.run("predict", "@kinds.net", "@in.csv").succeeds().out());
    assertEquals(
        json(
            "[{half:0.5,p:[2.0,4.0],m:[[0.0,-1.0],[1.0,0.0]],best:blue,yes:true,fixed:2.0,colour:blue},"
                + "{half:1.5,p:[6.0,-2.0],m:[[0.0,4.0],[-4.0,0.0]],best:'red, dark',yes:false,fixed:2.0,"
                + "colour:'red, dark'}]"),
        json(bench.run("predict", "@kinds.net", "@in.csv", "--json").succeeds().out()));
  }

  @Test
  void whatIsNoNumberIsWrittenAsSuch() {
    bench.file(
        "root.net",
        "package demo\nnet R {\n input x\n target t\n param w ~ ones\n output r = w * sqrt(x)\n"
            + " loss l = (w - t)^2\n}\n");
    bench.file("x.csv", "x,t\n-1,1\n4,1\n");
    bench.run("train", "@root.net", "--data", "@x.csv").succeeds();
    assertEquals("r\nNaN\n2.0\n", bench.run("predict", "@root.net", "@x.csv").succeeds().out());
    assertEquals(
        "[\n{\"r\":null},\n{\"r\":2.0}\n]\n",
        bench.run("predict", "@root.net", "@x.csv", "--json").succeeds().out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none.csv                      | 1 | cannot read none.csv: there is no such file",
        "@.                            | 1 | it is a folder",
        "@iris.csv -o @iris.csv        | 1 | the result would replace",
        "@iris.csv -o @iris.net        | 1 | the result would replace",
        "@iris.csv -o @iris.safetensors | 1 | the result would replace",
        "@iris.csv -o @none/p.csv      | 1 | none does not exist",
        "@iris.csv -w none.safetensors | 1 | cannot read none.safetensors",
        "@iris.csv -w @iris.csv        | 1 | weights error:",
        "@iris.csv --set a=1           | 2 | no dim or const `a`",
        "@iris.csv --format xml        | 2 | expected one of [CSV, JSON] (case-insensitive) but was 'xml'",
        "@iris.csv --json --format csv | 2 | --json and --format csv contradict",
        "@iris.csv --data @iris.csv    | 2 | give INPUT or --data, not both",
        "@iris.csv more                | 2 | 'more'",
      })
  void wrongOptionsAreOneMessage(String options, int code, String message) {
    trained();
    List<byte[]> before = bench.files().stream().map(bench::bytes).toList();
    var arguments = new java.util.ArrayList<>(List.of("predict", "@iris.net"));
    arguments.addAll(List.of(options.strip().split(" +")));
    bench.run(arguments.toArray(String[]::new)).fails(code, message);
    List<byte[]> after = bench.files().stream().map(bench::bytes).toList();
    assertEquals(before.size(), after.size());
    for (int i = 0; i < before.size(); i++) {
      org.junit.jupiter.api.Assertions.assertArrayEquals(before.get(i), after.get(i));
    }
  }

  @Test
  void aNetWithoutOutputSaysSo() {
    bench.file("none.net",
        "package demo\nnet N {\n input x\n target t\n param w ~ ones\n loss l = (w * x - t)^2\n}\n");
    bench.run("predict", "@none.net", "@iris.csv").fails(1, "demo.N declares no output");
  }

  /** An encoder writes what the decoder reads. */
  @Test
  void anOutputTakesWhatIsGivenAsColumns() {
    bench.file(
        "auto.net",
        """
        package demo
        net Auto {
          input x[2]
          param w ~ constant(2)
          z[i] = w * x[i]
          output z
          output back[i] = z[i] / w given z
          output none = 3 * w
          loss l = sum(z)
          data { rows = csv("x.csv") }
          train { optimizer = sgd(lr = 1e-30)  epochs = 1 }
        }
        """);
    bench.file("x.csv", "x[0],x[1]\n1,2\n3,5\n");
    bench.run("train", "@auto.net").succeeds();
    assertEquals(
        "z[0],z[1],none\n2.0,4.0,6.0\n6.0,10.0,6.0\n", bench.run("predict", "@auto.net").succeeds().out());
    bench.run("predict", "@auto.net", "--output", "z", "-o", "@z.csv").succeeds();
    assertEquals("z[0],z[1]\n2.0,4.0\n6.0,10.0\n", bench.text("z.csv"));
    assertEquals(
        "back[0],back[1]\n1.0,2.0\n3.0,5.0\n",
        bench.run("predict", "@auto.net", "@z.csv", "--output", "back").succeeds().out());
    bench.run("predict", "@auto.net", "@x.csv", "--output", "back").fails(1, "z[0]");
    bench.run("predict", "@auto.net", "--output", "bakc").fails(2, "did you mean `back`?");
  }
}

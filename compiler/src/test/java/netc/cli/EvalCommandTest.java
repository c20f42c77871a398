package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalCommandTest {
  private static final String LINE =
      """
      package demo
      net Line {
        input x
        target t
        param w ~ constant(2)
        output p = w * x
        loss far = (p - t)^2
        loss off = abs(p - t)
        penalty size = 0.5 * w^2
        metric rmse = sqrt(mean[batch] (p - t)^2)
        data { rows = csv("rows.csv") }
        train { optimizer = sgd(lr = 1e-30)  epochs = 1 }
      }
      """;

  @TempDir private Path folder;
  private Bench bench;

  @BeforeEach
  void lay() {
    bench = new Bench(folder);
  }

  private static JsonObject json(Bench.Run run) {
    return JsonParser.parseString(run.succeeds().out()).getAsJsonObject();
  }

  @Test
  void lossesPenaltiesAndMetricsAreShown() {
    bench.file("line.net", LINE).file("rows.csv", "x,t\n1,2\n2,3\n3,8\n");
    bench.run("train", "@line.net").succeeds();
    JsonObject result = json(bench.run("eval", "@line.net", "--json"));
    assertEquals("demo.Line", result.get("net").getAsString());
    assertEquals("all", result.get("part").getAsString());
    assertEquals(3, result.get("rows").getAsInt());
    // the errors are 0, 1 and -2
    assertEquals(5.0 / 3, result.getAsJsonObject("losses").get("far").getAsDouble(), 1e-6);
    assertEquals(1, result.getAsJsonObject("losses").get("off").getAsDouble(), 1e-6);
    assertEquals(2, result.getAsJsonObject("penalties").get("size").getAsDouble(), 1e-6);
    assertEquals(5.0 / 3 + 1 + 2, result.get("loss").getAsDouble(), 1e-6);
    double rmse = result.getAsJsonObject("metrics").get("rmse").getAsDouble();
    assertEquals(Math.sqrt(5.0 / 3), rmse, 1e-6);
    assertEquals(
        """
                  rows     loss      far      off     size     rmse
        all rows     3  4.66667  1.66667  1.00000  2.00000  1.29099
        """,
        bench.run("eval", "@line.net").succeeds().out());
  }

  @Test
  void theTestPartIsThatOfTheTraining() {
    bench.withIris();
    JsonObject trained =
        json(bench.run("train", "@iris.net", "--seed", "31", "--epochs", "20", "--json"));
    JsonObject test = json(bench.run("eval", "@iris.net", "--json"));
    assertEquals("test", test.get("part").getAsString());
    assertEquals(trained.getAsJsonObject("test").get("loss"), test.get("loss"));
    JsonObject rest = json(bench.run("eval", "@iris.net", "--json", "--part", "training"));
    JsonObject all = json(bench.run("eval", "@iris.net", "--json", "--part", "all"));
    assertEquals(120, rest.get("rows").getAsInt());
    assertEquals(150, all.get("rows").getAsInt());
    assertEquals(
        all.get("loss").getAsDouble(),
        0.8 * rest.get("loss").getAsDouble() + 0.2 * test.get("loss").getAsDouble(),
        1e-9);
  }

  @Test
  void otherDataIsEvaluatedWhole() {
    bench.withIris();
    bench.run("train", "@iris.net", "--epochs", "1").succeeds();
    bench.file("ten.csv", String.join("\n", bench.text("iris.csv").lines().limit(11).toList()));
    assertEquals(
        10, json(bench.run("eval", "@iris.net", "--data", "@ten.csv", "--json")).get("rows").getAsInt());
    JsonObject part =
        json(bench.run("eval", "@iris.net", "--data", "@ten.csv", "--test", "0.5", "--json"));
    assertEquals(5, part.get("rows").getAsInt());
    bench.run("eval", "@iris.net", "--part", "validation")
        .fails(1, "there are no validation rows: write `valid = 0.2`", "or give --valid");
    bench.run("eval", "@iris.net", "--part", "some").fails(2, "'--part'");
  }

  @Test
  void weightsThatDoNotFitAreErrors() {
    bench.withIris();
    bench.run("eval", "@iris.net").fails(1, "there are no weights", "netc train", "--weights");
    bench.run("train", "@iris.net", "--epochs", "1").succeeds();
    byte[] whole = bench.bytes("iris.safetensors");
    for (int length : new int[] {0, 5, 8, 300, whole.length - 1}) {
      bench.file("cut.safetensors", Arrays.copyOf(whole, length));
      bench.run("eval", "@iris.net", "-w", "@cut.safetensors")
          .fails(1, "weights error: ", "cut.safetensors: ", "the file is damaged");
    }
    byte[] hostile = whole.clone();
    hostile[7] = 0x7F; // a header of 2^62 bytes
    bench.file("cut.safetensors", hostile);
    bench.run("eval", "@iris.net", "-w", "@cut.safetensors").fails(1, "the file is damaged");
    bench.file("other.net", bench.text("iris.net").replace("dense(16, tanh) |> dense(3)", "dense(3)"));
    bench.run("eval", "@other.net", "-w", "@iris.safetensors").fails(1, "does not fit demo.Iris");
    bench.file("wide.net", bench.text("iris.net").replace("16, tanh", "8, tanh"));
    bench.run("eval", "@wide.net", "-w", "@iris.safetensors")
        .fails(1, "tensor `z.dense.weight` has shape [16, 4], but the net's has [8, 4]");
    bench.file("later.net", bench.text("iris.net") + "// changed\n");
    Bench.Run noted = bench.run("eval", "@later.net", "-w", "@iris.safetensors").succeeds();
    assertTrue(noted.err().startsWith("note: "), noted.err());
  }

  @Test
  void aNetWithNothingToEvaluateSaysSo() {
    bench.file("out.net", "package demo\nnet N {\n input x\n output p = 2 * x\n}\n");
    bench.run("eval", "@out.net").fails(1, "demo.N has no loss and no metric");
  }

  @Test
  void whatIsNoNumberIsNullInJson() {
    bench.file("line.net", LINE.replace("constant(2)", "constant(0)").replace("(p - t)^2\n  loss",
        "log(p) - t\n  loss"));
    bench.file("rows.csv", "x,t\n1,2\n");
    bench.run("train", "@line.net").fails(1, "the loss became -Infinity");
    assertEquals(Set.of("line.net", "rows.csv"), Set.copyOf(bench.files()));
    assertEquals("{\n  \"a\": null\n}", Json.text(java.util.Map.of("a", Double.NaN)));
  }
}

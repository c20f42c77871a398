package netc.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import netc.io.SafeTensors;
import netc.runtime.DType;
import netc.settings.TrainBlock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainCommandTest {
  @TempDir private Path folder;
  private Bench bench;

  @BeforeEach
  void lay() {
    bench = new Bench(folder).withIris();
  }

  private Bench.Run train(String... options) {
    var arguments = new java.util.ArrayList<>(List.of("train", "@iris.net"));
    arguments.addAll(List.of(options));
    return bench.run(arguments.toArray(String[]::new));
  }

  private static JsonObject json(Bench.Run run) {
    return JsonParser.parseString(run.succeeds().out()).getAsJsonObject();
  }

  private static double accuracy(JsonObject result) {
    return result.getAsJsonObject("test").getAsJsonObject("metrics").get("accuracy").getAsDouble();
  }

  @Test
  void irisReaches93PercentAndWritesWeightsBesideTheFile() {
    Bench.Run run = train().succeeds();
    assertTrue(run.out().startsWith("trained demo.Iris: 100 epochs, 800 steps, "), run.out());
    assertTrue(run.out().endsWith("weights in " + bench.path("iris.safetensors") + "\n"), run.out());
    String[] test = run.out().lines().toList().get(2).strip().split(" +");
    assertEquals("test", test[0]);
    assertEquals("30", test[1]);
    assertTrue(Double.parseDouble(test[3]) >= 0.93, run.out());
    assertTrue(run.err().contains("\nepoch 100/100  loss "), run.err());
    assertEquals(List.of("iris.csv", "iris.net", "iris.safetensors"), bench.files());
    assertEquals(
        "adam(lr = 0.01, beta1 = 0.9, beta2 = 0.999, eps = 1.0E-8, weight_decay = 0)",
        SafeTensors.read(bench.path("iris.safetensors")).metadata().get("train.optimizer"));
  }

  @Test
  void everySettingOfTheTrainBlockIsAnOption() {
    var options = new TreeSet<String>();
    Main.commandLine().getSubcommands().get("train").getCommandSpec().options().stream()
        .flatMap(option -> java.util.Arrays.stream(option.names()))
        .map(name -> name.replaceFirst("^--", ""))
        .forEach(options::add);
    for (String setting : TrainBlock.NAMES) {
      assertTrue(options.contains(setting), setting);
      assertTrue(options.contains(setting.replace('_', '-')), setting);
    }
  }

  @Test
  void optionsGoBeforeTheBlock() {
    JsonObject result =
        json(
            train(
                "--epochs", "3", "--optimizer", "sgd(0.1)", "--batch_size", "40", "--seed", "5",
                "--schedule", "cosine", "--clip-norm", "1", "--shuffle", "false", "--threads", "2",
                "--valid", "0.1", "--test", "0.3", "--json", "-o", "@w.safetensors"));
    assertEquals(3, result.get("epochs").getAsInt());
    assertEquals(9, result.get("steps").getAsInt()); // 90 rows in batches of 40
    assertEquals(15, result.getAsJsonObject("validation").get("rows").getAsInt());
    assertEquals(45, result.getAsJsonObject("test").get("rows").getAsInt());
    assertEquals(bench.path("w.safetensors").toString(), result.get("weights").getAsString());
    var facts = SafeTensors.read(bench.path("w.safetensors")).metadata();
    assertEquals("5", facts.get("train.seed"));
    assertEquals("40", facts.get("train.batch_size"));
    assertTrue(facts.get("train.optimizer").startsWith("sgd(lr = 0.1"), facts::toString);
    assertFalse(Files.exists(bench.path("iris.safetensors")));
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
    train("--epochs", "3", "--threads", "1", "-o", "@a.safetensors").succeeds();
    train("--epochs", "3", "--threads", "3", "-o", "@b.safetensors").succeeds();
    train("--epochs", "3", "--seed", "8", "-o", "@c.safetensors").succeeds();
    assertArrayEquals(bench.bytes("a.safetensors"), bench.bytes("b.safetensors"));
    assertFalse(
        java.util.Arrays.equals(bench.bytes("a.safetensors"), bench.bytes("c.safetensors")));
  }

  @Test
  void trainingGoesOnFromWeights() {
    train("--epochs", "40", "-o", "@a.safetensors").succeeds();
    JsonObject first = json(train("--epochs", "1", "--json"));
    JsonObject more = json(train("--epochs", "1", "--json", "--weights", "@a.safetensors"));
    assertTrue(more.get("loss").getAsDouble() < 0.5 * first.get("loss").getAsDouble());
  }

  @Test
  void earlyStopKeepsTheBestEpoch() {
    JsonObject result =
        json(
            train(
                "--valid", "0.2", "--json", "--epochs", "1000", "--early-stop",
                "patience(3, on = \"accuracy\", better = \"higher\")"));
    assertTrue(result.get("stopped_early").getAsBoolean());
    assertEquals(
        result.get("epochs").getAsInt() - 3, result.get("best_epoch").getAsInt(), result::toString);
    assertTrue(accuracy(result) > 0.8, result::toString);
  }

  @Test
  void sizesAndPrecisionAreThoseOfTheOptions() {
    String wide = bench.text("iris.net").replace("dense(16, tanh)", "dense(width, tanh)");
    bench.file("wide.net", wide.replace("  input", "  dim width = 16\n  input"));
    bench.run("train", "@wide.net", "--set", "width=5", "--precision", "f64", "--epochs", "1")
        .succeeds();
    var content = SafeTensors.read(bench.path("wide.safetensors"));
    assertEquals("width=5", content.metadata().get("netc.sizes"));
    assertEquals(5, content.tensors().get("z.dense.bias").elements());
    assertEquals(DType.F64, content.tensors().get("z.dense.bias").dtype());
    bench.run("eval", "@wide.net")
        .fails(1, "the file was written with --set width=5", "wide.net:");
    bench.run("eval", "@wide.net", "--set", "width=5").succeeds();
  }

  @Test
  void oneOfSeveralNetsIsChosen() {
    bench.file("two.net", bench.text("iris.net") + bench.text("iris.net")
        .replaceFirst("(?s).*net Iris", "net Flower"));
    bench.run("train", "@two.net", "--epochs", "1").fails(1, "two.net has several nets: Iris, Flower");
    bench.run("train", "@two.net", "--net", "Flowr").fails(2, "did you mean `Flower`?");
    Bench.Run run = bench.run("train", "@two.net", "--net", "Flower", "--epochs", "1").succeeds();
    assertTrue(run.out().startsWith("trained demo.Flower"), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epoch 5                  | Unknown options: '--epoch'",
        "--epochs ten               | `epochs`: it is a whole number of at least 1, not ten",
        "--epochs 0                 | `epochs`: it is a whole number of at least 1, not 0",
        "--epochs 3 --steps 4       | give --epochs or --steps, not both",
        "--seed 1.5                 | `seed`: it is a whole number, not 1.5",
        "--clip_value -1            | `clip_value`: it is a number above 0, not -1",
        "--shuffle maybe            | `shuffle`: it is true or false, not maybe",
        "--batch-size x=1           | `batch_size`: `x=1` is no value of a setting",
        "--optimizer adm            | there is no optimizer `adm`; did you mean `adam`?",
        "--optimizer adam(rate=1)   | adam(…) has no setting `rate`",
        "--optimizer adam(lr=-1)    | adam(…): `lr` must be above 0",
        "--optimizer 3              | `optimizer`: write it like adam(lr = 1e-3)",
        "--schedule cosin           | did you mean `cosine`?",
        "--early-stop patience(on=\"acuracy\") | did you mean `accuracy`?",
        "--threads 0                | --threads is at least 1, not 0",
        "--precision f16            | '--precision': expected one of [F32, F64]",
        "--set width                | should be in KEY=VALUE format but was width",
        "--test 1.5                 | --test is a fraction of at least 0 and below 1, or a file; not 1.5",
        "--valid NaN                | --valid is a fraction",
      })
  void whatMakesNoSenseIsUsage(String options, String message) {
    bench.file("iris.safetensors", "{");
    Bench.Run run = train(options.strip().split(" +"));
    run.fails(2, message, "train --help` shows what there is");
    assertEquals("{", bench.text("iris.safetensors"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--data nope.csv           | cannot read nope.csv: there is no such file",
        "--test none.csv           | cannot read none.csv: there is no such file",
        "--valid 0.9               | no row is left to train with: 150 rows, 165 of them",
        "--weights none.st         | cannot read none.st: there is no such file",
        "--weights @iris.csv       | the file is damaged or no safetensors file",
        "-o @iris.net              | the result would replace",
        "-o @iris.csv              | iris.csv exists and is no weights file; remove it, or give another file",
        "-o @none/w.safetensors    | none does not exist; what was there before is unchanged",
        "-o @.                     | it is a folder",
      })
  void whatDoesNotFitIsAnErrorBeforeAnythingIsWritten(String options, String message) {
    String source = bench.text("iris.net");
    String rows = bench.text("iris.csv");
    train(options.strip().split(" +")).fails(1, message);
    assertEquals(source, bench.text("iris.net"));
    assertEquals(rows, bench.text("iris.csv"));
    assertEquals(List.of("iris.csv", "iris.net"), bench.files());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--set width=3             | no dim or const `width` (there is none)",
        "--net Rose                | has no net `Rose` (there are: Iris)",
        "--data flower=@iris.csv   | --data: there is no input or target `flower` (there are: x, y)",
      })
  void anOptionThatNamesNothingOfTheNetIsUsage(String options, String message) {
    train(options.strip().split(" +")).fails(2, message);
    assertEquals(List.of("iris.csv", "iris.net"), bench.files());
  }

  @Test
  void aSourceThatIsMissingOrWrongIsAnError() {
    bench.run("train", "@none.net").fails(1, "there is no file", "none.net");
    bench.file("bad.net", bench.text("iris.net").replace("softmax(z)", "softmx(z)"));
    bench.run("train", "@bad.net").fails(1, "error[E101]", "did you mean `softmax`");
    bench.file("setting.net", bench.text("iris.net").replace("epochs", "epoch"));
    bench.run("train", "@setting.net").fails(1, "setting.net:19:57", "epochs");
    bench.file("empty.net", "package demo\n");
    bench.run("train", "@empty.net").fails(1, "empty.net has no net");
  }

  @Test
  void aNetWithoutLossOrDataSaysWhatIsMissing() {
    bench.file("loss.net", "package demo\nnet N {\n input x\n param w ~ zeros\n output p = w * x\n}\n");
    bench.run("train", "@loss.net", "--data", "@iris.csv")
        .fails(1, "demo.N declares no loss: there is nothing to train");
    String source =
        "package demo\nnet N {\n input x\n target t\n param w ~ zeros\n loss l = (w * x - t)^2\n}\n";
    bench.file("data.net", source);
    bench.run("train", "@data.net")
        .fails(1, "there is no data for `x`", "write `rows = csv(\"…\")` in the data block of data.net");
    bench.run("train", "@data.net", "--data", "@iris.csv")
        .fails(1, "no column `x`", "data.net:3; write `x = column(\"…\")` in the data block");
  }

  @Test
  void aLossThatIsNoNumberStopsAndKeepsTheOldWeights() {
    bench.file(
        "line.net",
        "package demo\nnet Line {\n input x\n target t\n param w ~ zeros\n loss l = (w * x - t)^2\n}\n");
    bench.file("rows.csv", "x,t\n1,2\n2,4\n3,6\n");
    bench.run("train", "@line.net", "--data", "@rows.csv").succeeds();
    byte[] before = bench.bytes("line.safetensors");
    Bench.Run run =
        bench.run("train", "@line.net", "--data", "@rows.csv", "--optimizer", "sgd(lr = 5000)");
    run.fails(1, "the loss became Infinity in epoch", "A smaller learning rate (it is 5000.0)");
    assertArrayEquals(before, bench.bytes("line.safetensors"));
  }

  @Test
  void weightsOfAnotherNetAreRefused() {
    bench.file("other.net", bench.text("iris.net").replace("dense(16, tanh) |> dense(3)", "dense(3)"));
    train("--epochs", "1").succeeds();
    bench.run("train", "@other.net", "--weights", "@iris.safetensors")
        .fails(1, "does not fit demo.Iris", "`z.dense_3.weight` is in the file");
    assertFalse(Files.exists(bench.path("other.safetensors")));
  }

  /** The folder is lost when the training has begun, after all checks. */
  @Test
  void aFailedSaveIsOneMessage() throws IOException {
    Path away = Files.createDirectory(bench.path("away"));
    var err =
        new StringWriter() {
          @Override
          public void flush() {
            if (getBuffer().indexOf("training ") >= 0) {
              away.toFile().delete();
            }
          }
        };
    int code =
        Main.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute("train", bench.path("iris.net").toString(), "-o", away + "/w.safetensors");
    new Bench.Run(code, "", err.toString())
        .fails(
            1,
            "weights error: cannot write " + away + "/w.safetensors: the folder " + away
                + " does not exist");
  }
}

package netc.bench.cold;

import bench.Mlp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import netc.bench.Engine;
import netc.bench.Workload;
import netc.bench.onnx.OnnxRuntimeEngine;
import netc.io.SafeTensors;

/**
 * Predicts with 784-128-10 again and again, from the start of the process on, and writes three numbers to a
 * file: after how many milliseconds the first prediction was there, after how many the calls had become
 * fast, and the microseconds of a call in the end.
 *
 * <pre>file engine model rows seconds start</pre>
 *
 * <p>The start of the process is given in microseconds since 1970 by who started it.
 */
public final class WarmUp {
  private static final int MOST_CALLS = 1 << 22;

  private WarmUp() {}

  public static void main(String[] arguments) throws IOException {
    int rows = Integer.parseInt(arguments[3]);
    Runnable call = call(arguments[1], Path.of(arguments[2]), rows);
    call.run();
    double first = (ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - Long.parseLong(arguments[5])) / 1e3;
    int[] nanoseconds = new int[MOST_CALLS];
    int calls = repeat(call, Long.parseLong(arguments[4]) * 1_000_000_000L, nanoseconds);
    Ramp ramp = Ramp.of(nanoseconds, calls);
    String text =
        String.format(Locale.ROOT, "%.3f %.3f %.3f", first, first + ramp.fastAfter() / 1e6, ramp.last() / 1e3);
    Files.writeString(Path.of(arguments[0]), text);
    System.exit(0); // threads of the engine are not waited for
  }

  /** How long each call takes, one after the other without a gap, until the time or the array is used up. */
  private static int repeat(Runnable call, long nanoseconds, int[] durations) {
    int calls = 0;
    long begin = System.nanoTime();
    long before = begin;
    while (calls < durations.length && before - begin < nanoseconds) {
      call.run();
      long now = System.nanoTime();
      durations[calls++] = (int) (now - before);
      before = now;
    }
    return calls;
  }

  /** As an application does it: netc and ONNX Runtime load their own files, others get weights as in the table. */
  private static Runnable call(String engine, Path model, int rows) {
    float[] x = examples(rows);
    float[] p = new float[rows * Workload.MLP.outputs];
    if (engine.equals("netc")) {
      Mlp net = Mlp.load(model);
      if (rows == 1) {
        return () -> net.p(x);
      }
      Mlp.Workspace workspace = net.workspace(rows);
      return () -> net.p(workspace, x, rows, p);
    }
    if (engine.equals("onnxruntime")) {
      OnnxRuntimeEngine runtime = new OnnxRuntimeEngine();
      if (rows == 1) {
        Engine.Predictor predictor = runtime.load(Workload.MLP, model, 1);
        return () -> predictor.predict(x);
      }
      Engine.BatchPredictor predictor = runtime.loadBatch(Workload.MLP, model, rows, 1);
      return () -> predictor.predict(x, p);
    }
    Engine peer = Engine.of(engine);
    var weights = SafeTensors.read(model).tensors();
    if (rows == 1) {
      Engine.Predictor predictor = peer.predictor(Workload.MLP, weights, 1);
      return () -> predictor.predict(x);
    }
    Engine.BatchPredictor predictor = peer.batchPredictor(Workload.MLP, weights, rows, 1);
    return () -> predictor.predict(x, p);
  }

  /** Numbers between 0 and 1 that take no time to make. */
  private static float[] examples(int rows) {
    float[] x = new float[rows * 784];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 251 / 251f;
    }
    return x;
  }
}

package netc.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Threads that share the rows of a batch, as an application has them: the caller's, and others that wait
 * for work. Each copies its rows out and its probabilities back.
 */
final class SharedRows implements Engine.BatchPredictor {
  private final List<Part> parts = new ArrayList<>();
  private final ExecutorService others;
  private final int inputs;
  private final int outputs;

  private record Part(Engine.BatchPredictor predictor, int row, float[] x, float[] p) {
    void predict(float[] rows, float[] probabilities, int inputs, int outputs) {
      System.arraycopy(rows, row * inputs, x, 0, x.length);
      predictor.predict(x, p);
      System.arraycopy(p, 0, probabilities, row * outputs, p.length);
    }
  }

  /**
   * @param predictors makes one for so many rows
   */
  SharedRows(
      IntFunction<Engine.BatchPredictor> predictors, int rows, int inputs, int outputs, int threads) {
    this.inputs = inputs;
    this.outputs = outputs;
    for (int i = 0; i < threads; i++) {
      int from = rows * i / threads;
      int count = rows * (i + 1) / threads - from;
      parts.add(
          new Part(predictors.apply(count), from, new float[count * inputs], new float[count * outputs]));
    }
    others =
        Executors.newFixedThreadPool(
            threads - 1,
            task -> {
              Thread thread = new Thread(task, "rows");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void predict(float[] rows, float[] probabilities) {
    List<Future<?>> started = new ArrayList<>();
    for (Part part : parts.subList(1, parts.size())) {
      started.add(others.submit(() -> part.predict(rows, probabilities, inputs, outputs)));
    }
    parts.get(0).predict(rows, probabilities, inputs, outputs);
    try {
      for (Future<?> part : started) {
        part.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}

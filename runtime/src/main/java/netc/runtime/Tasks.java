package netc.runtime;

import java.util.function.IntConsumer;

/** Somebody who runs independent tasks, perhaps at once, and returns when all are done. */
@FunctionalInterface
public interface Tasks {

  /** Calls {@code task} with 0 to {@code count}-1, in any order, on any threads. */
  void run(int count, IntConsumer task);

  /** The most of them that run at the same time. */
  default int atOnce() {
    return this == SEQUENTIAL ? 1 : Integer.MAX_VALUE;
  }

  /** One after another, on the calling thread. */
  Tasks SEQUENTIAL =
      (count, task) -> {
        for (int i = 0; i < count; i++) {
          task.accept(i);
        }
      };
}

package netc.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Runs tasks on the calling thread and some helpers: own daemon threads, which end with {@link #close},
 * or the caller's executor. Who runs which task is left to chance; the tasks are such that it does not
 * matter.
 */
public final class Team implements Tasks, AutoCloseable {
  private final int helpers;
  private final Executor executor;
  private final List<Thread> threads = new ArrayList<>();
  private Job current;
  private boolean closed;

  /** One call of {@link #run}. */
  private static final class Job {
    final int count;
    final IntConsumer task;
    final AtomicInteger next = new AtomicInteger();
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    final CountDownLatch left;

    Job(int count, IntConsumer task) {
      this.count = count;
      this.task = task;
      left = new CountDownLatch(count);
    }

    void work() {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            task.accept(i);
          }
        } catch (Throwable e) { // handed to the thread that called run
          failure.compareAndSet(null, e);
        } finally {
          left.countDown();
        }
      }
    }
  }

  /** So many threads, the calling one among them; for 1 none is started. */
  public Team(int count) {
    helpers = count - 1;
    executor = null;
    for (int i = 0; i < helpers; i++) {
      Thread thread = new Thread(this::help, "netc-" + (i + 1));
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** The calling thread, and the executor's for all others. */
  public Team(Executor executor, int count) {
    helpers = count - 1;
    this.executor = executor;
  }

  @Override
  public int atOnce() {
    return helpers + 1;
  }

  @Override
  public void run(int count, IntConsumer task) {
    if (helpers == 0 || count == 1) {
      SEQUENTIAL.run(count, task);
      return;
    }
    Job job = new Job(count, task);
    if (executor != null) {
      for (int i = 0; i < Math.min(helpers, count - 1); i++) {
        executor.execute(job::work);
      }
    } else {
      synchronized (this) {
        current = job;
        notifyAll();
      }
    }
    job.work();
    await(job);
    Throwable failure = job.failure.get();
    if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
  }

  /** Ends the own threads and waits until they have ended. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The tasks write to the caller's arrays, so even an interrupted caller waits for them. */
  private static void await(Job job) {
    boolean interrupted = false;
    while (true) {
      try {
        job.left.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void help() {
    Job done = null;
    while (true) {
      Job job;
      synchronized (this) {
        while (!closed && (current == null || current == done)) {
          try {
            wait();
          } catch (InterruptedException e) {
            return; // nobody else has this thread; run() works on without it
          }
        }
        if (closed) {
          return;
        }
        job = current;
      }
      job.work();
      done = job;
    }
  }
}

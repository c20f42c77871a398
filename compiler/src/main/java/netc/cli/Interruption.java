package netc.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C during a training: the trainer is asked to stop after its step, and the JVM ends only when the
 * command has saved what there is. For the thread that makes it.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Thread training = Thread.currentThread();
  private final Thread hook = new Thread(this::ask, "netc-interrupt");
  private final CountDownLatch finished = new CountDownLatch(1);
  private boolean asked;
  private boolean saving;

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** What Ctrl-C does, on a thread of its own. */
  void ask() {
    synchronized (this) {
      asked = true;
      if (!saving) {
        training.interrupt();
      }
    }
    try {
      finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From here on files are written, which an interrupt would close: the JVM only waits. */
  synchronized void startSaving() {
    saving = true;
    Thread.interrupted();
  }

  /** Writes a file in the middle of the training; an interrupt waits until it is written. */
  void postpone(Runnable writing) {
    synchronized (this) {
      if (asked) {
        return; // what there is will be saved anyway
      }
      saving = true;
    }
    try {
      writing.run();
    } finally {
      synchronized (this) {
        saving = false;
        if (asked) {
          training.interrupt();
        }
      }
    }
  }

  synchronized boolean wasAsked() {
    return asked;
  }

  /** The JVM may end. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running: the JVM ends now.
    }
  }
}

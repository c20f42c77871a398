package netc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import netc.io.Checkpoint;
import netc.io.CheckpointException;
import netc.train.TrainListener;
import netc.train.Trainer;

/**
 * Writes what a long training has reached to a file of its own, at most once a minute: so a process that
 * is killed, or a machine that fails, costs no more than that. The file goes away when the training has
 * ended well.
 */
final class Safekeeping implements TrainListener {
  private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

  private final Path file;
  private final Interruption interruption;
  private final Console console;
  private final LongSupplier clock;
  private Trainer<?> trainer;
  private long last;
  private boolean written;
  private boolean failed;

  /** @param clock in nanoseconds */
  Safekeeping(Path file, Interruption interruption, Console console, LongSupplier clock) {
    this.file = file;
    this.interruption = interruption;
    this.console = console;
    this.clock = clock;
    last = clock.getAsLong();
  }

  /** Whose network is kept. */
  void watch(Trainer<?> watched) {
    trainer = watched;
  }

  @Override
  public void step(Step step) {
    if (clock.getAsLong() - last >= INTERVAL && !failed) {
      interruption.postpone(this::write);
      last = clock.getAsLong();
    }
  }

  private void write() {
    try {
      Checkpoint.save(trainer.network(), file, trainer.provenance());
      written = true;
    } catch (CheckpointException e) {
      failed = true; // the training goes on, and is told once
      console.note("note: " + e.getMessage() + "; the training goes on without saving in between");
    }
  }

  /** The file that was written and is still there, when there is one. */
  boolean hasWritten() {
    return written;
  }

  /** What was written is not needed any more. */
  void discard() {
    if (written) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        console.note("note: " + file + " is of no use any more, but cannot be removed");
      }
    }
  }
}

package netc.bench.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The part of an iteration in which the calling thread was on a processor. On a machine that others use
 * too, a time multiplied by it is nearer to what a calm machine would show; it means something only where
 * all work is done by that thread.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuShare {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Read by JMH after each iteration. */
  public double share;

  private long wall;
  private long cpu;

  @Setup(Level.Iteration)
  public void begin() {
    wall = System.nanoTime();
    cpu = THREADS.getCurrentThreadCpuTime();
  }

  @TearDown(Level.Iteration)
  public void end() {
    share = (double) (THREADS.getCurrentThreadCpuTime() - cpu) / (System.nanoTime() - wall);
  }
}

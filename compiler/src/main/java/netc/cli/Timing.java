package netc.cli;

import java.lang.invoke.MethodHandle;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long a call takes: windows of many calls, after a warm-up in which the JIT compiler has translated
 * what it runs.
 *
 * @param warmUp in seconds
 * @param warmUpCalls the calls in it
 * @param windows the fastest first
 */
record Timing(double warmUp, long warmUpCalls, List<Window> windows) {
  /** An odd number has a median. */
  private static final int WINDOWS = 15;

  /** How much longer than asked for a warm-up may take while calls still become faster. */
  private static final int LONGEST_WARM_UP = 10;

  private static final double FASTER = 0.95;

  private static final double SECOND = 1e9;

  /**
   * Some calls without a pause.
   *
   * @param counts what was counted in the meantime
   */
  record Window(long calls, double nanos, long[] counts) {
    /** Microseconds a call. */
    double micros() {
      return nanos / calls / 1000;
    }
  }

  Timing {
    windows = List.copyOf(windows);
  }

  /**
   * Measures.
   *
   * @param call without arguments and result
   * @param warmUp in seconds, at least: it goes on until for half of it calls have not become faster and
   *     the JIT compiler has had nothing to do, at most ten times as long
   * @param seconds of all windows together; each has at least one call
   * @param counters that go on counting while the call runs
   */
  static Timing of(MethodHandle call, double warmUp, double seconds, long[] counters) {
    double window = seconds / WINDOWS * SECOND;
    long calls = 1;
    long warmUpCalls = 0;
    double taken = 0;
    double changed = 0;
    double best = Double.POSITIVE_INFINITY;
    long compiled = 0;
    do {
      double nanos = time(call, calls);
      taken += nanos;
      warmUpCalls += calls;
      if (nanos / calls < FASTER * best || compiled() > compiled) {
        changed = taken;
      }
      best = Math.min(best, nanos / calls);
      compiled = compiled();
      calls = next(calls, nanos, window);
    } while (taken < Math.clamp(2 * changed, warmUp * SECOND, LONGEST_WARM_UP * warmUp * SECOND));
    var windows = new ArrayList<Window>();
    for (int i = 0; i < WINDOWS; i++) {
      long[] before = counters.clone();
      double nanos = time(call, calls);
      long[] counts = counters.clone();
      for (int at = 0; at < counts.length; at++) {
        counts[at] -= before[at];
      }
      windows.add(new Window(calls, nanos, counts));
    }
    windows.sort(Comparator.comparingDouble(Window::nanos));
    return new Timing(taken / SECOND, warmUpCalls, windows);
  }

  /** For how long the JIT compiler has worked, in milliseconds; 0 where there is none. */
  private static long compiled() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler != null && compiler.isCompilationTimeMonitoringSupported()
        ? compiler.getTotalCompilationTime()
        : 0;
  }

  /** How many calls fill a window, at most twice as many as before since calls become faster. */
  private static long next(long calls, double nanos, double window) {
    double fitting = window / (nanos / calls);
    return Math.max(1, (long) Math.min(fitting, 2.0 * calls));
  }

  private static double time(MethodHandle call, long calls) {
    long start = System.nanoTime();
    try {
      for (long i = 0; i < calls; i++) {
        call.invokeExact();
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return Math.max(1, System.nanoTime() - start);
  }

  Window median() {
    return windows.get(windows.size() / 2);
  }

  /** How long a window took, in seconds. */
  double windowSeconds() {
    return median().nanos() / SECOND;
  }
}

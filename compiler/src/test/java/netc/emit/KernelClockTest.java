package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.LoadedNet;
import netc.Netc;
import netc.ir.Model;
import netc.runtime.Flavour;
import netc.runtime.Network;
import netc.runtime.Tensor;
import netc.schedule.Call;
import netc.schedule.KernelCall;
import netc.schedule.KernelNumbers;
import netc.schedule.Schedule;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;

/** A class with clocks computes what the one without computes, and counts the calls of its kernels. */
class KernelClockTest {
  private static final int STEPS = 5;

  /** Contractions, formulas of examples and a scan. */
  private static final SourceFile SOURCE =
      new SourceFile(
          "clock.net",
          """
          package test
          net Clock {
            input x[5, 3]
            h = x |> gru(4)
            z[k in 2] = sum[t, j] h[t, j] * tanh(k + j)
            output p = softmax(z)
            loss l = sum(p)
          }
          """);

  private static final Map<String, Tensor> ROWS = Map.of("x", Tensor.of(new float[40 * 15], 40, 5, 3));

  private static final CompileOptions CLOCKED = CompileOptions.DEFAULT.withClocks();

  private static CompiledNet compiled(CompileOptions options) {
    return Netc.compile(SOURCE, options).nets().getFirst();
  }

  @Test
  void callsAreCountedByFlavourAndStepOfAScan() {
    Flavours.each(
        () -> {
          LoadedNet net = compiled(CLOCKED).load();
          Network network = net.init(1);
          long[] times = net.kernelTimes();
          assertArrayEquals(new long[times.length], times);
          network.predict(ROWS, 40); // two blocks of vectors, one longer one without
          network.predict(ROWS, 40);
          int blocks = Flavour.current() == Flavour.VECTOR ? 4 : 2;
          Model model = Netc.check(SOURCE, Map.of()).models().getFirst();
          List<Schedule> schedules = Netc.schedules(model, CLOCKED);
          KernelNumbers numbers = KernelNumbers.of(schedules);
          assertEquals(2 * numbers.count() + 2, times.length);
          for (Schedule schedule : schedules) {
            long runs = schedule.form().equals("predict") ? blocks : 0;
            schedule.calls().forEach(call -> counted(call, runs, times, numbers));
          }
          assertTrue(times[1] >= 4 && times[0] > 0, "the clock's own time");
        });
  }

  private static void counted(Call call, long runs, long[] times, KernelNumbers numbers) {
    boolean isVector = Flavour.current() == Flavour.VECTOR;
    switch (call) {
      case KernelCall kernel -> counted(kernel, runs, times, numbers);
      case Call.Flavoured(var vector, var portable) -> {
        vector.forEach(kernel -> counted(kernel, isVector ? runs : 0, times, numbers));
        portable.forEach(kernel -> counted(kernel, isVector ? 0 : runs, times, numbers));
      }
      case Call.TimeLoop loop -> {
        assertEquals(STEPS, loop.steps());
        loop.body().forEach(once -> counted(once, STEPS * runs, times, numbers));
      }
    }
  }

  private static void counted(KernelCall kernel, long calls, long[] times, KernelNumbers numbers) {
    int at = 2 * numbers.of(kernel) + 2;
    assertEquals(calls, times[at + 1], kernel::toString);
    assertEquals(calls > 0, times[at] > 0, "a time for calls only");
  }

  @Test
  void theResultsAreTheSameBits() {
    Flavours.each(
        () -> {
          Tensor plain = compiled(CompileOptions.DEFAULT).load().init(3).predict(ROWS, 40).get("p");
          Tensor clocked = compiled(CLOCKED).load().init(3).predict(ROWS, 40).get("p");
          assertArrayEquals(plain.floats(), clocked.floats());
        });
  }

  @Test
  void onlyTheClassThatCallsKernelsDiffers() {
    Map<String, byte[]> plain = compiled(CompileOptions.DEFAULT).classes();
    Map<String, byte[]> clocked = compiled(CLOCKED).classes();
    assertEquals(plain.keySet(), clocked.keySet());
    List<String> others =
        plain.keySet().stream().filter(name -> !Arrays.equals(plain.get(name), clocked.get(name))).toList();
    assertEquals(List.of("test.Clock$Code"), others);
    String code = new String(plain.get("test.Clock$Code"), StandardCharsets.ISO_8859_1);
    assertTrue(!code.contains("nanoTime") && !code.contains("times"), "an application's class has no clock");
  }

  @Test
  void aClassWithoutClocksSaysSo() {
    LoadedNet net = compiled(CompileOptions.DEFAULT).load();
    var failure = assertThrows(IllegalArgumentException.class, net::kernelTimes);
    assertEquals("test.Clock was compiled without clocks", failure.getMessage());
  }
}

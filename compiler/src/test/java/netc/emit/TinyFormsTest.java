package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.LoadedNet;
import netc.Netc;
import netc.runtime.Derivatives;
import netc.runtime.Flavour;
import netc.runtime.Form;
import netc.runtime.Network;
import netc.runtime.Tensor;
import netc.schedule.Call;
import netc.schedule.FormWork;
import netc.schedule.KernelNumbers;
import netc.schedule.Schedule;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;

/** A tiny form is computed with plain loops where nobody asks for vectors; a larger one with vectors. */
class TinyFormsTest {
  private static final int ROWS = 40;

  private static SourceFile source(int inputs, int hidden) {
    return new SourceFile(
        "tiny.net",
        """
        package test
        net Tiny {
          input x[%d]
          target y : index(3)
          z = x |> dense(%d, tanh) |> dense(3)
          output p = softmax(z)
          loss ce = cross_entropy(z, y)
        }
        """
            .formatted(inputs, hidden));
  }

  private static final SourceFile TINY = source(4, 16);
  private static final SourceFile LARGE = source(64, 64);

  /** Its predictions are blocks of rows where there are vectors. */
  private static final SourceFile WIDE = source(256, 64);

  private static Map<String, Tensor> data(int inputs) {
    float[] x = new float[ROWS * inputs];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.sin(i);
    }
    return Map.of("x", Tensor.of(x, ROWS, inputs), "y", Tensor.of(new int[ROWS], ROWS));
  }

  private static CompiledNet compiled(SourceFile source, CompileOptions options) {
    return Netc.compile(source, options).nets().getFirst();
  }

  /** A class with clocks, which know what has run. */
  private record Clocked(List<Schedule> schedules, LoadedNet net) {
    static Clocked of(SourceFile source) {
      CompileOptions options = CompileOptions.DEFAULT.withClocks();
      var model = Netc.check(source, Map.of()).models().getFirst();
      return new Clocked(Netc.schedules(model, options), compiled(source, options).load());
    }

    /** The flavour of the kernels that have run for a form since the last look. */
    Flavour ran(String form) {
      KernelNumbers numbers = KernelNumbers.of(schedules);
      long[] times = net.kernelTimes();
      long[] calls = new long[2];
      for (Schedule schedule : schedules) {
        if (schedule.form().equals(form) || schedule.form().equals(form + Schedule.ROWS)) {
          for (Call call : schedule.calls()) {
            if (call instanceof Call.Flavoured(var vector, var portable)) {
              vector.forEach(k -> calls[0] += times[2 * numbers.of(k) + 3]);
              portable.forEach(k -> calls[1] += times[2 * numbers.of(k) + 3]);
            }
          }
        }
      }
      Arrays.fill(times, 0);
      assertTrue(calls[0] > 0 ^ calls[1] > 0, form + " ran with kernels of one flavour");
      return calls[0] > 0 ? Flavour.VECTOR : Flavour.PORTABLE;
    }
  }

  private static void each(Network network, int inputs, Clocked clocked, Flavour expected) {
    network.predict(data(inputs), ROWS);
    assertEquals(expected, clocked.ran("predict"));
    network.gradients(data(inputs), ROWS);
    assertEquals(expected, clocked.ran("train"));
    network.evaluate(data(inputs), ROWS);
    assertEquals(expected, clocked.ran("evaluate"));
    var runner = network.runner("predict.one").orElseThrow();
    runner.fill(0, data(inputs).get("x").floats(), null, 0, 1);
    runner.run(network.copyOfWeights(), 1, 0, 1);
    assertEquals(expected, clocked.ran("predict.one"));
  }

  @Test
  void nobodyAsks() {
    assertEquals(null, System.getProperty(Flavour.PROPERTY), "this JVM was told a flavour");
    Clocked tiny = Clocked.of(TINY);
    each(tiny.net().init(1), 4, tiny, Flavour.PORTABLE);
    Clocked large = Clocked.of(LARGE);
    each(large.net().init(1), 64, large, Flavour.VECTOR);
    Clocked wide = Clocked.of(WIDE);
    each(wide.net().init(1), 256, wide, Flavour.VECTOR);
    each(wide.net().init(1).withFlavour(Flavour.PORTABLE), 256, wide, Flavour.PORTABLE);
  }

  @Test
  void somebodyAsksForVectors() {
    Clocked tiny = Clocked.of(TINY);
    each(tiny.net().init(1).withFlavour(Flavour.VECTOR), 4, tiny, Flavour.VECTOR);
    Flavours.in(Flavour.VECTOR, () -> each(tiny.net().init(1), 4, tiny, Flavour.VECTOR));
    Clocked large = Clocked.of(LARGE);
    each(large.net().init(1).withFlavour(Flavour.PORTABLE), 64, large, Flavour.PORTABLE);
  }

  /** So what the interpreter says of plain loops holds of tiny forms, too. */
  @Test
  void theBitsAreThoseOfPlainLoops() {
    Network network = compiled(TINY, CompileOptions.DEFAULT).load().init(1);
    Network portable = network.withFlavour(Flavour.PORTABLE);
    assertEquals(Flavour.VECTOR, network.flavour());
    assertArrayEquals(
        portable.predict(data(4), ROWS).get("p").floats(), network.predict(data(4), ROWS).get("p").floats());
    Derivatives expected = portable.gradients(data(4), ROWS);
    Derivatives found = network.gradients(data(4), ROWS);
    expected.parameters()
        .forEach((path, tensor) -> assertArrayEquals(tensor.floats(), found.parameters().get(path).floats()));
  }

  @Test
  void aWorkspaceOfTheOtherKindIsRefused() {
    CompiledNet net = compiled(TINY, CompileOptions.DEFAULT);
    Network plain = net.load().init(1);
    Network vector = plain.withFlavour(Flavour.VECTOR);
    NetData data = NetData.random(net.model(), plain, 3, -1, 1);
    Object workspace = new TypedNet(plain).workspace(3);
    new TypedNet(plain.withFlavour(Flavour.PORTABLE)).run(workspace, data); // the same loops
    var failure =
        assertThrows(IllegalArgumentException.class, () -> new TypedNet(vector).run(workspace, data));
    assertTrue(failure.getMessage().contains("computes with plain loops does not fit one"), failure::getMessage);
  }

  /** The class knows what the plan says. */
  @Test
  void whatIsTinyStandsInTheMetadata() {
    for (SourceFile source : List.of(TINY, LARGE)) {
      var model = Netc.check(source, Map.of()).models().getFirst();
      List<Schedule> schedules = Netc.schedules(model, CompileOptions.DEFAULT);
      List<Form> forms = compiled(source, CompileOptions.DEFAULT).load().init(1).metadata().forms();
      for (int i = 0; i < forms.size(); i++) {
        assertEquals(FormWork.of(schedules.get(i)).isTiny(), forms.get(i).isTiny(), forms.get(i).name());
      }
      assertEquals(source == TINY, forms.getFirst().isTiny());
    }
  }

  /** 4·16 and 16·3 multiplications; a function counts for eight, and so does each exp of the softmax. */
  @Test
  void workIsCounted() {
    var model = Netc.check(TINY, Map.of()).models().getFirst();
    for (Schedule schedule : Netc.schedules(model, CompileOptions.DEFAULT)) {
      FormWork work = FormWork.of(schedule);
      if (schedule.form().startsWith("predict")) {
        assertTrue(work.points() > 112 + 16 * 8 + 3 * 8 && work.points() < 400, work.toString());
        assertEquals(768, work.most());
      } else if (schedule.form().equals("train")) {
        assertEquals(3 * 768, work.most());
      }
    }
    assertFalse(new FormWork(769, 768).isTiny());
    assertTrue(new FormWork(768, 768).isTiny());
  }
}

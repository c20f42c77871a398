package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.Form;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Columns;
import netc.runtime.Metadata.Distribution;
import netc.runtime.Metadata.Operator;
import netc.runtime.Metadata.Port;
import netc.runtime.Metadata.Range;
import netc.runtime.Metadata.Sample;
import netc.runtime.Metadata.Type;
import netc.runtime.Metadata.Variable;
import netc.runtime.Precision;
import netc.runtime.Rule;
import netc.runtime.Slot;
import netc.runtime.Training;
import org.junit.jupiter.api.Test;

class MetadataTextTest {

  private static Metadata decoded(Metadata metadata) {
    return Metadata.decode(MetadataText.of(metadata).toArray(new String[0]));
  }

  private static Metadata metadata(Metadata.Data data, Training train, List<Form> forms) {
    return new Metadata(
        "demo.Net",
        "With ∑.",
        "net.net",
        "ab12",
        "0.1.0",
        Precision.F64,
        List.of(new Port("x", Type.INDEX, 4, new int[] {3}, true, List.of(), 4)),
        List.of(new Port("y", Type.BOOL, 0, new int[] {2}, true, List.of(), 6)),
        List.of(new Port("p", Type.REAL, 0, new int[] {2}, false, List.of("x", "c"), 9)),
        List.of(
            new Metadata.Conditional(
                new Port("q", Type.REAL, 0, new int[0], true, List.of("z"), 10),
                List.of(new Port("z", Type.INDEX, 7, new int[] {2}, true, List.of(), 10)))),
        List.of(
            new Variable("w", new int[] {2, 3}, true, "normal", -0.5, 0.1, 3, 2, 7),
            new Variable("mu", new int[0], false, "zeros", 0, 0, 1L << 40, 3, 8)),
        List.of(new Sample("eps", Distribution.GUMBEL, 0, 0.5, new int[] {2}, 8)),
        List.of("C0"),
        List.of("ridge"),
        List.of(new Metadata.Aggregate("best", List.of("accumulate.0"), List.of(Operator.MAX))),
        List.of(new Metadata.Aggregate("mu", List.of("accumulate.0"), List.of(Operator.SUM))),
        data,
        train,
        Map.of("width", 64.0),
        forms);
  }

  @Test
  void everythingComesBack() {
    var data =
        new Metadata.Data(
            Map.of("rows", "a.csv"),
            Map.of("test", 0.2),
            "\t",
            Map.of(
                "x",
                new Columns(
                    List.of(new Range(true, "a", 0, "é\"", 1), new Range(false, "", -3, "", 1L << 40)),
                    List.of("no", "∑"),
                    Double.NaN,
                    12)));
    var train =
        new Training(
            Map.of("epochs", 3.0, "clip_norm", Double.POSITIVE_INFINITY),
            Map.of("optimizer", Rule.of("adam", "lr beta1", 1e-3, 0.9)));
    Metadata metadata = metadata(data, train, List.of());
    Metadata back = decoded(metadata);
    assertEquals(text(metadata), text(back));
    assertEquals(data, back.data());
    assertEquals(train, back.train());
  }

  /** Arrays in records are equal only to themselves, so compare what they print. */
  private static String text(Metadata m) {
    var text = new StringBuilder();
    var ports = new ArrayList<>(m.outputs());
    m.conditionals().forEach(c -> ports.add(c.output()));
    m.conditionals().forEach(c -> ports.addAll(c.given()));
    ports.addAll(m.inputs());
    ports.addAll(m.targets());
    for (Port port : ports) {
      text.append(port.name()).append(port.type()).append(port.bound()).append(port.perExample());
      text.append(Arrays.toString(port.shape())).append(port.needs()).append(port.line());
    }
    for (Variable v : m.variables()) {
      text.append(v.path()).append(Arrays.toString(v.shape())).append(v.trained());
      text.append(v.initializer()).append(v.first()).append(v.second()).append(v.fanIn());
    }
    for (Sample s : m.samples()) {
      text.append(s.path()).append(s.distribution()).append(s.first()).append(s.second());
      text.append(Arrays.toString(s.shape())).append(s.line());
    }
    return text + m.className() + m.metrics() + m.fits() + m.losses() + m.penalties() + m.sizes();
  }

  @Test
  void bigMetadataIsCompactAndFitsConstants() {
    List<Slot> slots = new ArrayList<>();
    Map<String, Integer> results = new LinkedHashMap<>();
    for (int i = 0; i < 40_000; i++) {
      boolean lanes = i % 3 != 0;
      int rowLength = i % 5 == 0 ? 7 : 32;
      slots.add(
          new Slot(lanes ? Slot.Kind.LANES : Slot.Kind.FLAT, i, 100_000 - i, lanes ? rowLength : 0));
    }
    for (int i = 0; i < 3_000; i++) {
      results.put("grad.param.größe∑" + i, i);
    }
    Form form = new Form("train", Precision.F32, 32, slots, Map.of(), results);
    var none = new Metadata.Data(Map.of(), Map.of(), ",", Map.of());
    Metadata big = metadata(none, Training.DEFAULTS, List.of(form));
    List<String> parts = MetadataText.of(big);
    int bytes = 0;
    for (String part : parts) {
      int own = part.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(own < 65_000, own + " bytes");
      bytes += own;
    }
    assertTrue(bytes < 40_000 * 9 + 3_000 * 30, bytes + " bytes");
    assertEquals(List.of(form), decoded(big).forms());
  }
}

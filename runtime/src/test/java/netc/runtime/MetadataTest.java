package netc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.Metadata.Setting;
import org.junit.jupiter.api.Test;

class MetadataTest {

  private static Metadata decoded(Metadata metadata) {
    return Metadata.decode(metadata.encode().toArray(new String[0]));
  }

  @Test
  void everythingComesBack() {
    var settings = new LinkedHashMap<String, Setting>();
    settings.put("x", new Setting(ValueText.parse("columns(\"a\"..=\"d\", 3, missing = -0.5)"), 12));
    settings.put("y", new Setting(ValueText.parse("column(\"é\\\"\", labels = [\"no\", \"∑\"])"), 13));
    settings.put("z", new Setting(ValueText.parse("[true, 0..64, 1e-3, inf]"), 14));
    Metadata metadata = Lesson.metadata(Precision.F64, settings, settings);
    Metadata back = decoded(metadata);
    assertEquals(text(metadata), text(back));
    assertEquals(metadata.data(), back.data());
    assertEquals(metadata.forms(), back.forms());
    assertEquals(List.copyOf(metadata.train().keySet()), List.copyOf(back.train().keySet()));
  }

  /** Arrays in records are equal only to themselves, so compare what they print. */
  private static String text(Metadata m) {
    var text = new StringBuilder();
    for (Metadata.Port port : m.outputs()) {
      text.append(port.name()).append(java.util.Arrays.toString(port.shape())).append(port.needs());
    }
    for (Metadata.Variable v : m.variables()) {
      text.append(v.path()).append(java.util.Arrays.toString(v.shape())).append(v.trained());
      text.append(v.initializer()).append(v.first()).append(v.second()).append(v.fanIn());
    }
    for (Metadata.Sample s : m.samples()) {
      text.append(s.path()).append(s.distribution()).append(s.first()).append(s.second());
      text.append(java.util.Arrays.toString(s.shape())).append(s.line());
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
    Metadata m = Lesson.metadata(Precision.F32);
    Metadata big =
        new Metadata(
            m.className(), m.documentation(), m.sourceName(), m.sourceSha256(),
            m.compilerVersion(), m.precision(), m.inputs(), m.targets(), m.outputs(),
            m.variables(), m.samples(), m.losses(), m.penalties(), m.metrics(), m.fits(), m.data(), m.train(),
            m.sizes(), List.of(form));
    List<String> parts = big.encode();
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

package netc.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import netc.Netc;
import netc.ir.Model;
import netc.ir.Printer;
import netc.ir.Program;
import netc.ir.Reader;
import netc.source.SourceFile;
import netc.syntax.Texts;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code read(print(p)).equals(p)}: every program of every net, plain and optimised, and between. */
class PrintedProgramsTest {
  static Stream<Named<SourceFile>> nets() {
    return Texts.all()
        .filter(file -> file.text().lines().anyMatch(line -> line.startsWith("net ")))
        .map(file -> Named.of(file.name(), file));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void comesBackAsItWas(SourceFile file) {
    var checked = Netc.check(file, Map.of());
    for (Model model : checked.models()) {
      Map<String, Program> forms = Forms.of(model, true);
      List<Program> programs = new ArrayList<>(forms.values());
      Program largest = forms.getOrDefault("train", forms.get("predict")); // without a loss
      programs.addAll(Pipeline.dump(largest).values());
      assertFalse(programs.isEmpty());
      for (Program program : programs) {
        assertEquals(program, Reader.read(Printer.print(program)), file.name());
      }
    }
  }
}

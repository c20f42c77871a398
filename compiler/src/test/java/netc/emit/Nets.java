package netc.emit;

import java.util.List;
import java.util.Map;
import netc.CompileOptions;
import netc.CompileResult;
import netc.CompiledNet;
import netc.Netc;
import netc.runtime.Precision;
import netc.source.SourceFile;
import netc.syntax.Texts;
import org.junit.jupiter.api.Assertions;

/** Nets of texts and of the test resources, compiled. */
final class Nets {
  private static final Map<String, Map<String, Double>> SIZES =
      Map.of(
          "tiny_gpt.net", Map.of("V", 11.0, "T", 5.0, "D", 8.0, "N", 2.0),
          "char_lstm.net", Map.of("V", 11.0, "T", 5.0, "D", 4.0, "H", 6.0),
          "resnet8.net", Map.of("W", 4.0),
          "gpt2.net", Map.of("V", 11.0, "T", 5.0, "D", 8.0, "N", 2.0, "heads", 2.0),
          "resnet18.net", Map.of("S", 64.0, "W", 2.0, "C", 5.0));

  private Nets() {}

  /** Sizes for a net of the repository that make a smaller one of the same kind, to save time. */
  static Map<String, Double> smaller(SourceFile source) {
    return SIZES.getOrDefault(source.fileName(), Map.of());
  }

  /** The only net of a text. */
  static CompiledNet compile(String text) {
    return compile(new SourceFile("test.net", text), Precision.F32);
  }

  /** The only net of a file of the test resources, such as {@code emit/ties.net}. */
  static CompiledNet resource(String path, Precision precision) {
    return compile(Texts.resource(path), precision);
  }

  static CompiledNet compile(SourceFile source, Precision precision) {
    CompileResult result =
        Netc.compile(source, new CompileOptions(precision, Map.of(), false));
    List<CompiledNet> nets = result.nets();
    Assertions.assertEquals(1, nets.size(), () -> result.diagnostics().toString());
    ClassFiles.verify(nets.getFirst().classes());
    return nets.getFirst();
  }
}

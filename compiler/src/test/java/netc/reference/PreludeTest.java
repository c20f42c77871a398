package netc.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import netc.Netc;
import netc.check.Prelude;
import netc.grad.FiniteDifferences;
import netc.interpret.Values;
import netc.ir.Model;
import netc.ir.Program;
import netc.rewrite.Forms;
import netc.source.Renderer;
import netc.source.SourceFile;
import netc.syntax.Declaration;
import netc.syntax.Texts;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the prelude declares is called by a net of the test resources, and the gradients of these
 * nets are those of differences. That generated classes compute what the interpreter says of them is
 * RepositoryNetsTest's.
 */
class PreludeTest {
  private static final List<String> FOLDERS = List.of("refs", "torch", "prelude");

  /** Parts of others, which nets call through them. */
  private static final Set<String> PARTS =
      Set.of(
          "pooled", "log_sum", "ones_like", "dropped", "padded", "padded1d", "padded2d", "directions",
          "flipped", "side_by_side", "rnn_pass", "rnn_level", "lstm_pass", "lstm_level", "gru_pass",
          "gru_level");

  static Stream<String> declarations() {
    return Prelude.unit().declarations().stream().map(Declaration::title);
  }

  private static boolean isConstant(String name) {
    return Prelude.unit().declarations().stream()
        .anyMatch(d -> d instanceof Declaration.Constant && d.title().equals(name));
  }

  private static Stream<SourceFile> nets() {
    return FOLDERS.stream().flatMap(Texts::folder);
  }

  static Stream<Named<SourceFile>> namedNets() {
    return nets().map(source -> Named.of(source.name(), source));
  }

  @Test
  void everyDeclarationIsCalledByANet() {
    List<String> texts = nets().map(SourceFile::text).toList();
    var missing = new TreeSet<String>();
    declarations()
        .filter(name -> !PARTS.contains(name))
        .filter(name -> texts.stream().noneMatch(text -> calls(text, name)))
        .forEach(missing::add);
    assertTrue(
        missing.isEmpty(),
        () ->
            "the prelude declares " + missing + ", and no test calls them: add a case to"
                + " compiler/src/test/resources/netc/torch/make_cases.py, or, where PyTorch has no"
                + " counterpart, a net to compiler/src/test/resources/netc/prelude with a loss that"
                + " its gradients can be checked on");
  }

  private static boolean calls(String text, String name) {
    String code = text.replaceAll("//.*", "");
    if (isConstant(name)) {
      return Pattern.compile("\\b" + name + "\\b").matcher(code).find();
    }
    return Pattern.compile("(?<![\\w.])" + name + "(?=[(\\[])|\\|>\\s*" + name + "\\b").matcher(code).find();
  }

  @Test
  void everyDeclarationSaysWhatItIs() {
    Prelude.unit()
        .declarations()
        .forEach(d -> assertFalse(d.documentation().isBlank(), () -> d.title() + " has no `///` comment"));
  }

  @Test
  void noNameIsDeclaredTwice() {
    assertEquals(declarations().count(), declarations().distinct().count());
  }

  @ParameterizedTest
  @MethodSource("namedNets")
  void gradientsAreThoseOfDifferences(SourceFile source) {
    var checked = Netc.check(source, Map.of());
    assertEquals("", Renderer.plain().render(checked.diagnostics()));
    for (Model model : checked.models()) {
      Program train = Forms.of(model, true).get("train");
      List<String> losses = model.losses().stream().map(l -> "loss." + l.name()).toList();
      NetValues values = NetValues.of(source, model);
      Map<String, Values> inputs = new LinkedHashMap<>(values.of(train));
      FiniteDifferences.check(train, losses, inputs, values.rows());
    }
  }
}

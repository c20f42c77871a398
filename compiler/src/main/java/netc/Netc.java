package netc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import netc.check.CheckResult;
import netc.check.Checker;
import netc.check.Options;
import netc.emit.EmitOptions;
import netc.emit.ModelToClasses;
import netc.ir.Model;
import netc.ir.Program;
import netc.loop.ScalarType;
import netc.rewrite.Forms;
import netc.schedule.FormsToSchedules;
import netc.source.SourceFile;
import netc.syntax.Parser;
import netc.syntax.Unit;

/** The one road from source to class. */
public final class Netc {
  private Netc() {}

  static Unit prelude() {
    try (var in = Netc.class.getResourceAsStream("/netc/std/prelude.net")) {
      return Parser.parse(
              new SourceFile(
                  "std/prelude.net", new String(in.readAllBytes(), StandardCharsets.UTF_8)))
          .unit()
          .orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  public static CheckResult check(SourceFile source) {
    var parsed = Parser.parse(source);
    if (parsed.unit().isEmpty()) {
      return new CheckResult(java.util.List.of(), parsed.diagnostics());
    }
    return Checker.check(parsed.unit().get(), prelude(), Options.NONE);
  }

  public static Map<String, byte[]> compile(
      Model model, SourceFile source, ScalarType real, boolean inspect) {
    Map<String, Program> forms = Forms.optimised(model, inspect);
    var options = new EmitOptions(real, source.name(), "0", "0.1", Map.of());
    return ModelToClasses.emit(
        model, FormsToSchedules.of(model, forms, real, Forms::binding), options);
  }
}

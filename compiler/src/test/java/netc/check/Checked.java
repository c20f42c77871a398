package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import netc.ir.Model;
import netc.ir.Printer;
import netc.ir.Program;
import netc.ir.Step;
import netc.ir.Verifier;
import netc.source.Diagnostic;
import netc.source.SourceFile;
import netc.syntax.Parser;
import netc.syntax.Unit;

/** Checks small texts; every model that comes out is verified. */
final class Checked {
  private Checked() {}

  private static Unit parse(String name, String text) {
    var parsed = Parser.parse(new SourceFile(name, text));
    if (parsed.unit().isEmpty()) {
      throw new AssertionError(name + " does not parse: " + parsed.diagnostics());
    }
    return parsed.unit().get();
  }

  static CheckResult check(String text) {
    return check(text, Options.NONE);
  }

  static CheckResult check(String text, Options options) {
    var result = Checker.check(parse("test.net", text), Prelude.unit(), options);
    result.models().forEach(Checked::verify);
    return result;
  }

  /** The model of a text without errors. */
  static Model model(String text) {
    var result = check(text);
    if (result.models().size() != 1) {
      throw new AssertionError("no model: " + describe(result.diagnostics()));
    }
    return result.models().getFirst();
  }

  /** The body of a net without errors, its steps as text. */
  static String steps(String body) {
    return print(net(body).steps());
  }

  static Model net(String body) {
    return model("package demo\nnet Test {\n" + body + "\n}\n");
  }

  static String print(List<Step> steps) {
    return steps.stream().map(Printer::print).collect(Collectors.joining("\n"));
  }

  /** The messages about a net's body, each as {@code E102 3: title}; line 3 is the body's first. */
  static List<String> messages(String body) {
    return describe(check("package demo\nnet Test {\n" + body + "\n}\n").diagnostics());
  }

  static List<String> describe(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .map(d -> d.code() + " " + d.span().place().line() + ": " + d.title())
        .toList();
  }

  /** Every list of steps of a model obeys the rules of the IR. */
  static void verify(Model model) {
    var results = new ArrayList<Program.Result>();
    model.outputs().forEach(o -> results.add(new Program.Result("out." + o.name(), o.tensor())));
    model.losses().forEach(l -> results.add(new Program.Result("loss." + l.name(), l.tensor())));
    verify(model, model.steps(), results);
    model.metrics().forEach(m -> verify(model, m.finish(), List.of()));
    model.fits().forEach(f -> verify(model, f.finish(), List.of()));
  }

  private static void verify(Model model, List<Step> steps, List<Program.Result> results) {
    var program = new Program(model.name(), steps, results);
    Verifier.verified(program, Verifier.Stage.OPEN, "checking");
  }
}

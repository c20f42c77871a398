package netc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import netc.CompileException;
import netc.CompileOptions;
import netc.Netc;
import netc.check.CheckResult;
import netc.check.errors.Code;
import netc.explain.Explanation;
import netc.ir.Model;
import netc.schedule.Schedule;
import netc.source.SourceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netc explain}: the page of an error code, or the formulas of a net. */
@Command(
    name = "explain",
    description = {
      "Explains the code of an error or a warning, such as E102; or prints the formulas of a net, and",
      "those of its derivative, as a textbook writes them: for one example, without the penalties.",
      "Of an output that runs over the time of a scan it says whether it can be computed step by step."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CODE|FILE",
      description = "the code in brackets behind `error` or `warning`, or a .net file")
  private String code;

  @Option(names = "--derivative", description = "of a net: also the derivative by every parameter")
  private boolean derivative;

  @Option(names = "--steps", description = "of a net: also the chain rule step by step, from the loss backwards")
  private boolean steps;

  @Option(names = "--latex", description = "of a net: in LaTeX, for amsmath")
  private boolean latex;

  @Option(
      names = "--plan",
      description = "of a net: instead, how each form is computed, a line a step, and why")
  private boolean plan;

  @Option(
      names = "--memory",
      description = "of a net: instead, which arrays each form needs, and which tensors share them")
  private boolean memory;

  @Option(
      names = "--form",
      paramLabel = "NAME",
      description = "with --plan and --memory: only this form, such as predict.one, predict or train")
  private String form;

  @Override
  public Integer call() {
    if ((plan || memory) && code.endsWith(".net")) {
      forms(Path.of(code));
      return 0;
    }
    if (code.endsWith(".net")) {
      explain(Path.of(code));
      return 0;
    }
    if (derivative || steps || latex || plan || memory || form != null) {
      throw new ParameterException(
          spec.commandLine(), "--derivative, --steps, --latex, --plan, --memory and --form are for a .net file");
    }
    String name = code.strip().toUpperCase(Locale.ROOT);
    String text =
        page(name)
            .or(() -> summary(name))
            .orElseThrow(
                () ->
                    new InputException(
                        "there is no code `" + code + "` (there are: "
                            + String.join(", ", known()) + ")"));
    Console.of(spec).print(text.stripTrailing());
    return 0;
  }

  private List<Model> models(Path file, Console console) {
    CheckResult checked = Netc.check(SourceFile.read(file), Map.of());
    if (checked.hasErrors()) {
      throw new CompileException(checked.diagnostics());
    }
    console.show(checked.diagnostics());
    return checked.models();
  }

  private void forms(Path file) {
    Console console = Console.of(spec);
    List<Model> models = models(file, console);
    console.print(PlanTable.head());
    for (Model model : models) {
      for (Schedule schedule : chosen(Netc.schedules(model, CompileOptions.DEFAULT))) {
        if (plan) {
          List<String> lines = PlanTable.of(schedule, file.getFileName().toString());
          console.print("\n" + model.name() + "." + String.join("\n", lines));
        }
        if (memory) {
          console.print("\n" + model.name() + "." + String.join("\n", MemoryTable.of(schedule)));
        }
      }
    }
  }

  /** All forms, or that of {@code --form}. */
  private List<Schedule> chosen(List<Schedule> schedules) {
    if (form == null) {
      return schedules;
    }
    List<String> names = schedules.stream().map(Schedule::form).toList();
    return List.of(schedules.get(DumpCommand.position("form", form, names)));
  }

  private void explain(Path file) {
    Console console = Console.of(spec);
    for (Model model : models(file, console)) {
      Explanation explanation = Explanation.of(model);
      if ((derivative || steps) && !explanation.hasDerivative()) {
        throw new InputException("net " + model.name() + " has no loss to differentiate");
      }
      var parts = new ArrayList<String>();
      parts.add(latex ? explanation.networkInLatex() : explanation.network());
      if (steps) {
        parts.add(latex ? explanation.stepsInLatex() : explanation.steps());
      }
      if (derivative) {
        parts.add(latex ? explanation.derivativeInLatex() : explanation.derivative());
      }
      String streaming = explanation.streaming();
      if (!streaming.isEmpty()) {
        parts.add(latex ? "% " + streaming.stripTrailing().replace("\n", "\n% ") : streaming);
      }
      console.print(String.join("\n", parts).stripTrailing());
    }
  }

  private static Optional<String> page(String name) {
    if (!name.matches("[EW][0-9]{3}")) {
      return Optional.empty();
    }
    try (InputStream in = ExplainCommand.class.getResourceAsStream("/netc/errors/" + name + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> summary(String name) {
    return Arrays.stream(Code.values())
        .filter(known -> known.name().equals(name))
        .findFirst()
        .map(known -> known + ": " + known.summary());
  }

  /** Those of the checker, and those of the parser, which have pages only. */
  private static List<String> known() {
    var known = new ArrayList<String>();
    for (int number = 1; number < 100; number++) {
      String name = "E%03d".formatted(number);
      if (page(name).isPresent()) {
        known.add(name);
      }
    }
    Arrays.stream(Code.values()).map(Code::name).forEach(known::add);
    return known;
  }
}

package netc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import netc.check.CheckResult;
import netc.check.Checker;
import netc.check.Options;
import netc.check.OwnDerivative;
import netc.check.Prelude;
import netc.emit.EmitOptions;
import netc.emit.Emitted;
import netc.emit.ModelToClasses;
import netc.ir.Model;
import netc.ir.Program;
import netc.loop.ScalarType;
import netc.rewrite.Forms;
import netc.runtime.Precision;
import netc.schedule.FormsToSchedules;
import netc.schedule.Schedule;
import netc.source.SourceException;
import netc.source.SourceFile;
import netc.syntax.Parser;
import netc.syntax.Unit;

/** The one road from source to class: parse, check, differentiate and rewrite, schedule, emit. */
public final class Netc {
  /** The version of this compiler, recorded in every class. */
  public static final String VERSION = resource("/netc/version.txt").strip();

  private Netc() {}

  /**
   * The only net of a file.
   *
   * @throws CompileException when the file has an error, no net, or several
   * @throws netc.source.SourceException when it cannot be read
   */
  public static CompiledNet compile(Path file) {
    CompileResult result = compile(SourceFile.read(file), CompileOptions.DEFAULT);
    if (result.hasErrors()) {
      throw new CompileException(result.diagnostics());
    }
    if (result.nets().size() != 1) {
      throw new IllegalArgumentException(file + " has " + result.nets().size() + " nets, not one");
    }
    return result.nets().getFirst();
  }

  /** Every net of a file as class files. */
  public static CompileResult compile(SourceFile source, CompileOptions options) {
    CheckResult checked = check(source, options.sizes());
    return new CompileResult(
        checked.models().stream().map(model -> compile(model, source, options)).toList(),
        checked.diagnostics());
  }

  /** Text to models. */
  public static CheckResult check(SourceFile source, Map<String, Double> sizes) {
    var parsed = Parser.parse(source);
    return parsed
        .unit()
        .map(unit -> check(unit, new Options(sizes)))
        .orElseGet(() -> new CheckResult(List.of(), parsed.diagnostics()));
  }

  private static CheckResult check(Unit unit, Options options) {
    CheckResult checked = Checker.check(unit, Prelude.unit(), options, Netc::imported);
    if (checked.hasErrors()) {
      return checked;
    }
    var diagnostics = new ArrayList<>(checked.diagnostics());
    diagnostics.addAll(
        OwnDerivatives.check(OwnDerivative.in(unit, Prelude.unit(), Netc::imported)));
    return new CheckResult(checked.models(), diagnostics);
  }

  /** {@code std.pooling} is a part of the library; everything else lies beside the importing file. */
  private static SourceFile imported(SourceFile importer, String target, boolean isFile) {
    if (!isFile && Prelude.FILES.contains(target.replace('.', '/') + ".net")) {
      return Prelude.source(target.replace('.', '/') + ".net");
    }
    String path = isFile ? target : target.replace('.', '/') + ".net";
    try {
      return SourceFile.read(Path.of(importer.name()).resolveSibling(path).normalize());
    } catch (InvalidPathException e) {
      throw new SourceException("`" + path + "` is no path", e);
    }
  }

  /** A model to class files. */
  public static CompiledNet compile(Model model, SourceFile source, CompileOptions options) {
    Emitted emitted =
        ModelToClasses.emit(
            model,
            schedules(model, options),
            new EmitOptions(
                real(options), source.fileName(), source.sha256(), VERSION, options.sizes(),
                options.clocked()));
    return new CompiledNet(model, emitted.metadata(), emitted.classes());
  }

  /**
   * A model to loops, one schedule a form: what classes are emitted from. Where a kernel is longer than
   * one method may be, the formulas are split further and scheduled again.
   */
  public static List<Schedule> schedules(Model model, CompileOptions options) {
    SequencedMap<String, Program> forms = Forms.optimised(model, options.inspect());
    for (int times = 1; ; times++) {
      List<Schedule> schedules = FormsToSchedules.of(model, forms, real(options), Forms::binding);
      boolean fits = schedules.stream().allMatch(Schedule::fitsMethods);
      var smaller = fits ? Optional.<SequencedMap<String, Program>>empty() : Forms.split(forms, times);
      if (smaller.isEmpty()) {
        return schedules;
      }
      forms = smaller.get();
    }
  }

  private static ScalarType real(CompileOptions options) {
    return options.precision() == Precision.F32 ? ScalarType.FLOAT : ScalarType.DOUBLE;
  }

  private static String resource(String name) {
    try (InputStream in = Netc.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

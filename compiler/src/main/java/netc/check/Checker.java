package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.errors.SizeErrors;
import netc.check.errors.Warnings;
import netc.ir.Model;
import netc.source.Diagnostics;
import netc.syntax.Declaration;
import netc.syntax.Unit;

/**
 * The text of a file to the models of its nets. Layers are instantiated call by call, so every size is a
 * number; of the prelude only what is used is looked at.
 */
public final class Checker {
  /** Deeply nested expressions are no mistake: 50,000 levels fit. */
  private static final long STACK_BYTES = 256L << 20;

  private Checker() {}

  /** A file that imports nothing but the library. */
  public static CheckResult check(Unit unit, Unit prelude, Options options) {
    return check(unit, prelude, options, ImportedFiles.NONE);
  }

  public static CheckResult check(
      Unit unit, Unit prelude, Options options, ImportedFiles files) {
    var result = new CheckResult[1];
    var failure = new Throwable[1];
    Thread thread =
        new Thread(null, () -> result[0] = checkHere(unit, prelude, options, files), "netc-check", STACK_BYTES);
    thread.setUncaughtExceptionHandler((_, e) -> failure[0] = e);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while checking", e);
    }
    switch (failure[0]) {
      case null -> {
        return result[0];
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure[0]);
    }
  }

  private static CheckResult checkHere(
      Unit unit, Unit prelude, Options options, ImportedFiles files) {
    var diagnostics = new Diagnostics();
    var models = new ArrayList<Model>();
    try {
      new Checker().check(unit, prelude, options, files, diagnostics, models);
    } catch (StackOverflowError _) {
      diagnostics.add(SizeErrors.tooDeep(unit.span()));
    }
    return new CheckResult(diagnostics.hasErrors() ? List.of() : models, diagnostics.list());
  }

  private void check(
      Unit unit,
      Unit prelude,
      Options options,
      ImportedFiles files,
      Diagnostics diagnostics,
      List<Model> models) {
    var uses = new Uses();
    var build = new Build(diagnostics, uses);
    var std = new FileScope(prelude, null, build);
    var file = new Imports(std, build, diagnostics, files).file(unit);
    file.computeAll();
    List<Declaration.Net> nets =
        unit.declarations().stream()
            .filter(d -> d instanceof Declaration.Net)
            .map(Declaration.Net.class::cast)
            .toList();
    if (unit.packageName().isEmpty() && !nets.isEmpty()) {
      build.report(Warnings.noPackage(nets.getFirst().name().span()), null);
    }
    JavaNames.checkNets(nets, build);
    for (Declaration.Net net : nets) {
      Optional<Model> model =
          new NetCheck(net, diagnostics, uses, options)
              .check(file, unit.packageName().orElse(""));
      model.ifPresent(models::add);
    }
  }
}

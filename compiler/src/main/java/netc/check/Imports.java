package netc.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import netc.check.errors.NameErrors;
import netc.source.Diagnostics;
import netc.source.SourceException;
import netc.source.SourceFile;
import netc.syntax.Import;
import netc.syntax.Parser;
import netc.syntax.Unit;

/**
 * The files of a compilation: each is read once, whoever imports it. Its declarations are computed when
 * they are needed; its nets are nobody's business.
 */
final class Imports {
  private final Scope std;
  private final Build build;
  private final Diagnostics diagnostics;
  private final ImportedFiles files;
  private final Map<String, Optional<FileScope>> known = new HashMap<>();
  private final Deque<String> reading = new ArrayDeque<>();

  Imports(Scope std, Build build, Diagnostics diagnostics, ImportedFiles files) {
    this.std = std;
    this.build = build;
    this.diagnostics = diagnostics;
    this.files = files;
  }

  /** The scope of a file, its imports read. */
  FileScope file(Unit unit) {
    var imported = new ImportScope(std);
    reading.push(unit.span().file().name());
    for (Import wanted : unit.imports()) {
      read(wanted).ifPresent(file -> add(wanted, file, imported));
    }
    reading.pop();
    return new FileScope(unit, imported, build);
  }

  private void add(Import wanted, FileScope file, ImportScope imported) {
    String name = wanted.alias().map(a -> a.text()).orElse(wanted.target());
    if (imported.qualified(name).isPresent()) {
      build.report(NameErrors.importedTwice(wanted.span(), name), null);
      return;
    }
    imported.qualify(name, file);
    if (wanted.alias().isPresent()) {
      return;
    }
    for (String declared : file.declaredNames()) {
      if (imported.local(declared).isPresent()) {
        build.report(NameErrors.importsClash(wanted.span(), declared, name), null);
        return;
      }
    }
    imported.open(file);
  }

  /** Empty when it cannot be read, which is reported. */
  private Optional<FileScope> read(Import wanted) {
    SourceFile source;
    try {
      source = files.find(wanted.span().file(), wanted.target(), wanted.isFile());
    } catch (SourceException e) {
      build.report(NameErrors.importNotFound(wanted.span(), e.getMessage()), null);
      return Optional.empty();
    }
    if (reading.contains(source.name())) {
      build.report(NameErrors.importCycle(wanted.span(), source.name()), null);
      return Optional.empty();
    }
    Optional<FileScope> before = known.get(source.name());
    if (before == null) {
      var parsed = Parser.parse(source);
      parsed.diagnostics().forEach(diagnostics::add);
      before = parsed.unit().map(this::file);
      before.ifPresent(FileScope::computeAll);
      known.put(source.name(), before);
    }
    return before;
  }
}

package netc.check;

import java.util.List;
import netc.check.errors.CallErrors;
import netc.source.Diagnostic.Edit;
import netc.source.Span;

/** The edits that make a vector of an argument with several axes. */
final class Flattening {
  private Flattening() {}

  /** Empty when there is no simple way. */
  static List<Edit> edits(int wanted, CallErrors.Given given, Build build, Context context) {
    Span span = given.span();
    String text = span.text();
    int axes = given.shape().size();
    if (wanted != 1 || axes < 2 || !text.matches("[\\p{L}_][\\p{L}\\p{Nd}_']*")) {
      return List.of();
    }
    if (axes == 3) {
      return List.of(new Edit(span, text + " |> flatten"));
    }
    var statement = build.statement();
    boolean isFree =
        List.of("flat", "i", "j").stream().allMatch(n -> context.scope().find(n).isEmpty());
    if (axes != 2 || statement.isEmpty() || statement.get().file() != span.file() || !isFree) {
      return List.of();
    }
    int start = statement.get().start();
    int line = span.file().lineStart(span.file().line(start));
    String indent = span.file().text().substring(line, start);
    String definition = "flat[(i,j)] = " + text + "[i,j]\n" + (indent.isBlank() ? indent : "  ");
    return List.of(
        new Edit(new Span(span.file(), start, start), definition), new Edit(span, "flat"));
  }
}

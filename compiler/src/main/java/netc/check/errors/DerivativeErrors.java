package netc.check.errors;

import java.util.List;
import netc.source.Diagnostic;
import netc.source.Span;

/** What {@code diff} cannot take. */
public final class DerivativeErrors {
  private DerivativeErrors() {}

  public static Diagnostic wrongCount(Span span, int given) {
    return Report.of(Code.E311, "`diff` takes two arguments, not " + given)
        .at(span)
        .help("diff(u, x) is the derivative of u by x")
        .build();
  }

  public static Diagnostic byNoName(Span span) {
    return Report.of(Code.E311, "`diff` differentiates by a name")
        .at(span, "this is no real input, data argument or definition")
        .help("give it a name in a line of its own, before what depends on it")
        .build();
  }

  public static Diagnostic byShared(Span span, String name) {
    return Report.of(Code.E311, "`diff` differentiates by what differs per example")
        .at(span, "`" + name + "` is the same for all examples")
        .note("the gradient by parameters is what training computes; there is no need to write it")
        .build();
  }

  public static Diagnostic ofTensor(Span span, List<Integer> shape) {
    return Report.of(Code.E311, "`diff` takes the derivative of one number per example")
        .at(span, Wording.has(shape))
        .help("choose an element, such as u[0], or a sum over them")
        .build();
  }

  public static Diagnostic underIndex(Span span, String index) {
    return Report.of(Code.E311, "`diff` cannot stand under an index")
        .at(span, "this differs per `" + index + "`")
        .note("it would need a derivative for each value of the index")
        .build();
  }

  public static Diagnostic through(Span span, String what, int line) {
    return Report.of(Code.E311, "`diff` cannot go through " + what)
        .at(span)
        .note("the path runs through line " + line)
        .build();
  }
}

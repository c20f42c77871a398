package netc.check.errors;

import java.util.Locale;
import java.util.Optional;
import netc.source.Diagnostic;
import netc.source.Span;

/** What is legal and probably not meant. */
public final class Warnings {
  private Warnings() {}

  public static Diagnostic noPackage(Span span) {
    var start = new Span(span.file(), 0, 0);
    return Report.of(Code.W504, "this file has no package")
        .at(span, "its class will be in the unnamed package, which other packages cannot import")
        .fix("begin the file with   package demo", start, "package demo\n\n")
        .build();
  }

  public static Diagnostic unusedParameter(Span span, String path) {
    return Report.of(Code.W502, "parameter `" + path + "` is never used")
        .at(span)
        .note("it is kept in weight files and stays as it starts")
        .build();
  }

  public static Diagnostic noGradient(Span span, String path, Optional<String> usedIn) {
    return Report.of(
            Code.W502, "parameter `" + path + "` gets no gradient: nothing between it and a loss")
        .at(span, usedIn.map(u -> "used only in " + u).orElse(""))
        .note("it stays as it starts; what is not trained is a `state`")
        .build();
  }

  public static Diagnostic randomPrediction(Span span, String output, String sample) {
    return Report.of(Code.W506, "output `" + output + "` is random: it depends on `" + sample + "`")
        .at(span)
        .note("predictions draw from the workspace's seed")
        .help("draw in training only:   if training then … else …")
        .build();
  }

  public static Diagnostic noPath(Span span, String of, String by) {
    return Report.of(Code.W507, "`" + of + "` does not depend on `" + by + "`: its derivative is 0")
        .at(span)
        .build();
  }

  /**
   * @param at a value of the parameter where the two differ
   */
  public static Diagnostic wrongDerivative(
      String function,
      Span value,
      Span derivative,
      String parameter,
      double at,
      double claimed,
      double actual) {
    return Report.of(Code.W508, "the `deriv` of `" + function + "` is not its derivative")
        .at(derivative, "%s at %s = %s".formatted(rounded(claimed), parameter, rounded(at)))
        .at(value, "changes there by %s for each 1 of %s".formatted(rounded(actual), parameter))
        .note("a gradient that shall differ is written as   " + parameter + " + stop(f(" + parameter + ") - "
            + parameter + ")   : the value of f, the gradient of " + parameter)
        .build();
  }

  private static String rounded(double number) {
    return String.format(Locale.ROOT, "%.6g", number);
  }

  public static Diagnostic transposition(
      String index, Span first, String declared, Span second, String used, int size) {
    return Report.of(
            Code.W503,
            "`" + index + "` runs over axis " + declared + " and over axis " + used)
        .at(second, "axis " + used)
        .at(first, "axis " + declared)
        .note("both are " + size + ", so this is legal — and usually a transposition")
        .note("if it is meant, write the range:   " + index + " in " + declared)
        .build();
  }

  public static Diagnostic transpositionInLayer(
      String index, Span first, String declared, Span second, String used) {
    return Report.of(
            Code.E308,
            "`" + index + "` runs over axis " + declared + " and over axis " + used)
        .at(second, "axis " + used)
        .at(first, "axis " + declared)
        .note("the signature promises that " + declared + " and " + used + " may differ")
        .note("swap the subscripts, or declare both axes by one name")
        .build();
  }

  public static Diagnostic logarithm(Span argument, Span call) {
    return Report.of(
            Code.W501, "log(softmax(z)) loses accuracy; it is compiled as log_softmax(z)")
        .at(call)
        .context(argument, "a result of softmax")
        .note("write log_softmax(z) to silence this")
        .build();
  }

  public static Diagnostic lossOfProbability(Span argument, String loss, String of, Span call) {
    return Report.of(Code.W501, "`" + loss + "` takes logits, but this is a result of " + of)
        .at(argument, "has been through " + of + " already")
        .context(call, "applies it again")
        .note("give it what went into " + of)
        .build();
  }
}

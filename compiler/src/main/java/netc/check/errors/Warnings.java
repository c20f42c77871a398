package netc.check.errors;

import netc.source.Diagnostic;
import netc.source.Span;

/** What is legal and probably not meant. */
public final class Warnings {
  private Warnings() {}

  public static Diagnostic noPackage(Span span) {
    return Report.of(Code.W504, "this file has no package")
        .at(span, "its class will be in the unnamed package, which other packages cannot import")
        .help("begin the file with   package demo")
        .build();
  }

  public static Diagnostic unusedParameter(Span span, String path) {
    return Report.of(Code.W502, "parameter `" + path + "` is never used").at(span).build();
  }

  public static Diagnostic noGradient(Span span, String path) {
    return Report.of(
            Code.W502, "parameter `" + path + "` gets no gradient: nothing between it and a loss")
        .at(span)
        .note("it stays as it starts")
        .build();
  }

  public static Diagnostic randomPrediction(Span span, String output, String sample) {
    return Report.of(Code.W506, "output `" + output + "` is random: it depends on `" + sample + "`")
        .at(span)
        .note("predictions draw from the workspace's seed")
        .help("draw in training only:   if training then … else …")
        .build();
  }

  public static Diagnostic transposition(
      String index, Span first, String declared, Span second, String used, int size) {
    return Report.of(
            Code.W503,
            "index `" + index + "` is used on axis " + declared + " and on axis " + used)
        .at(second, "axis " + used)
        .at(first, "axis " + declared)
        .note("both are " + size + ", so this is legal — and usually a transposition")
        .build();
  }

  public static Diagnostic transpositionInLayer(
      String index, Span first, String declared, Span second, String used) {
    return Report.of(
            Code.E308,
            "index `" + index + "` is used on axis " + declared + " and on axis " + used)
        .at(second, "axis " + used)
        .at(first, "axis " + declared)
        .note("the layer promises to work when " + declared + " and " + used + " differ")
        .help("swap the subscripts, or declare both axes by one name")
        .build();
  }
}

package netc.check.errors;

import java.util.List;
import netc.source.Diagnostic;
import netc.source.Span;

/** Shapes that do not go together. */
public final class ShapeErrors {
  private ShapeErrors() {}

  /** Something in the text and its shape. */
  public record Shaped(Span span, List<Integer> shape) {}

  public static Diagnostic cannotCombine(String operator, Span whole, Shaped a, Shaped b) {
    return Report.of(
            Code.E302, "shapes " + a.shape + " and " + b.shape + " cannot be combined by `" + operator + "`")
        .at(b.span, Wording.text(b.span) + " has shape " + b.shape)
        .at(a.span, Wording.text(a.span) + " has shape " + a.shape)
        .note("there is no broadcasting here except a single number with a tensor")
        .note(
            "to combine them index by index, name the indices, e.g.   z[i,j] = x[i] "
                + operator
                + " b[j]")
        .build();
  }

  public static Diagnostic branchesDiffer(Shaped then, Shaped otherwise) {
    return Report.of(Code.E302, "the two branches of `if` have different shapes")
        .at(otherwise.span, "has shape " + otherwise.shape)
        .at(then.span, "has shape " + then.shape)
        .build();
  }

  public static Diagnostic notOneNumber(
      Span statement, String kind, String name, Span value, List<Integer> shape) {
    String text = Wording.text(value);
    String what = kind.equals("loss") ? "one number per example" : "one number";
    var report =
        Report.of(Code.E301, "a " + kind + " must be " + what).at(value, "shape " + shape);
    report
        .fix(
            "add over everything:   " + kind + " " + name + " = sum(" + text + ")",
            value,
            "sum(" + value.text() + ")")
        .fix(
            "or average:   " + kind + " " + name + " = mean(" + text + ")",
            value,
            "mean(" + value.text() + ")");
    if (kind.equals("loss")) {
      report.note("the mean over the batch is taken for you");
    }
    return report.build();
  }

  public static Diagnostic tooManySubscripts(
      Span span, String tensor, List<Integer> shape, int given) {
    return Report.of(
            Code.E306,
            "`" + tensor + "` has " + Wording.axes(shape.size()) + ", but " + given
                + (given == 1 ? " subscript is given" : " subscripts are given"))
        .at(span, tensor + " is " + (shape.isEmpty() ? "a single number" : "of shape " + shape))
        .build();
  }

  public static Diagnostic outsideShape(Span span, List<Integer> given, List<Integer> wanted) {
    return Report.of(Code.E302, "what lies outside must be a number or have the shape of what is read")
        .at(span, "this has " + Wording.shape(given) + ", what is read has " + Wording.shape(wanted))
        .build();
  }

  public static Diagnostic notAsDeclared(
      Span span, String name, List<Integer> actual, Span declared, List<Integer> wanted) {
    return Report.of(
            Code.E302,
            "`" + name + "` has " + Wording.shape(actual) + ", but is declared with " + Wording.shape(wanted))
        .at(span)
        .at(declared, "declared here")
        .build();
  }

  public static Diagnostic joinTooLong(Span span) {
    return Report.of(Code.E206, "the joined axis is too long").at(span).build();
  }
}

package netc.check.errors;

import java.util.List;
import java.util.Optional;
import netc.source.Diagnostic;
import netc.source.Span;

/** Shapes that do not go together. */
public final class ShapeErrors {
  private ShapeErrors() {}

  /**
   * Something in the text and its shape.
   *
   * @param declared where it is defined, if it is a name
   */
  public record Shaped(Span span, List<Integer> shape, Optional<Span> declared) {
    public Shaped(Span span, List<Integer> shape) {
      this(span, shape, Optional.empty());
    }

    private String text() {
      String place =
          declared.map(d -> " (declared at " + d.file().name() + ":" + d.place().line() + ")").orElse("");
      return Wording.text(span) + " " + Wording.has(shape) + place;
    }

    /** {@code x[i,j]}. */
    private String element(String letters) {
      String name = Wording.isName(span.text()) ? span.text() : "(" + Wording.text(span) + ")";
      return name + "[" + String.join(",", letters.split("")) + "]";
    }
  }

  /** {@code a + b} or {@code max(a, b)} of two shapes. */
  public static Diagnostic cannotCombine(String operator, Shaped a, Shaped b) {
    var report =
        Report.of(
                Code.E302,
                "shapes " + a.shape + " and " + b.shape + " cannot be combined by `" + operator + "`")
            .at(b.span, b.text())
            .at(a.span, a.text())
            .note("there is no broadcasting here except a single number with a tensor");
    return report.note("index by index it could be   " + byIndex(operator, a, b)).build();
  }

  /** The shapes with names for their axes: equal trailing axes get the same letters. */
  private static String byIndex(String operator, Shaped a, Shaped b) {
    boolean isLeft = a.shape.size() >= b.shape.size();
    Shaped longer = isLeft ? a : b;
    Shaped shorter = isLeft ? b : a;
    String letters = "ijklmn".substring(0, Math.min(6, longer.shape.size()));
    int skipped = longer.shape.size() - shorter.shape.size();
    boolean isSuffix =
        skipped > 0 && longer.shape.subList(skipped, longer.shape.size()).equals(shorter.shape);
    boolean isPrefix =
        skipped > 0 && longer.shape.subList(0, shorter.shape.size()).equals(shorter.shape);
    String others = "pqrstu".substring(0, Math.min(6, shorter.shape.size()));
    if (longer.shape.size() == 1 && shorter.shape.size() == 1) {
      others = "j";
    }
    String own =
        isSuffix
            ? letters.substring(skipped)
            : isPrefix ? letters.substring(0, shorter.shape.size()) : others;
    String all = isSuffix || isPrefix ? letters : letters + own;
    String left = a.element(isLeft ? letters : own);
    String right = b.element(isLeft ? own : letters);
    String value =
        Character.isLetter(operator.charAt(0))
            ? operator + "(" + left + ", " + right + ")"
            : left + " " + operator + " " + right;
    return "z[" + String.join(",", all.split("")) + "] = " + value;
  }

  /** {@code [a, b]} or {@code concat(a, b)} of shapes that cannot be put together. */
  public static Diagnostic cannotJoin(boolean isStack, Span whole, Shaped a, Shaped b) {
    var report =
        Report.of(
            Code.E302, (isStack ? "what is stacked" : "what `concat` joins") + " does not fit together");
    return report
        .at(b.span, Wording.has(b.shape))
        .at(a.span, Wording.has(a.shape))
        .note(
            isStack
                ? "`[a, b]` stacks equal shapes along a new first axis"
                : "`concat(a, b)` joins along the first axis; the other axes must be equal")
        .build();
  }

  public static Diagnostic branchesDiffer(Shaped then, Shaped otherwise) {
    return Report.of(Code.E302, "the two branches of this `if` have different shapes")
        .at(otherwise.span, Wording.has(otherwise.shape))
        .at(then.span, Wording.has(then.shape))
        .build();
  }

  public static Diagnostic notOneNumber(
      String kind, String name, Span value, List<Integer> shape) {
    String text = Wording.text(value);
    String what = kind.equals("loss") ? "one number per example" : "one number";
    var report =
        Report.of(Code.E301, "a " + kind + " must be " + what)
            .at(value, "has shape " + shape)
            .fix(
                "add over all elements         " + kind + " " + name + " = sum(" + text + ")",
                value,
                "sum(" + value.text() + ")")
            .fix(
                "or average over them          " + kind + " " + name + " = mean(" + text + ")",
                value,
                "mean(" + value.text() + ")");
    return kind.equals("loss")
        ? report.note("the mean over the batch is taken for you").build()
        : report.build();
  }

  public static Diagnostic tooManySubscripts(
      Span span, String tensor, List<Integer> shape, int given) {
    if (shape.isEmpty()) {
      return Report.of(Code.E306, "`" + tensor + "` is a single number and has no elements")
          .at(span)
          .build();
    }
    return Report.of(
            Code.E306,
            "`" + tensor + "` has " + Wording.axes(shape.size()) + ", but "
                + Wording.count(given, "subscript") + (given == 1 ? " is" : " are") + " given")
        .at(span, tensor + " has shape " + shape)
        .build();
  }

  public static Diagnostic outsideShape(Span span, List<Integer> given, List<Integer> wanted) {
    return Report.of(Code.E302, "what lies outside must be a number or have the shape of what is read")
        .at(span, "this " + Wording.has(given) + ", what is read " + Wording.has(wanted))
        .build();
  }

  public static Diagnostic notAsDeclared(
      Span span, String name, List<Integer> actual, Span declared, List<Integer> wanted) {
    return Report.of(
            Code.E302,
            "`" + name + "` " + Wording.has(actual) + ", but is declared "
                + (wanted.isEmpty() ? "as a single number" : "with shape " + wanted))
        .at(span, Wording.has(actual))
        .context(declared, "declared here")
        .build();
  }

  public static Diagnostic joinTooLong(Span span) {
    return Report.of(Code.E206, "the joined axis is too long for an array").at(span).build();
  }
}

package netc.syntax;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import netc.source.SourceFile;
import netc.source.Span;
import org.antlr.v4.runtime.Token;

/** Texts that are nearly right: words changed, or one expression put in the place of another. */
public final class Mutants {
  private static final List<String> WORDS =
      List.of(
          "0", "-1", "1000000000", "9223372036854775807", "1.5", "i", "j", "x", "batch", "training",
          "inf", "pi", "softmax", "dense", "(", ")", "[", "]", "{", "}", "else", "if", "then", "sum",
          "mean", "count", "argmax", "~", "@", "|>", "..", "..=", "in", "for", "let", "param", "state",
          "loss", "metric", "penalty", "fit", "update", "real", "index", "bool", "fn", "layer",
          "assert", "div", "mod", "clamp", "wrap", "concat", "diff", "stop", "sample", "scan", "true",
          "\"a\"", ":", ",", "=", "==", "<", "*", "/", "+", "-", "^", "and", "not", "->", "deriv",
          "output", "input", "target");

  private final List<SourceFile> files;
  private final Random random;

  public Mutants(List<SourceFile> files, long seed) {
    this.files = files;
    this.random = new Random(seed);
  }

  public String next() {
    SourceFile file = any(files);
    Optional<Unit> unit = Parser.parse(file).unit();
    return unit.isPresent() && random.nextInt(10) < 7
        ? otherExpression(file, unit.get())
        : otherWords(file);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  // ---------- words ----------

  private String otherWords(SourceFile file) {
    var words = new ArrayList<String>();
    for (Token token : Words.of(file).all()) {
      if (token.getType() != Token.EOF) {
        words.add(token.getText());
      }
    }
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && !words.isEmpty(); i++) {
      int at = random.nextInt(words.size());
      String other = random.nextBoolean() ? any(WORDS) : any(words);
      switch (random.nextInt(4)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, other + " ");
        case 2 -> words.add(at, words.get(at));
        default -> words.set(at, other);
      }
    }
    return String.join("", words);
  }

  // ---------- expressions ----------

  private String otherExpression(SourceFile file, Unit unit) {
    var places = new ArrayList<Span>();
    expressions(unit, places);
    if (places.isEmpty()) {
      return file.text();
    }
    Span place = any(places);
    String other = changed(any(places).text());
    String text = file.text();
    return text.substring(0, place.start()) + other + text.substring(place.end());
  }

  private String changed(String text) {
    String e = text.matches("[\\w.]+") || random.nextInt(4) == 0 ? text : "(" + text + ")";
    return switch (random.nextInt(24)) {
      case 0 -> "(-" + e + ")";
      case 1 -> "sum(" + text + ")";
      case 2 -> "real(" + text + ")";
      case 3 -> "(" + text + "+1)";
      case 4 -> "stop(" + text + ")";
      case 5 -> "[" + text + ", " + text + "]";
      case 6 -> "concat(" + text + ", " + text + ")";
      case 7 -> "(if " + e + " > 0 then " + e + " else 0)";
      case 8 -> "argmax(" + text + ")";
      case 9 -> "(mean[batch] " + e + ")";
      case 10 -> "div(" + text + ", 2)";
      case 11 -> any(WORDS);
      default -> e;
    };
  }

  /** The places of all expressions of a tree of records. */
  private static void expressions(Object node, List<Span> found) {
    switch (node) {
      case Optional<?> optional -> optional.ifPresent(o -> expressions(o, found));
      case List<?> list -> list.forEach(o -> expressions(o, found));
      case Span _ -> {}
      case Record record -> {
        if (record instanceof Expression expression) {
          found.add(expression.span());
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          expressions(value(record, component), found);
        }
      }
      default -> {}
    }
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}

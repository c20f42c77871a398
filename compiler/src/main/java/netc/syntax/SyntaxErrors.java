package netc.syntax;

import java.util.List;
import java.util.Map;
import netc.source.Diagnostic;
import netc.source.Diagnostic.Edit;
import netc.source.Span;

/** The wording of what can be wrong with the text itself: E001 to E014. */
final class SyntaxErrors {
  /** What to call a value whose name the language keeps for itself. */
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("mean", "mu"),
          Map.entry("sum", "total"),
          Map.entry("prod", "product"),
          Map.entry("max", "highest"),
          Map.entry("min", "lowest"),
          Map.entry("argmax", "best"),
          Map.entry("argmin", "nearest"),
          Map.entry("any", "some"),
          Map.entry("all", "every"),
          Map.entry("count", "n"),
          Map.entry("Σ", "sigma"),
          Map.entry("Π", "product"),
          Map.entry("batch", "rows"),
          Map.entry("real", "value"),
          Map.entry("training", "is_training"),
          Map.entry("param", "weight"),
          Map.entry("net", "network"));

  /** What a letter means in other languages, and how it is said here. */
  private static final Map<String, String> OTHER_LANGUAGES =
      Map.of(
          "#", "a comment begins with   //",
          "'", "a text stands between   \"  \"",
          "%", "the remainder is written   mod(a, b)",
          "&", "both conditions:   a and b",
          "|", "one of two conditions:   a or b",
          "\\", "no sign is needed to go on in the next line");

  private SyntaxErrors() {}

  // ---------- E001: what stands here, what was expected ----------

  static Diagnostic unexpected(String found, Span place, String expected) {
    return Diagnostic.error("E001", "I did not expect " + found + " here")
        .at(place, "expected " + expected);
  }

  static Diagnostic endsTooEarly(Span place, String expected) {
    return Diagnostic.error("E001", "this line ends too early").at(place, "expected " + expected);
  }

  static Diagnostic withHint(Diagnostic diagnostic, String hint, Edit... edits) {
    return diagnostic.help(hint, edits);
  }

  static Diagnostic withAdvice(Diagnostic diagnostic, String advice) {
    return diagnostic.note(advice);
  }

  static Diagnostic withOpening(Diagnostic diagnostic, Span opening) {
    return diagnostic.context(opening, "inside this `" + opening.text() + "`");
  }

  // ---------- E002: brackets ----------

  static Diagnostic unclosed(Span opening, Span seen, String what, String closing) {
    return Diagnostic.error("E002", "this `" + opening.text() + "` is never closed")
        .at(opening)
        .context(seen, "`" + closing + "` is missing before " + what);
  }

  static Diagnostic closesOther(Span closing, Span opening, String fitting) {
    return Diagnostic.error(
            "E002", "`" + closing.text() + "` does not close `" + opening.text() + "`")
        .at(closing, "expected `" + fitting + "`")
        .context(opening, "opened here");
  }

  static Diagnostic closesNothing(Span closing) {
    return Diagnostic.error("E002", "this `" + closing.text() + "` closes nothing")
        .at(closing)
        .help("remove it, or look for the bracket that should open it");
  }

  // ---------- E003: texts and comments that do not end ----------

  static Diagnostic unclosedText(Span text) {
    return Diagnostic.error("E003", "this text does not end")
        .at(text, "no closing `\"` in this line");
  }

  static Diagnostic unclosedComment(Span opening) {
    return Diagnostic.error("E003", "this comment does not end")
        .at(opening, "no `*/` follows, so the rest of the file is a comment");
  }

  // ---------- E004: letters ----------

  static Diagnostic badLetter(String letter, List<Span> places) {
    var diagnostic =
        Diagnostic.error("E004", "the letter " + shown(letter) + " has no meaning here")
            .at(places.getFirst());
    if (places.size() > 1) {
      diagnostic = diagnostic.note(moreTimes(places.size() - 1));
    }
    return OTHER_LANGUAGES.containsKey(letter)
        ? diagnostic.help(OTHER_LANGUAGES.get(letter))
        : diagnostic;
  }

  static Diagnostic otherSpelling(String letter, String spelling, List<Span> places) {
    var edits = places.stream().map(place -> new Edit(place, spelling)).toList();
    var diagnostic =
        Diagnostic.error("E004", "the language writes `" + spelling.strip() + "` for " + shown(letter))
            .at(places.getFirst());
    if (places.size() > 1) {
      diagnostic = diagnostic.note(moreTimes(places.size() - 1));
    }
    return diagnostic.help("write   " + spelling.strip(), edits);
  }

  private static String moreTimes(int times) {
    return "it stands at " + times + " more place" + (times == 1 ? "" : "s") + " in this file";
  }

  private static String shown(String letter) {
    int point = letter.codePointAt(0);
    boolean isVisible = Character.getType(point) != Character.FORMAT && point > ' '
        && !Character.isISOControl(point) && !Character.isSpaceChar(point);
    String number = "U+%04X".formatted(point);
    return isVisible ? "`" + letter + "`" + (point < 0x80 ? "" : " (" + number + ")") : number;
  }

  // ---------- E005: an operator at the end of a line ----------

  static Diagnostic endsWithOperator(Span operator, int line, Span next) {
    return Diagnostic.error("E005", "line " + line + " ends with `" + operator.text() + "`")
        .at(operator, "something is missing behind it")
        .context(next, "a new statement begins here");
  }

  // ---------- E006: superscripts ----------

  static Diagnostic looseSuperscript(Span whole, String base, String superscript) {
    String meant = base + "@(" + superscript + ")";
    return Diagnostic.error("E006", "`" + whole.text() + "` means `(" + minus(whole) + "`")
        .at(whole)
        .note("behind `@` stands one number or one name; more needs parentheses")
        .help("write   " + meant, new Edit(whole, meant));
  }

  /** {@code h@l-1} as it is read: {@code h@l) - 1}. */
  private static String minus(Span whole) {
    return whole.text().replaceFirst("\\s*([-+])\\s*", ") $1 ");
  }

  // ---------- E007, E008: comparisons ----------

  static Diagnostic chainedComparison(Span whole, Span second, String middle) {
    return Diagnostic.error("E007", "a comparison has two sides")
        .at(second, "this is a second comparison")
        .help(
            "say it twice:   " + new Joined(whole, second, " and " + middle).text(),
            new Edit(new Span(second.file(), second.start(), second.start()), "and " + middle + " "));
  }

  /** The text of {@code whole} with a piece put in before {@code place}. */
  private record Joined(Span whole, Span place, String piece) {
    String text() {
      int at = place.start() - whole.start();
      String text = whole.text();
      return text.substring(0, at).stripTrailing() + piece + " " + text.substring(at);
    }
  }

  static Diagnostic comparedReduction(String operator, Span reduce, Span body, Span right) {
    Span inside = body.to(right);
    String head = before(reduce, body);
    return Diagnostic.error("E008", "`" + head.strip() + "` stops at the `" + operator + "`")
        .at(reduce, "this is all it reaches")
        .help(
            "to compare inside        " + head + "(" + inside.text() + ")", parentheses(inside))
        .help(
            "to compare the result    (" + reduce.text() + ")" + after(reduce, right),
            parentheses(reduce));
  }

  private static String before(Span whole, Span part) {
    return whole.file().text().substring(whole.start(), part.start());
  }

  private static String after(Span part, Span last) {
    return part.file().text().substring(part.end(), last.end());
  }

  private static List<Edit> parentheses(Span span) {
    return List.of(
        new Edit(new Span(span.file(), span.start(), span.start()), "("),
        new Edit(new Span(span.file(), span.end(), span.end()), ")"));
  }

  // ---------- E009, E010: what other languages have ----------

  /** @param length how many elements it has, as text */
  static Diagnostic slice(Span range, String defined, String length, String name, String first) {
    String index = first.equals("0") ? "i" : "i + " + first;
    return Diagnostic.error("E009", "there are no slices")
        .at(range)
        .note("a part of a tensor is a definition with a written range")
        .help(
            "write   %s[i in %s] = %s[%s]".formatted(defined, length, name, index));
  }

  static Diagnostic secondTilde(Span comma, String keyword) {
    return Diagnostic.error("E010", "one statement has one `~`")
        .at(comma)
        .note("the names before the `~` share it:   " + keyword + " w[3], v[3] ~ zeros")
        .help("begin a new statement:   " + keyword + " …", new Edit(comma, "\n  " + keyword));
  }

  // ---------- E011: pipes and ifs inside other expressions ----------

  static Diagnostic pipeNeedsParentheses(Span left, Span operand, Span pipe) {
    Span narrow = new Span(pipe.file(), operand.start(), pipe.end());
    return Diagnostic.error("E011", "it is not clear how much goes into this pipe")
        .at(left, "all this?")
        .help(
            "put parentheses: `" + before(pipe, operand) + "(" + narrow.text() + ")`",
            parentheses(narrow))
        .help("or, if all of it goes in: `(" + left.text() + ")" + after(left, pipe) + "`",
            parentheses(left));
  }

  static Diagnostic operandNeedsParentheses(String what, Span operand, Span whole) {
    return Diagnostic.error("E011", what + " needs parentheses here")
        .at(operand)
        .help(
            "put parentheses: `"
                + before(whole, operand)
                + "("
                + operand.text()
                + ")"
                + after(operand, whole)
                + "`",
            parentheses(operand));
  }

  static Diagnostic pipeTarget(Span target) {
    return Diagnostic.error("E011", "behind `|>` stands a name with its arguments, nothing more")
        .at(target)
        .note("to take an element of the result, define it first and index it then");
  }

  // ---------- E012: reserved names ----------

  static Diagnostic reserved(Span name, boolean isReduction) {
    String text = name.text();
    String kind = isReduction ? "a reduction" : "a word of the language";
    String other = OTHER_NAMES.getOrDefault(text, text + "_");
    return Diagnostic.error("E012", "`" + text + "` is " + kind + "; call it `" + other + "`")
        .at(name, "a name of your own is needed here");
  }

  static Diagnostic reductionAsValue(Span name) {
    String text = name.text();
    String other = OTHER_NAMES.getOrDefault(text, text + "_");
    String kind = text.equals("real") ? "a conversion" : "a reduction";
    String use = text.equals("real") ? "real(y)" : text + "[k] w[k]";
    return Diagnostic.error("E012", "`" + text + "` is " + kind + ", not a value")
        .at(name)
        .note("it is written   " + use)
        .note("a value of your own needs another name; call it `" + other + "`");
  }

  static Diagnostic softKeywordAsPlainName(Span name, String what) {
    return Diagnostic.error("E012", "`" + name.text() + "` begins a statement")
        .at(name, "so it cannot name " + what)
        .help("call it `" + name.text() + "_`", new Edit(name, name.text() + "_"));
  }

  // ---------- E013, E014: numbers, texts and depth ----------

  static Diagnostic badNumber(Span number, String why) {
    return Diagnostic.error("E013", "`" + abbreviated(number.text()) + "` is no number")
        .at(number, why);
  }

  static Diagnostic badNumber(Span number, String why, String meant) {
    return badNumber(number, why).help("write   " + meant, new Edit(number, meant));
  }

  static Diagnostic badEscape(Span escape) {
    return Diagnostic.error("E013", "a text has no `" + escape.text() + "`")
        .at(escape)
        .note("there are   \\\"  \\\\  \\n  \\t")
        .help("for a backslash write   \\\\", new Edit(escape, "\\" + escape.text()));
  }

  private static String abbreviated(String text) {
    return text.length() <= 24 ? text : text.substring(0, 20) + "…";
  }

  static Diagnostic tooDeep(Span place) {
    return Diagnostic.error("E014", "this is nested too deeply")
        .at(place)
        .note(
            "there may be %d brackets inside each other, and %d operators in one expression"
                .formatted(Nesting.DEEPEST_BRACKETS, Nesting.DEEPEST_TREE))
        .help("give a part of it a name of its own");
  }
}

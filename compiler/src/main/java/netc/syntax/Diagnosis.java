package netc.syntax;

import java.util.Optional;
import java.util.Set;
import netc.grammar.NetLexer;
import netc.source.Diagnostic;
import netc.source.Span;

/**
 * Says what is wrong where the parser stopped. The likeliest mistakes are looked for first; what
 * none of them explains becomes "I did not expect this here".
 */
final class Diagnosis {
  /** Words that belong between expressions: where one stands, a name was not meant. */
  private static final Set<String> CONNECTIVES =
      Set.of("then", "else", "in", "and", "or", "not", "deriv", "if", "as", "for");

  private final Code code;
  private final Spans spans;
  private final Attempt.Failure<?> failure;
  private final int at;
  private final Expected expected;

  private Diagnosis(Code code, Spans spans, Attempt.Failure<?> failure) {
    this.code = code;
    this.spans = spans;
    this.failure = failure;
    this.at = failure.position();
    this.expected = Expected.at(code, failure);
  }

  static Diagnostic of(Code code, Spans spans, Attempt.Failure<?> failure) {
    var diagnosis = new Diagnosis(code, spans, failure);
    return new BracketHints(code, spans, failure)
        .openAtNewStatement()
        .or(diagnosis::operatorAtLineEnd)
        .or(diagnosis::looseSuperscript)
        .or(diagnosis::slice)
        .or(diagnosis::secondTilde)
        .or(diagnosis::reservedName)
        .or(() -> new BracketHints(code, spans, failure).atBracketOrEnd())
        .orElseGet(diagnosis::unexpected);
  }

  private Span span(int position) {
    return spans.of(code.token(position));
  }

  private Optional<Diagnostic> operatorAtLineEnd() {
    int begun = Recovery.begunStatement(code, failure);
    if (begun <= 0 || !code.isOperator(begun - 1)) {
      return Optional.empty();
    }
    return Optional.of(
        SyntaxErrors.endsWithOperator(span(begun - 1), code.line(begun - 1), span(begun)));
  }

  /** {@code h@l+1 = …} and {@code h@l-1[k]}: the sign ended the superscript. */
  private Optional<Diagnostic> looseSuperscript() {
    int sign = isSign(at) ? at : isSign(at - 2) ? at - 2 : -1;
    boolean isSuperscript =
        sign > 2
            && code.text(sign - 2).equals("@")
            && code.touchesNext(sign - 1)
            && code.touchesNext(sign)
            && (code.isName(sign + 1) || code.type(sign + 1) == NetLexer.INT);
    if (!isSuperscript) {
      return Optional.empty();
    }
    Span whole = spans.of(code.token(sign - 3), code.token(sign + 1));
    String superscript = spans.of(code.token(sign - 1), code.token(sign + 1)).text();
    return Optional.of(
        SyntaxErrors.looseSuperscript(whole, code.text(sign - 3), superscript));
  }

  private boolean isSign(int position) {
    return code.text(position).equals("+") || code.text(position).equals("-");
  }

  private Optional<Diagnostic> slice() {
    if (!code.text(at).equals("..") && !code.text(at).equals("..=")) {
      return Optional.empty();
    }
    int opening = code.openBefore(at).isEmpty() ? -1 : code.openBefore(at).peek();
    boolean isAccess = opening > 0 && code.text(opening).equals("[") && code.isName(opening - 1);
    int closing = at + 1;
    while (!code.isEnd(closing) && !code.isClosing(closing) && !code.text(closing).equals(",")) {
      closing++;
    }
    if (!isAccess || closing == at + 1 || code.isEnd(closing)) {
      return Optional.empty();
    }
    int first = at - 1;
    while (first > opening + 1 && !code.text(first - 1).equals(",")) {
      first--;
    }
    Span range = spans.of(code.token(first), code.token(closing - 1));
    String start = spans.of(code.token(first), code.token(at - 1)).text();
    String end = spans.of(code.token(at + 1), code.token(closing - 1)).text();
    boolean isDefinition = code.text(failure.start() + 1).equals("=");
    String defined = isDefinition ? code.text(failure.start()) : "y";
    String length = length(start, end, code.text(at).equals("..="));
    return Optional.of(
        SyntaxErrors.slice(range, defined, length, code.text(opening - 1), start));
  }

  /** How many numbers a range has: a number if both ends are. */
  private static String length(String start, String end, boolean inclusive) {
    if (start.matches("\\d{1,9}") && end.matches("\\d{1,9}")) {
      int length = Integer.parseInt(end) - Integer.parseInt(start) + (inclusive ? 1 : 0);
      return Integer.toString(Math.max(1, length));
    }
    return end + (inclusive ? " + 1" : "") + (start.equals("0") ? "" : " - (" + start + ")");
  }

  private Optional<Diagnostic> secondTilde() {
    String keyword = code.text(failure.start());
    boolean isVariable = Set.of("param", "state", "sample").contains(keyword);
    boolean hasTilde = false;
    for (int i = failure.start(); i < at; i++) {
      hasTilde |= code.text(i).equals("~");
    }
    return isVariable && hasTilde && code.text(at).equals(",") && code.isName(at + 1)
        ? Optional.of(SyntaxErrors.secondTilde(span(at), keyword))
        : Optional.empty();
  }

  private Optional<Diagnostic> reservedName() {
    boolean isCallWord = code.isReduction(at - 1) || code.text(at - 1).equals("real");
    if (isCallWord && expected.has("(") && !expected.name()) {
      return Optional.of(SyntaxErrors.reductionAsValue(span(at - 1)));
    }
    if (expected.plainName() && !expected.expression() && code.isSoftKeyword(at)) {
      return Optional.of(SyntaxErrors.softKeywordAsPlainName(span(at), kindOfPlainName()));
    }
    boolean isBetween =
        CONNECTIVES.contains(code.text(at)) && (expected.expression() || expected.statement());
    boolean isReserved = code.isKeyword(at) && !code.isSoftKeyword(at) && !isBetween;
    boolean isDefined = code.headEnd(at) > at || code.text(at + 1).equals("=");
    boolean isNameWanted = expected.name() && (!expected.statement() || isDefined);
    return isReserved && isNameWanted
        ? Optional.of(SyntaxErrors.reserved(span(at), code.isReduction(at)))
        : Optional.empty();
  }

  private String kindOfPlainName() {
    return switch (code.text(at - 1)) {
      case "fn" -> "a function";
      case "layer" -> "a layer";
      case "net" -> "a net";
      case "for" -> "the variable of a `for`";
      default -> "this";
    };
  }

  private Diagnostic unexpected() {
    int begun = Recovery.begunStatement(code, failure);
    boolean isSameLine = begun > 0 && !code.isFirstOfLine(failure.start());
    if (isSameLine && code.line(failure.start()) < code.line(begun)) {
      // `z = 3 x` and a new line: x was read as the beginning of a statement
      return SyntaxErrors.unexpected(
          found(failure.start()), span(failure.start()), "an operator or a new line");
    }
    boolean isComplete = expected.statement() || expected.has("net");
    if (begun > 0 && !isComplete) {
      int end = spans.end(code.token(begun - 1));
      return SyntaxErrors.endsTooEarly(new Span(spans.file(), end, end), expected.sentence());
    }
    if (code.isEnd(at) && at > 0) {
      int end = spans.end(code.token(at - 1));
      return SyntaxErrors.unexpected(
          found(at), new Span(spans.file(), end, end), expected.sentence());
    }
    return hinted(SyntaxErrors.unexpected(found(at), span(at), expected.sentence()));
  }

  /** Adds what people used to other languages need to hear. */
  private Diagnostic hinted(Diagnostic diagnostic) {
    String word = code.text(at);
    if (word.equals("*") && code.text(at - 1).equals("*")) {
      var power = new Diagnostic.Edit(spans.of(code.token(at - 1), code.token(at)), "^");
      return SyntaxErrors.withHint(diagnostic, "a power is written   a^n", power);
    }
    if (word.equals("=") && expected.has("==")) {
      var equal = new Diagnostic.Edit(span(at), "==");
      return SyntaxErrors.withHint(diagnostic, "a comparison is written `==`", equal);
    }
    if (word.equals("==") && expected.has("=")) {
      var define = new Diagnostic.Edit(span(at), "=");
      return SyntaxErrors.withHint(diagnostic, "a definition is written `=`", define);
    }
    if (word.equals("import") || word.equals("package")) {
      return SyntaxErrors.withAdvice(
          diagnostic, "`package` is the first line of a file, and `import` follows it");
    }
    if (failure.block() < 0 && !code.startsDeclaration(at) && code.startsStatement(at)) {
      return SyntaxErrors.withAdvice(
          diagnostic, "statements stand between the braces of a `net`, `layer` or `fn`");
    }
    var open = code.openBefore(at);
    boolean isInside = !open.isEmpty() && !code.text(open.peek()).equals("{");
    return isInside && expected.has(Code.closing(code.text(open.peek())))
        ? SyntaxErrors.withOpening(diagnostic, span(open.peek()))
        : diagnostic;
  }

  private String found(int position) {
    String word = code.text(position);
    if (code.isEnd(position)) {
      return "the end of the file";
    }
    return switch (code.type(position)) {
      case NetLexer.INT, NetLexer.FLOAT -> "the number `" + word + "`";
      case NetLexer.STRING -> "a text";
      case NetLexer.ID -> "the name `" + word + "`";
      default -> "`" + word + "`";
    };
  }
}

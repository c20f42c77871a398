package netc.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import netc.grammar.NetLexer;
import netc.source.Diagnostics;
import netc.source.SourceFile;
import netc.source.Span;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Finds what is wrong with single words, and mends it as the author probably meant it, so that the
 * parser can go on. Lines where that is not possible are remembered: an error there follows from
 * the first.
 */
final class WordRules {
  /** Letters pasted from a page, and from other programming languages. */
  private static final Map<String, String> SPELLINGS =
      Map.ofEntries(
          Map.entry("−", "-"),
          Map.entry("–", "-"),
          Map.entry("—", "-"),
          Map.entry("·", "*"),
          Map.entry("⋅", "*"),
          Map.entry("×", "*"),
          Map.entry("∗", "*"),
          Map.entry("÷", "/"),
          Map.entry("∕", "/"),
          Map.entry("²", "^2"),
          Map.entry("³", "^3"),
          Map.entry("≤", "<="),
          Map.entry("≥", ">="),
          Map.entry("≠", "!="),
          Map.entry("→", "->"),
          Map.entry("∞", "inf"),
          Map.entry("∧", " and "),
          Map.entry("∨", " or "),
          Map.entry("¬", " not "),
          Map.entry("!", " not "),
          Map.entry("…", ".."),
          Map.entry("∼", "~"),
          Map.entry("＝", "="));

  private static final Set<Integer> NUMBERS = Set.of(NetLexer.INT, NetLexer.FLOAT);

  private final Words words;
  private final Diagnostics diagnostics;
  private final Set<Integer> blamedLines = new TreeSet<>();
  private final Map<String, List<Span>> letters = new LinkedHashMap<>();
  private final List<Token> mended = new ArrayList<>();
  private boolean isCut;

  WordRules(Words words, Diagnostics diagnostics) {
    this.words = words;
    this.diagnostics = diagnostics;
  }

  /** What the parser is to read. */
  List<Token> apply() {
    List<Token> code = words.code();
    for (int i = 0; i < code.size() && !isCut; i++) {
      Token token = code.get(i);
      switch (token.getType()) {
        case NetLexer.OPEN_STRING -> openString(token);
        case NetLexer.OPEN_COMMENT -> openComment(token);
        case NetLexer.BAD -> badLetter(token);
        case NetLexer.STRING -> string(token);
        case NetLexer.INT, NetLexer.FLOAT -> i += number(i);
        default -> mended.add(token);
      }
    }
    letters.forEach(
        (letter, places) ->
            diagnostics.add(
                SPELLINGS.containsKey(letter)
                    ? SyntaxErrors.otherSpelling(letter, SPELLINGS.get(letter), places)
                    : SyntaxErrors.badLetter(letter, places)));
    return mended;
  }

  /** True when an error between two lines may well follow from one that was reported here. */
  boolean isBlamed(int firstLine, int lastLine) {
    return blamedLines.stream().anyMatch(line -> line >= firstLine && line <= lastLine);
  }

  private void openString(Token token) {
    diagnostics.add(SyntaxErrors.unclosedText(words.spans().of(token)));
    blamedLines.add(token.getLine());
    mended.add(retyped(token, NetLexer.STRING, "\"\""));
  }

  /** Nothing behind an open comment is known to be code: the file ends here. */
  private void openComment(Token token) {
    diagnostics.add(SyntaxErrors.unclosedComment(words.spans().of(token)));
    Token end = words.code().getLast();
    blamedLines.add(end.getLine());
    mended.add(end);
    isCut = true;
  }

  private void badLetter(Token token) {
    String letter = token.getText();
    letters.computeIfAbsent(letter, _ -> new ArrayList<>()).add(words.spans().of(token));
    if (SPELLINGS.containsKey(letter)) {
      for (Token meant : Words.of(new SourceFile("", SPELLINGS.get(letter))).code()) {
        if (meant.getType() != Token.EOF) {
          mended.add(retyped(token, meant.getType(), meant.getText()));
        }
      }
    } else {
      blamedLines.add(token.getLine());
    }
  }

  private void string(Token token) {
    String text = token.getText();
    int start = words.spans().start(token);
    for (int i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == '\\') {
        i++;
        if ("\"\\nt".indexOf(text.charAt(i)) < 0) {
          int width = Character.charCount(text.codePointAt(i));
          diagnostics.add(
              SyntaxErrors.badEscape(
                  new Span(words.spans().file(), start + i - 1, start + i + width)));
        }
      }
    }
    mended.add(token);
  }

  /** Checks a number, and returns how many further words were swallowed as parts of it. */
  private int number(int at) {
    var code = new Code(words.code());
    Token token = code.token(at);
    int last = at;
    while (code.touchesNext(last) && continuesNumber(code, last)) {
      last++;
    }
    Span whole = words.spans().of(token, code.token(last));
    if (last == at) {
      mended.add(isValue(token, whole) ? token : retyped(token, token.getType(), "1"));
    } else {
      gluedNumber(token, whole);
      boolean isNumberWithPoint = whole.text().equals(token.getText() + ".");
      int type = isNumberWithPoint ? NetLexer.FLOAT : token.getType();
      mended.add(retyped(token, type, isNumberWithPoint ? token.getText() + ".0" : token.getText()));
    }
    return last - at;
  }

  private static boolean continuesNumber(Code code, int at) {
    int next = at + 1;
    boolean isName = code.isName(next) || NUMBERS.contains(code.type(next));
    return isName || code.text(next).equals(".");
  }

  private void gluedNumber(Token token, Span whole) {
    String number = token.getText();
    String tail = whole.text().substring(number.length());
    if (tail.equals(".")) {
      diagnostics.add(
          SyntaxErrors.badNumber(whole, "a digit must follow the point", whole.text() + "0"));
    } else if (tail.matches("[_0-9]+")) {
      diagnostics.add(
          SyntaxErrors.badNumber(
              whole, "digits are written without gaps", whole.text().replace("_", "")));
    } else if (tail.matches("\\p{L}[\\p{L}_0-9]*")
        && !tail.matches("[eE]\\d*")
        && !number.equals("0")) {
      diagnostics.add(
          SyntaxErrors.badNumber(
              whole, "a product needs its `*`", number + "*" + tail));
    } else {
      diagnostics.add(SyntaxErrors.badNumber(whole, "numbers look like 42, 0.5 or 1e-3"));
    }
  }

  private boolean isValue(Token token, Span span) {
    String text = token.getText();
    if (token.getType() == NetLexer.INT) {
      if (text.length() > Literals.LONGEST_WHOLE) {
        diagnostics.add(
            SyntaxErrors.badNumber(
                span, "it has more than " + Literals.LONGEST_WHOLE + " digits"));
        return false;
      }
      return true;
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      diagnostics.add(SyntaxErrors.badNumber(span, "it is larger than a double can be", "inf"));
    } else if (value == 0 && text.matches("[0.]*[1-9].*")) {
      diagnostics.add(SyntaxErrors.badNumber(span, "it is smaller than a double can be", "0.0"));
    }
    return true;
  }

  private static Token retyped(Token token, int type, String text) {
    var copy = new CommonToken(token);
    copy.setType(type);
    copy.setText(text);
    return copy;
  }
}

package netc.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.ir.Model.Value;

/**
 * Reads and writes the value of a setting as it stands in a net: {@code 0.5}, {@code "f.csv"}, {@code
 * adam(lr = 1e-3)}, {@code "a"..="d"}, {@code ["no", "yes"]}. A bare name is a call without arguments.
 */
public final class ValueText {
  private static final int DEEPEST = 20;

  private final String text;
  private int at;
  private int depth;

  private ValueText(String text) {
    this.text = text;
  }

  /**
   * The value of a text.
   *
   * @throws SettingException when it is none
   */
  public static Value parse(String text) {
    var parser = new ValueText(text);
    Value value = parser.range();
    parser.skip();
    if (parser.at < text.length()) {
      throw parser.error("its end");
    }
    return value;
  }

  /** The text of a value; {@link #parse} reads it. */
  public static String print(Value value) {
    return switch (value) {
      case Value.Number(double number, boolean whole) ->
          whole ? Long.toString((long) number) : Double.toString(number);
      case Value.Text(String text) ->
          '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case Value.Truth(boolean truth) -> Boolean.toString(truth);
      case Value.Span(Value first, Value last, boolean inclusive) ->
          print(first) + (inclusive ? "..=" : "..") + print(last);
      case Value.Many(List<Value> values) ->
          "[" + String.join(", ", values.stream().map(ValueText::print).toList()) + "]";
      case Value.Call call -> print(call);
    };
  }

  private static String print(Value.Call call) {
    List<String> arguments = new ArrayList<>();
    call.positional().forEach(argument -> arguments.add(print(argument)));
    call.named().forEach((name, argument) -> arguments.add(name + " = " + print(argument)));
    return arguments.isEmpty()
        ? call.name()
        : call.name() + "(" + String.join(", ", arguments) + ")";
  }

  private Value range() {
    if (++depth > DEEPEST) {
      throw error("less nesting");
    }
    Value first = single();
    Value value = first;
    if (next("..=")) {
      value = new Value.Span(first, single(), true);
    } else if (next("..")) {
      value = new Value.Span(first, single(), false);
    }
    depth--;
    return value;
  }

  private Value single() {
    skip();
    char c = at < text.length() ? text.charAt(at) : 0;
    if (c == '"') {
      return new Value.Text(quoted());
    } else if (c == '[') {
      at++;
      List<Value> values = new ArrayList<>();
      while (!next("]")) {
        values.add(range());
        if (!next(",") && !ahead(']')) {
          throw error("`,` or `]`");
        }
      }
      return new Value.Many(List.copyOf(values));
    } else if (Character.isLetter(c) || c == '_') {
      return named(name());
    }
    return number();
  }

  private Value named(String name) {
    switch (name) {
      case "true", "false" -> {
        return new Value.Truth(name.equals("true"));
      }
      case "inf" -> {
        return new Value.Number(Double.POSITIVE_INFINITY, false);
      }
      case "pi" -> {
        return new Value.Number(Math.PI, false);
      }
      default -> {
        return call(name);
      }
    }
  }

  private Value call(String name) {
    List<Value> positional = new ArrayList<>();
    Map<String, Value> named = new LinkedHashMap<>();
    if (next("(")) {
      while (!next(")")) {
        int start = at;
        String key = ahead('"') ? "" : name();
        if (!key.isEmpty() && next("=")) {
          if (named.put(key, range()) != null) {
            throw new SettingException("`" + key + "` stands twice in `" + text + "`");
          }
        } else {
          at = start;
          positional.add(range());
        }
        if (!next(",") && !ahead(')')) {
          throw error("`,` or `)`");
        }
      }
    }
    return new Value.Call(name, List.copyOf(positional), named);
  }

  private Value number() {
    skip();
    int start = at;
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
      if (text.startsWith("inf", at)) {
        at += 3;
        double sign = text.charAt(start) == '-' ? -1 : 1;
        return new Value.Number(sign * Double.POSITIVE_INFINITY, false);
      }
    }
    int digits = at;
    boolean whole = true;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean exponent = (c == 'e' || c == 'E') && at > digits;
      if (c == '.' && at + 1 < text.length() && text.charAt(at + 1) == '.') {
        break;
      } else if (c == '.' || exponent) {
        whole = false;
        at++;
        if (exponent && at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
          at++;
        }
      } else if (c >= '0' && c <= '9') {
        at++;
      } else {
        break;
      }
    }
    try {
      double value = Double.parseDouble(text.substring(start, at));
      return new Value.Number(value, whole && Math.abs(value) < 1L << 53);
    } catch (NumberFormatException e) {
      at = start;
      throw error("a number, a text in quotes, or a name");
    }
  }

  private String quoted() {
    var value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    if (at == text.length()) {
      throw error("a closing quote");
    }
    at++;
    return value.toString();
  }

  private String name() {
    skip();
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean next(String wanted) {
    skip();
    if (text.startsWith(wanted, at)) {
      at += wanted.length();
      return true;
    }
    return false;
  }

  private boolean ahead(char wanted) {
    skip();
    return at < text.length() && text.charAt(at) == wanted;
  }

  private void skip() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private SettingException error(String wanted) {
    String found = at < text.length() ? "`" + text.substring(at) + "`" : "its end";
    return new SettingException(
        "`" + text + "` is no value of a setting: " + wanted + " was expected at " + found);
  }
}

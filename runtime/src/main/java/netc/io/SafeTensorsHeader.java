package netc.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the header's JSON, which the format restricts to {@code {"name": {"dtype": "F32", "shape":
 * [2, 3], "data_offsets": [0, 24]}, "__metadata__": {"key": "text"}}}. Anything else is refused where it
 * stands, so nothing nests deeper than this.
 */
final class SafeTensorsHeader {
  /** A tensor as declared; nothing is checked yet but that the numbers are whole and not negative. */
  record Entry(String name, String dtype, List<Long> shape, long begin, long end)
      implements Comparable<Entry> {
    /** In the order of the bytes. */
    @Override
    public int compareTo(Entry other) {
      return begin != other.begin ? Long.compare(begin, other.begin) : Long.compare(end, other.end);
    }
  }

  private final String file;
  private final String text;
  private int at;
  final Map<String, Entry> entries = new LinkedHashMap<>();
  final Map<String, String> metadata = new LinkedHashMap<>();

  SafeTensorsHeader(String file, ByteBuffer bytes) {
    this.file = file;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw wrong("the header is not UTF-8");
    }
  }

  void parse() {
    for (String name = firstMember(); name != null; name = nextMember()) {
      if (name.equals("__metadata__")) {
        for (String key = firstMember(); key != null; key = nextMember()) {
          once(metadata, key, string());
        }
      } else {
        once(entries, name, entry(name));
      }
    }
    skip();
    if (at != text.length()) {
      throw broken("the end of the header");
    }
  }

  private Entry entry(String name) {
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, List<Long>> lists = new LinkedHashMap<>();
    for (String key = firstMember(); key != null; key = nextMember()) {
      switch (key) {
        case "dtype" -> once(types, key, string());
        case "shape", "data_offsets" -> once(lists, key, numbers());
        default -> throw wrong(name, "has an unknown property `" + shown(key) + "`");
      }
    }
    if (types.size() + lists.size() < 3) {
      throw wrong(name, "lacks dtype, shape or data_offsets");
    }
    List<Long> offsets = lists.get("data_offsets");
    if (offsets.size() != 2) {
      throw wrong(name, "has " + offsets.size() + " data_offsets instead of 2");
    }
    return new Entry(
        name, types.get("dtype"), lists.get("shape"), offsets.get(0), offsets.get(1));
  }

  private <T> void once(Map<String, T> map, String name, T value) {
    if (map.put(name, value) != null) {
      throw wrong("the name `" + shown(name) + "` stands twice in the header");
    }
  }

  private CheckpointException wrong(String name, String what) {
    return wrong("tensor `" + shown(name) + "` " + what);
  }

  private CheckpointException wrong(String what) {
    return new CheckpointException(file + ": " + what + "; " + SafeTensorsReader.REMEDY);
  }

  /** The name of an object's first member, whose value follows; null where it has none. */
  private String firstMember() {
    expect('{');
    return next('}') ? null : memberName();
  }

  /** The name of the member behind the one that was read; null where there are no more. */
  private String nextMember() {
    if (next(',')) {
      return memberName();
    }
    expect('}');
    return null;
  }

  private String memberName() {
    String name = string();
    expect(':');
    return name;
  }

  private List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    expect('[');
    if (next(']')) {
      return numbers;
    }
    do {
      numbers.add(number());
    } while (next(','));
    expect(']');
    return numbers;
  }

  private long number() {
    skip();
    int start = at;
    long value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      int digit = text.charAt(at++) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw broken("a number below 2^63");
      }
      value = value * 10 + digit;
    }
    if (at == start) {
      throw broken("a whole number");
    }
    return value;
  }

  private String string() {
    expect('"');
    var value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      } else if (c < ' ') {
        break;
      } else if (c == '\\') {
        value.append(escape());
      } else {
        value.append(c);
      }
    }
    throw broken("the end of a text");
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at++) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw broken("an escape such as \\n");
    };
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
      if (digit < 0) {
        throw broken("four hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private void expect(char wanted) {
    if (!next(wanted)) {
      throw broken("`" + wanted + "`");
    }
  }

  private boolean next(char wanted) {
    skip();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skip() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private CheckpointException broken(String wanted) {
    String found =
        at < text.length() ? "`" + shown(text.substring(at, at + 1)) + "`" : "its end";
    return wrong(
        "the header is no safetensors header: at its character " + at + " " + wanted
            + " was expected, but there is " + found);
  }

  /** A name as messages show it: short, and without control characters. */
  static String shown(String name) {
    String clean = name.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= 80 ? clean : clean.substring(0, 80) + "…";
  }
}

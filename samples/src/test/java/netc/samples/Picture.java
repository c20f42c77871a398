package netc.samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws an editor with a {@code .net} file, and a terminal with a message below it, as SVG. */
final class Picture {
  private static final int WIDTH = 860;
  private static final int LINE = 21;
  private static final int LEFT = 24;
  private static final double CELL = 8.43;
  private static final String PLAIN = "#d7dce5";
  private static final String FAINT = "#7f8aa0";

  private static final Map<Pattern, String> SOURCE = new LinkedHashMap<>();
  private static final Map<Pattern, String> MESSAGE = new LinkedHashMap<>();

  static {
    SOURCE.put(Pattern.compile("//.*"), "#7f9f7f");
    SOURCE.put(Pattern.compile("\"[^\"]*\""), "#e5c07b");
    SOURCE.put(Pattern.compile("\\b(package|net|input|target|param|output|loss|metric|data|train)\\b(?! =)"), "#c792ea");
    SOURCE.put(Pattern.compile("\\b(sum|all|sigmoid|uniform|sgd|csv|columns)\\b"), "#82aaff");
    SOURCE.put(Pattern.compile("\\b\\d+(\\.\\d+)?\\b"), "#f78c6c");
    SOURCE.put(Pattern.compile("[=~*^+<>-]+"), "#89ddff");
    MESSAGE.put(Pattern.compile("^\\$ .*"), PLAIN);
    MESSAGE.put(Pattern.compile("^error\\[E\\d+]"), "#ff6b7a");
    MESSAGE.put(Pattern.compile("\\^+"), "#ff6b7a");
    MESSAGE.put(Pattern.compile("here k is.*"), "#ffb3ba");
    MESSAGE.put(Pattern.compile("help:.*"), "#a5d6a7");
    MESSAGE.put(Pattern.compile("^ *(-->|\\d* \\||=)"), "#82aaff");
  }

  private final StringBuilder svg = new StringBuilder();

  private Picture() {}

  /** The picture of a file called {@code name}, and of what {@code command} says. */
  static String of(String name, List<String> source, String command, List<String> message) {
    var lines = new ArrayList<String>();
    lines.add("$ " + command);
    lines.addAll(message);
    return new Picture().draw(name, source, lines);
  }

  private String draw(String name, List<String> source, List<String> terminal) {
    int editor = 44 + LINE * source.size() + 14;
    int shell = 16 + LINE * terminal.size() + 14;
    int height = editor + 14 + shell;
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d"
                 font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
            <title>%s, and a message of the compiler</title>
            """,
            WIDTH, height, WIDTH, height, name));
    box(0, editor, "#1f2430");
    dot(24, "#ff5f57");
    dot(44, "#febc2e");
    dot(64, "#28c840");
    svg.append("<text x=\"" + WIDTH / 2 + "\" y=\"27\" fill=\"" + FAINT + "\" text-anchor=\"middle\">" + name + "</text>\n");
    for (int i = 0; i < source.size(); i++) {
      number(i + 1, 60 + LINE * i);
      line(source.get(i), LEFT + 36, 60 + LINE * i, PLAIN, SOURCE);
    }
    box(editor + 14, shell, "#161a23");
    for (int i = 0; i < terminal.size(); i++) {
      line(terminal.get(i), LEFT, editor + 14 + 31 + LINE * i, "#b4bccb", MESSAGE);
    }
    return svg.append("</svg>\n").toString();
  }

  private void box(int y, int height, String colour) {
    svg.append(
        "<rect y=\"" + y + "\" width=\"" + WIDTH + "\" height=\"" + height + "\" rx=\"10\" fill=\"" + colour + "\"/>\n");
  }

  private void dot(int x, String colour) {
    svg.append("<circle cx=\"" + x + "\" cy=\"22\" r=\"6\" fill=\"" + colour + "\"/>\n");
  }

  private void number(int number, int y) {
    svg.append(
        "<text x=\"" + (LEFT + 20) + "\" y=\"" + y + "\" fill=\"#4b556b\" text-anchor=\"end\">" + number + "</text>\n");
  }

  /** A line, of a length that keeps the columns of all lines below each other in every font. */
  private void line(String text, int x, int y, String plain, Map<Pattern, String> colours) {
    if (text.isBlank()) {
      return;
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" xml:space=\"preserve\" textLength=\"%.1f\" fill=\"%s\">",
            x, y, CELL * text.length(), plain));
    String[] colour = new String[text.length()];
    colours.forEach((pattern, shade) -> paint(pattern.matcher(text), colour, shade));
    int from = 0;
    for (int i = 1; i <= text.length(); i++) {
      if (i == text.length() || !Objects.equals(colour[i], colour[from])) {
        part(text.substring(from, i), colour[from]);
        from = i;
      }
    }
    svg.append("</text>\n");
  }

  /** Each character has the colour of the first pattern that claims it. */
  private static void paint(Matcher matcher, String[] colour, String shade) {
    while (matcher.find()) {
      if (colour[matcher.start()] == null) {
        Arrays.fill(colour, matcher.start(), matcher.end(), shade);
      }
    }
  }

  private void part(String text, String shade) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    svg.append(shade == null ? escaped : "<tspan fill=\"" + shade + "\">" + escaped + "</tspan>");
  }
}

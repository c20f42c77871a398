package netc.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads comma-separated values, RFC 4180: quoted fields with doubled quotes, line breaks inside quotes,
 * CRLF, LF or CR at the end of a row; a byte-order mark is skipped, gzip is recognised. One row at a time,
 * without an object per field.
 */
final class CsvReader implements AutoCloseable {
  /** Longer fields come from a quote that is never closed, or from a file that is no CSV. */
  private static final int LONGEST_FIELD = 1 << 20;

  private final String name;
  private final char separator;
  private final Reader reader;
  private final char[] buffer = new char[1 << 16];
  private int at;
  private int filled;

  private char[] text = new char[1 << 10];
  private int length;
  private int[] ends = new int[16];
  private boolean[] quoted = new boolean[16];
  private int fields;
  private int row;

  /** The stream is closed by {@link #close}. */
  CsvReader(String name, InputStream stream, char separator) {
    this.name = name;
    this.separator = separator;
    try {
      reader =
          new InputStreamReader(
              unzipped(stream),
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT));
      if (peek() == '\uFEFF') {
        at++;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Skips to the next row; false at the end of the file. */
  boolean next() {
    try {
      length = 0;
      fields = 0;
      if (peek() < 0) {
        return false;
      }
      row++;
      boolean more = true;
      while (more) {
        more = field();
      }
      return true;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** The number of the row in the file; the header is row 1. */
  int row() {
    return row;
  }

  int fields() {
    return fields;
  }

  /** Whether the row is an empty line. */
  boolean isBlank() {
    return fields == 1 && length == 0 && !quoted[0];
  }

  /** A field, without the spaces around one that is not quoted. */
  String field(int field) {
    return new String(text, start(field), end(field) - start(field));
  }

  List<String> row(int count) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(field(i));
    }
    return values;
  }

  /** Whether a field is empty, {@code NA}, {@code NaN} or {@code ?}. */
  boolean isMissing(int field) {
    int start = start(field);
    int count = end(field) - start;
    return switch (count) {
      case 0 -> true;
      case 1 -> text[start] == '?';
      case 2 -> text[start] == 'N' && text[start + 1] == 'A';
      case 3 -> field(field).equalsIgnoreCase("nan");
      default -> false;
    };
  }

  /** A field as a number, or NaN when it is none. */
  double number(int field) {
    return NumberText.parse(text, start(field), end(field));
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private int start(int field) {
    int start = field == 0 ? 0 : ends[field - 1];
    if (!quoted[field]) {
      while (start < ends[field] && text[start] <= ' ') {
        start++;
      }
    }
    return start;
  }

  private int end(int field) {
    int end = ends[field];
    if (!quoted[field]) {
      int least = field == 0 ? 0 : ends[field - 1];
      while (end > least && text[end - 1] <= ' ') {
        end--;
      }
    }
    return Math.max(end, start(field));
  }

  /** Reads a field and what ends it; true when another field follows in the row. */
  private boolean field() throws IOException {
    int start = length;
    if (fields == ends.length) {
      ends = Arrays.copyOf(ends, 2 * fields);
      quoted = Arrays.copyOf(quoted, 2 * fields);
    }
    boolean inQuotes = peek() == '"';
    if (inQuotes) {
      quotedText(start);
    }
    quoted[fields] = inQuotes;
    int c;
    while ((c = read()) >= 0 && c != separator && c != '\n' && c != '\r') {
      if (inQuotes && c > ' ') {
        throw DataErrors.afterQuote(name, row, fields + 1);
      } else if (!inQuotes) {
        append((char) c, start);
      }
    }
    if (c == '\r' && peek() == '\n') {
      at++;
    }
    ends[fields++] = length;
    return c == separator;
  }

  private void quotedText(int start) throws IOException {
    at++;
    while (true) {
      int c = read();
      if (c < 0) {
        throw DataErrors.openQuote(name, row, fields + 1);
      } else if (c != '"') {
        append((char) c, start);
      } else if (peek() == '"') {
        at++;
        append('"', start);
      } else {
        return;
      }
    }
  }

  private void append(char c, int start) {
    if (length - start >= LONGEST_FIELD) {
      throw DataErrors.longField(name, row, fields + 1, LONGEST_FIELD);
    }
    if (length == text.length) {
      text = Arrays.copyOf(text, 2 * length);
    }
    text[length++] = c;
  }

  private int read() throws IOException {
    int c = peek();
    at++;
    return c;
  }

  private int peek() throws IOException {
    if (at >= filled) {
      filled = reader.read(buffer, 0, buffer.length);
      at = 0;
      if (filled <= 0) {
        filled = 0;
        return -1;
      }
    }
    return buffer[at];
  }

  private DataException failed(IOException e) {
    return e instanceof CharacterCodingException
        ? new DataException(DataErrors.encoding(name, row + 1), e)
        : new DataException("cannot read " + name + ": " + e.getMessage(), e);
  }

  private static InputStream unzipped(InputStream stream) throws IOException {
    var buffered = new BufferedInputStream(stream);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1F && buffered.read() == 0x8B;
    buffered.reset();
    return gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }
}

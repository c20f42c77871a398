package netc.source;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;

/** The text of one {@code .net} file and the name under which messages mention it. */
public final class SourceFile {
  private final String name;
  private final String text;
  private final int[] lineStarts;

  public SourceFile(String name, String text) {
    this.name = name;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  /**
   * Reads a file, which must be UTF-8.
   *
   * @throws SourceException when it is not there, not readable, or not text
   */
  public static SourceFile read(Path file) {
    String name = file.toString();
    try {
      return new SourceFile(name, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new SourceException("there is no file " + name, e);
    } catch (CharacterCodingException e) {
      throw new SourceException(name + " is not UTF-8 text", e);
    } catch (AccessDeniedException e) {
      throw new SourceException(name + " may not be read", e);
    } catch (IOException e) {
      String why = Files.isDirectory(file) ? "it is a folder" : e.getMessage();
      throw new SourceException("cannot read " + name + ": " + why, e);
    }
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** The name without folders: what stack traces show. */
  public String fileName() {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  /** SHA-256 of the text in UTF-8, in hexadecimal. */
  public String sha256() {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The line of an offset, from 1. */
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column of an offset in Unicode characters, from 1; a byte order mark is none. */
  public int column(int offset) {
    int start = lineStart(line(offset));
    return offset < start ? 1 : text.codePointCount(start, offset) + 1;
  }

  /** The offset of the first character of a line (from 1), behind a byte order mark. */
  public int lineStart(int line) {
    int start = lineStarts[line - 1];
    return start == 0 && text.startsWith("\uFEFF") ? 1 : start;
  }

  public int lineCount() {
    return lineStarts.length;
  }

  /** The text of a line (from 1) without its end-of-line characters. */
  public String lineText(int line) {
    int start = lineStart(line);
    int end = line < lineStarts.length ? lineStarts[line] : text.length();
    while (end > start && isLineEnd(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Lines end with LF, CR LF, or the CR of old files. */
  private static int[] lineStarts(String text) {
    var starts = IntStream.builder().add(0);
    for (int i = 0; i < text.length(); i++) {
      boolean isFirstOfTwo = text.startsWith("\r\n", i);
      if (isLineEnd(text.charAt(i)) && !isFirstOfTwo) {
        starts.add(i + 1);
      }
    }
    return starts.build().toArray();
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}

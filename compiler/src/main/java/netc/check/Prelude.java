package netc.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.source.SourceFile;
import netc.source.Span;
import netc.syntax.Declaration;
import netc.syntax.Parser;
import netc.syntax.Unit;

/** The library {@code std}, imported by every file: .net texts in the jar, read as one file. */
public final class Prelude {
  /** Resource folder of the files. */
  private static final String FOLDER = "/netc/";

  /** In the order of a textbook, which is the order of the reference page. */
  public static final List<String> FILES =
      List.of(
          "std/activations.net",
          "std/vectors.net",
          "std/losses.net",
          "std/metrics.net",
          "std/layers.net",
          "std/convolution.net",
          "std/pooling.net",
          "std/shapes.net",
          "std/normalization.net",
          "std/attention.net",
          "std/recurrent.net");

  private static Unit parsed;

  private Prelude() {}

  /** All declarations; the same object at each call. */
  public static synchronized Unit unit() {
    if (parsed == null) {
      List<Unit> files = FILES.stream().map(Prelude::file).toList();
      var declarations = new ArrayList<Declaration>();
      files.forEach(file -> declarations.addAll(file.declarations()));
      Span span = files.getFirst().span();
      parsed = new Unit(Optional.of("std"), List.of(), declarations, span);
    }
    return parsed;
  }

  /** One of {@link #FILES}. */
  public static Unit file(String name) {
    var result = Parser.parse(source(name));
    return result
        .unit()
        .orElseThrow(() -> new IllegalStateException(result.diagnostics().toString()));
  }

  /** The text of one of {@link #FILES}. */
  public static SourceFile source(String name) {
    return new SourceFile(name, text(name));
  }

  private static String text(String name) {
    try (InputStream in = Prelude.class.getResourceAsStream(FOLDER + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package netc.source;

/** A stretch of a source file, as character offsets: {@code start} inclusive, {@code end} exclusive. */
public record Span(SourceFile file, int start, int end) {

  /** The smallest span that holds both. */
  public Span to(Span other) {
    return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
  }

  public Place place() {
    return new Place(file.fileName(), file.line(start));
  }

  public String text() {
    return file.text().substring(start, end);
  }

  @Override
  public String toString() {
    return file.name() + ":" + file.line(start) + ":" + file.column(start);
  }
}

package netc.cli;

import java.io.PrintWriter;
import java.util.List;
import netc.source.Diagnostic;
import netc.source.Renderer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command writes: results to {@code out}, everything that is said about them to {@code err}.
 *
 * @param isTerminal whether a person watches {@code err}, so that lines may be drawn over
 * @param isColoured whether colour codes are welcome there
 */
record Console(PrintWriter out, PrintWriter err, boolean isTerminal, boolean isColoured) {

  /** The launcher, which can ask the system, says {@code true} or {@code false} here. */
  private static final String TERMINAL = "netc.terminal";

  private static final int USUAL_WIDTH = 100;
  private static final int NARROWEST = 40;

  static Console of(CommandSpec spec) {
    boolean terminal = isWatched();
    boolean coloured = terminal && System.getenv("NO_COLOR") == null;
    return new Console(
        spec.commandLine().getOut(), spec.commandLine().getErr(), terminal, coloured);
  }

  private static boolean isWatched() {
    String told = System.getProperty(TERMINAL);
    boolean isOne =
        told != null
            ? Boolean.parseBoolean(told)
            : System.console() != null && System.console().isTerminal();
    return isOne && !"dumb".equals(System.getenv("TERM"));
  }

  /** The columns of the terminal. */
  int width() {
    try {
      return Math.max(NARROWEST, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  /** Writes errors and warnings to {@code err}. */
  void show(List<Diagnostic> diagnostics) {
    Renderer renderer = isColoured ? Renderer.coloured() : Renderer.plain();
    err.print(renderer.render(diagnostics));
    err.flush();
  }

  /** One line to {@code err}. */
  void note(String text) {
    err.println(text);
    err.flush();
  }

  /** One line to {@code out}. */
  void print(String text) {
    out.println(text);
    flush();
  }

  /** Sends on what was written to {@code out}; what gets lost there is an error. */
  void flush() {
    if (out.checkError()) {
      throw new InputException("cannot write to standard output: it is full or closed");
    }
  }
}

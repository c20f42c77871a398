package netc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
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

  private static final int USUAL_WIDTH = 80;
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

  /** The columns of the terminal, as the system says, else the usual 80. */
  static int width() {
    try {
      var asked =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] size = new String(asked.getInputStream().readAllBytes(), UTF_8).strip().split(" ");
      int columns = Integer.parseInt(size[size.length - 1]);
      return columns < NARROWEST ? USUAL_WIDTH : columns;
    } catch (IOException | NumberFormatException e) {
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
    if (out.checkError() | System.out.checkError()) { // the writer does not hear of the stream's errors
      throw new InputException("cannot write to standard output: it is full or closed");
    }
  }
}

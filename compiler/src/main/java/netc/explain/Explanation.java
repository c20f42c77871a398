package netc.explain;

import java.util.List;
import java.util.Optional;
import netc.ir.Model;
import netc.ir.Program;
import netc.ir.Scans;
import netc.ir.Step;
import netc.rewrite.Forms;
import netc.rewrite.OwnRows;
import netc.rewrite.Streaming;

/** The formulas of a net and of its derivative, for one example. */
public final class Explanation {
  private final Model model;
  private final Optional<ChainRule> chain;
  private final List<Step.Single> network;

  private Explanation(Model model) {
    this.model = model;
    var forms = Forms.of(model, false);
    chain = Optional.ofNullable(forms.get("train")).map(new OwnRows()::apply).map(ChainRule::of);
    network =
        chain
            .map(ChainRule::network)
            .orElseGet(() -> Scans.flat(forms.getOrDefault("predict", nothing()).steps()));
  }

  private static Program nothing() {
    return new Program("nothing", List.of(), List.of());
  }

  public static Explanation of(Model model) {
    return new Explanation(model);
  }

  /** Whether there is a loss, hence a derivative. */
  public boolean hasDerivative() {
    return chain.isPresent();
  }

  /** The network as text, an equation a line with its place. */
  public String network() {
    return text(network);
  }

  /** The network as LaTeX, in an {@code align*} environment. */
  public String networkInLatex() {
    return latex(network);
  }

  /** The derivative by every parameter, as text; empty without a loss. */
  public String derivative() {
    return chain.map(c -> text(c.closed())).orElse("");
  }

  /** The derivative by every parameter, as LaTeX; empty without a loss. */
  public String derivativeInLatex() {
    return chain.map(c -> latex(c.closed())).orElse("");
  }

  /** The chain rule step by step, from the loss backwards, as text; empty without a loss. */
  public String steps() {
    return chain.map(c -> text(c.adjoints())).orElse("");
  }

  /** As {@link #steps}, as LaTeX. */
  public String stepsInLatex() {
    return chain.map(c -> latex(c.adjoints())).orElse("");
  }

  /**
   * Of each output that runs over the time of a scan, whether it can be computed step by step, and if not,
   * which equation prevents it; empty without such an output.
   */
  public String streaming() {
    Formulas formulas = formulas(new TextNotation());
    var text = new StringBuilder();
    Streaming.of(model)
        .forEach(
            (output, obstacle) ->
                text.append("output ")
                    .append(output)
                    .append(
                        obstacle
                            .map(o -> prevented(o, formulas))
                            .orElse(" can be computed step by step\n")));
    return text.toString();
  }

  private String prevented(Streaming.Obstacle obstacle, Formulas formulas) {
    ShortNames names = ShortNames.of(network);
    String deed =
        obstacle.tensor().map(t -> obstacle.deed().formatted(names.of(t.name()))).orElse(obstacle.deed());
    return " cannot be computed step by step: " + obstacle.step().place() + " " + deed
        + "\n  " + formulas.equation(obstacle.step()) + "\n";
  }

  private Formulas formulas(Notation notation) {
    String objective = model.losses().size() == 1 ? model.losses().getFirst().name() : "C";
    return new Formulas(notation, new Symbols(notation, objective, chain, ShortNames.of(network)));
  }

  private String text(List<Step.Single> steps) {
    Formulas formulas = formulas(new TextNotation());
    List<String> lines = steps.stream().map(formulas::equation).toList();
    int width = lines.stream().mapToInt(String::length).filter(n -> n <= 80).max().orElse(0);
    var text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      text.append(line).append(" ".repeat(Math.max(0, width - line.length())));
      text.append("    // ").append(steps.get(i).place()).append('\n');
    }
    return text.toString();
  }

  private String latex(List<Step.Single> steps) {
    Formulas formulas = formulas(new LatexNotation());
    return "\\begin{align*}\n"
        + String.join(" \\\\\n", steps.stream().map(formulas::equation).toList())
        + "\n\\end{align*}\n";
  }
}

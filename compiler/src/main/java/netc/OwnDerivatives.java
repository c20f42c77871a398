package netc;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.check.OwnDerivative;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Program;
import netc.rewrite.DeadCode;
import netc.rewrite.Forms;
import netc.source.Diagnostic;

/** Holds what a {@code deriv} gives against differences of its function, at points away from kinks. */
final class OwnDerivatives {
  /** From -5 to 5 or so, at no round number: no kink is likely to be hit. */
  private static final double[] POINTS = new double[59];

  static {
    Arrays.setAll(POINTS, i -> (i - 29) * 0.1731 + 0.0137);
  }

  private static final double STEP = 1e-5;

  /** Two differences that agree so well are a derivative. */
  private static final double AGREEMENT = 1e-6;

  /** What is further away than this, in proportion, is another number. */
  private static final double TOLERANCE = 1e-4;

  private final OwnDerivative own;
  private final Program train;

  private OwnDerivatives(OwnDerivative own) {
    this.own = own;
    this.train = Forms.of(own.model(), true).get("train");
  }

  /** A warning for each that is not the derivative of its function. */
  static List<Diagnostic> check(List<OwnDerivative> all) {
    return all.stream().flatMap(own -> new OwnDerivatives(own).warning().stream()).toList();
  }

  private Optional<Diagnostic> warning() {
    double[] claimed = result(train, "grad.input." + OwnDerivative.INPUT, POINTS);
    var loss = train.results().stream().filter(r -> r.name().equals("loss.l")).toList();
    Program value = new DeadCode().apply(new Program(train.name(), train.steps(), loss));
    double[] wide = differences(value, STEP);
    double[] narrow = differences(value, STEP / 3);
    for (int i = 0; i < POINTS.length; i++) {
      double scale = Math.max(1, Math.abs(wide[i]));
      boolean isSmooth = Math.abs(wide[i] - narrow[i]) < AGREEMENT * scale;
      if (isSmooth && !(Math.abs(claimed[i] - wide[i]) <= TOLERANCE * scale)) {
        return Optional.of(own.isWrong(POINTS[i], claimed[i], wide[i]));
      }
    }
    return Optional.empty();
  }

  private static double[] differences(Program value, double step) {
    double[] above = result(value, "loss.l", shifted(step));
    double[] below = result(value, "loss.l", shifted(-step));
    double[] differences = new double[POINTS.length];
    Arrays.setAll(differences, i -> (above[i] - below[i]) / (2 * step));
    return differences;
  }

  private static double[] shifted(double by) {
    return Arrays.stream(POINTS).map(x -> x + by).toArray();
  }

  /** A result at each point; zeros for a gradient that nothing flows through. */
  private static double[] result(Program program, String name, double[] points) {
    double[] ones = new double[points.length];
    Arrays.fill(ones, 1);
    var inputs = Map.of(OwnDerivative.INPUT, Values.vector(points), "seed", Values.vector(ones));
    Values values = Interpreter.run(program, inputs, points.length).results().get(name);
    return values == null ? new double[points.length] : values.data();
  }
}

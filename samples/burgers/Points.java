import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes points.csv, where the network learns, and solution.csv, where it is measured. The problem is
 * u_t + u u_x = ν u_xx with ν = 0.1/π, u(x, 0) = -sin πx, u(-1, t) = u(1, t) = 0. Run here with {@code
 * java Points.java}.
 */
final class Points {
  private static final double NU = 0.1 / Math.PI;
  private static final int KNOWN = 256;
  private static final int INSIDE = 2048;

  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of("points.csv"), points());
    Files.writeString(Path.of("solution.csv"), solution());
  }

  /** Half of the known points at t = 0, a quarter on each side; the others spread evenly inside. */
  private static String points() {
    var table = new StringBuilder("x,t,known,u0\n");
    for (int i = 0; i < KNOWN / 2; i++) {
      double x = -1 + 2 * (i + 0.5) / (KNOWN / 2);
      row(table, x, 0, true, -Math.sin(Math.PI * x));
    }
    for (int i = 0; i < KNOWN / 2; i++) {
      row(table, i % 2 == 0 ? -1 : 1, (i + 0.5) / (KNOWN / 2), true, 0);
    }
    double plastic = 1.32471795724474602596; // gives the R2 sequence of Roberts: even in two dimensions
    for (int i = 1; i <= INSIDE; i++) {
      double x = -1 + 2 * fraction(0.5 + i / plastic);
      row(table, x, fraction(0.5 + i / (plastic * plastic)), false, 0);
    }
    return table.toString();
  }

  private static String solution() {
    var table = new StringBuilder("x,t,known,u0\n");
    for (int j = 1; j <= 10; j++) {
      for (int i = -20; i <= 20; i++) {
        row(table, i / 20.0, j / 10.0, true, solution(i / 20.0, j / 10.0));
      }
    }
    return table.toString();
  }

  /**
   * By Cole and Hopf u = -2ν φ_x/φ where φ solves the heat equation, so u(x, t) = -∫ sin π(x-η) w dη / ∫ w
   * dη with w = exp(-cos(π(x-η)) / (2πν) - η²/(4νt)): Basdevant et al., Computers and Fluids 14, 1986.
   */
  private static double solution(double x, double t) {
    double width = Math.sqrt(4 * NU * t);
    double above = 0;
    double below = 0;
    for (int i = -4000; i <= 4000; i++) {
      double s = i / 500.0; // η in widths of the heat kernel; the rule of rectangles is exact for such w
      double y = Math.PI * (x - s * width);
      double w = Math.exp(-(Math.cos(y) + 1) / (2 * Math.PI * NU) - s * s);
      above += Math.sin(y) * w;
      below += w;
    }
    return -above / below;
  }

  private static double fraction(double value) {
    return value - Math.floor(value);
  }

  private static void row(StringBuilder table, double x, double t, boolean known, double u) {
    table.append(String.format(Locale.ROOT, "%.4f,%.4f,%b,%.6f\n", x, t, known, Math.abs(u) < 5e-7 ? 0 : u));
  }
}

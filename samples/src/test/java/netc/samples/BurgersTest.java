package netc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The solution of Cole and Hopf, with which the network is compared, is one of the equation. */
class BurgersTest {
  private static final int CELLS = 800;
  private static final double NU = 0.1 / Math.PI;

  /** Explicit steps of central differences: second order in space, and in time by the midpoint rule. */
  private static double[] advanced(double[] u, double time) {
    double dx = 2.0 / CELLS;
    int steps = (int) Math.ceil(time / (0.4 * dx * dx / NU));
    double dt = time / steps;
    for (int i = 0; i < steps; i++) {
      double[] middle = moved(u, u, dt / 2, dx);
      u = moved(u, middle, dt, dx);
    }
    return u;
  }

  private static double[] moved(double[] from, double[] u, double dt, double dx) {
    double[] to = from.clone();
    for (int i = 1; i < CELLS; i++) {
      double slope = (u[i + 1] * u[i + 1] - u[i - 1] * u[i - 1]) / (4 * dx);
      double bend = (u[i + 1] - 2 * u[i] + u[i - 1]) / (dx * dx);
      to[i] += dt * (NU * bend - slope);
    }
    return to;
  }

  @Test
  void theSolutionIsThatOfDifferences() throws Exception {
    double[] u = new double[CELLS + 1];
    for (int i = 0; i <= CELLS; i++) {
      u[i] = -Math.sin(Math.PI * (-1 + 2.0 * i / CELLS));
    }
    List<String> lines = Files.readAllLines(Path.of("burgers/solution.csv"));
    double now = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split(",");
      double t = Double.parseDouble(row[1]);
      if (t > now) {
        u = advanced(u, t - now);
        now = t;
      }
      int at = (int) Math.round((Double.parseDouble(row[0]) + 1) / 2 * CELLS);
      assertEquals(u[at], Double.parseDouble(row[3]), 5e-4, line);
    }
    assertEquals(1, now);
  }
}

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;

/**
 * Invents the ratings of ratings.csv: 6,000 of 200 users and 120 items, from tastes in three
 * dimensions, a mean for each user and item, and noise with deviation 0.5; in half steps from 0.5 to 5.
 * Run with {@code java Ratings.java > ratings.csv}; the numbers are the same each time.
 */
final class Ratings {
  private static final int USERS = 200;
  private static final int ITEMS = 120;
  private static final int TASTES = 3;
  private static final int RATINGS = 6000;

  public static void main(String[] arguments) {
    var random = new Random(2026);
    double[][] user = normal(random, USERS, TASTES + 1);
    double[][] item = normal(random, ITEMS, TASTES + 1);
    var pairs = new TreeSet<Integer>();
    while (pairs.size() < RATINGS) {
      pairs.add(random.nextInt(USERS) * ITEMS + random.nextInt(ITEMS));
    }
    var out = new PrintWriter(System.out);
    out.print("user,item,rating\n");
    for (int pair : pairs) {
      double[] u = user[pair / ITEMS];
      double[] i = item[pair % ITEMS];
      double rating = 3 + 0.4 * u[TASTES] + 0.4 * i[TASTES] + 0.5 * random.nextGaussian();
      for (int k = 0; k < TASTES; k++) {
        rating += 0.4 * u[k] * i[k];
      }
      double half = Math.max(0.5, Math.min(5, Math.rint(rating * 2) / 2));
      out.printf(Locale.ROOT, "%d,%d,%.1f\n", pair / ITEMS, pair % ITEMS, half);
    }
    out.flush();
  }

  private static double[][] normal(Random random, int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int k = 0; k < columns; k++) {
        row[k] = random.nextGaussian();
      }
    }
    return values;
  }
}

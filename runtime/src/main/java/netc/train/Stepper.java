package netc.train;

import java.util.ArrayList;
import java.util.List;
import netc.runtime.Backward;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Tasks;
import netc.runtime.Weights;

/** One step of training: gradients of a batch, clipping, the optimiser's update. */
final class Stepper {
  /** The elements of a parameter that one task updates. */
  private static final int CHUNK = 1 << 16;

  /** The most parameters for which eight sums are kept; above, two. */
  private static final long MANY_SUMS = 1_000_000;

  private final Weights weights;
  private final Backward backward;
  private final Updater updater;
  private final double clipNorm;
  private final double clipValue;
  private final int[] variables;
  private final List<int[]> chunks = new ArrayList<>();
  private final double[] squares;
  private final boolean large;
  private final long seed;
  private long step;

  Stepper(Network network, Weights weights, Plan plan) {
    this.weights = weights;
    seed = plan.seed;
    clipNorm = plan.clipNorm;
    clipValue = plan.clipValue;
    List<Integer> trained = new ArrayList<>();
    List<Metadata.Variable> all = network.metadata().variables();
    long elements = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).trained()) {
        int size = all.get(i).elements();
        for (int from = 0; from < size; from += CHUNK) {
          chunks.add(new int[] {trained.size(), from, Math.min(size, from + CHUNK)});
        }
        elements += size;
        trained.add(i);
      }
    }
    variables = trained.stream().mapToInt(Integer::intValue).toArray();
    squares = new double[chunks.size()];
    large = elements > CHUNK;
    backward = new Backward(network, elements > MANY_SUMS ? 2 : 8);
    int[] sizes = trained.stream().mapToInt(i -> all.get(i).elements()).toArray();
    updater = Updater.of(plan.optimizer, sizes, weights.precision());
  }

  Backward backward() {
    return backward;
  }

  /** Steps taken so far. */
  long steps() {
    return step;
  }

  /** The objective of a batch and its gradients; {@link #update} then applies them. */
  double gradients(Object[] sources, int[] order, int first, int rows, Tasks tasks) {
    backward.draw(seed, step);
    backward.run(weights, sources, order, first, rows, tasks);
    return backward.loss();
  }

  void update(double rate, Tasks tasks) {
    Tasks team = large ? tasks : Tasks.SEQUENTIAL;
    step++;
    updater.begin(step, rate);
    double factor = Double.isFinite(clipNorm) ? factor(team) : 1;
    team.run(chunks.size(), i -> update(chunks.get(i), factor));
    backward.updateStates(weights);
  }

  private void update(int[] chunk, double factor) {
    int p = chunk[0];
    Object gradient = backward.gradient(p);
    Clipping.apply(gradient, chunk[1], chunk[2], factor, clipValue);
    updater.update(p, weights.array(variables[p]), gradient, chunk[1], chunk[2]);
  }

  /** As {@code torch.nn.utils.clip_grad_norm_}: the norm over all parameters is at most the limit. */
  private double factor(Tasks team) {
    team.run(chunks.size(), i -> squares[i] = square(chunks.get(i)));
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    return Math.min(1, clipNorm / (Math.sqrt(sum) + 1e-6));
  }

  private double square(int[] chunk) {
    return Clipping.square(backward.gradient(chunk[0]), chunk[1], chunk[2]);
  }
}

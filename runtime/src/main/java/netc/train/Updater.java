package netc.train;

import java.util.List;
import netc.runtime.Precision;
import netc.runtime.Rule;

/**
 * An optimiser at work: its rule and the running state of each parameter. An update touches only its own
 * range, so ranges may be updated at once. Names, defaults and formulas as in PyTorch's {@code
 * torch.optim}.
 */
abstract class Updater {
  private static final List<String> NAMES = List.of("sgd", "adam", "adamw", "rmsprop", "adagrad");

  final Rule rule;

  /** By buffer and parameter; null where the rule needs no such buffer, or computes in doubles. */
  final float[][][] floats;

  final double[][][] doubles;

  /**
   * @param sizes of the parameters
   * @param buffers whether the rule needs each of its buffers
   */
  Updater(Rule rule, int[] sizes, Precision precision, boolean... buffers) {
    this.rule = rule;
    floats = new float[buffers.length][sizes.length][];
    doubles = new double[buffers.length][sizes.length][];
    for (int buffer = 0; buffer < buffers.length; buffer++) {
      for (int p = 0; buffers[buffer] && p < sizes.length; p++) {
        if (precision == Precision.F32) {
          floats[buffer][p] = new float[sizes[p]];
        } else {
          doubles[buffer][p] = new double[sizes[p]];
        }
      }
    }
  }

  /** The running state of a rule for parameters of these sizes. */
  static Updater of(Rule rule, int[] sizes, Precision precision) {
    return switch (rule.name()) {
      case "sgd" -> new Sgd(rule, sizes, precision);
      case "adam", "adamw" -> new Adam(rule, sizes, precision);
      case "rmsprop" -> new RmsProp(rule, sizes, precision);
      case "adagrad" -> new Adagrad(rule, sizes, precision);
      default ->
          throw new TrainingException(TrainErrors.unknownKind("optimizer", rule.name(), NAMES));
    };
  }

  /**
   * Prepares the scalars of a step.
   *
   * @param step from 1
   * @param lr the scheduled rate
   */
  abstract void begin(long step, double lr);

  /** Updates elements {@code from} to {@code to} of parameter {@code p}; may change the gradient. */
  final void update(int p, Object weight, Object gradient, int from, int to) {
    if (weight instanceof float[] floatWeight) {
      update(p, floatWeight, (float[]) gradient, from, to);
    } else {
      update(p, (double[]) weight, (double[]) gradient, from, to);
    }
  }

  abstract void update(int p, float[] weight, float[] gradient, int from, int to);

  abstract void update(int p, double[] weight, double[] gradient, int from, int to);

  final double number(String setting) {
    return rule.number(setting);
  }
}

package netc.train;

import java.util.Collection;
import netc.runtime.Names;

/** The wording of errors in training. */
final class TrainErrors {
  private TrainErrors() {}

  static String unknownKind(String setting, String name, Collection<String> known) {
    return "there is no " + setting + " `" + name + "`" + Names.guess(name, known) + " (there are: "
        + String.join(", ", known) + ")";
  }

  static String heap(String net, int rows, long needed, long left, int fits) {
    return net + ": a batch of " + rows + " rows needs about " + megabytes(needed)
        + " MB, but the heap has " + megabytes(left) + " MB left; "
        + (fits > 0 ? "batch_size = " + fits + " fits, or " : "no batch fits: ")
        + "start Java with a larger heap (-Xmx)";
  }

  private static long megabytes(long bytes) {
    return (bytes + 999_999) / 1_000_000;
  }

  static String notFinite(String net, double loss, int epoch, long step, double rate) {
    return net + ": the loss became " + loss + " in epoch " + epoch + ", step " + step
        + "; the parameters are those before this step. A smaller learning rate (it is " + rate
        + "), clip_norm = 1.0, or scaled inputs may help";
  }

  static String interrupted(int epoch, long step) {
    return "training was interrupted in epoch " + epoch + ", after step " + step
        + "; the network is that of this step";
  }

  static String noLoss(String net) {
    return net + " declares no loss: there is nothing to train";
  }
}

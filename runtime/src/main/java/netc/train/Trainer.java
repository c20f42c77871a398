package netc.train;

import netc.data.Dataset;
import netc.runtime.Network;

/** Skeleton: trains copies of a network's weights. */
public final class Trainer<N extends Network> {
  private final N network;

  /** The generated {@code trainer(settings)} calls this; {@code settings} go before the net's own. */
  public Trainer(N network, TrainSettings settings) {
    this.network = network;
  }

  /** Trains on the data. */
  public void fit(Dataset data, Length length) {
    throw new UnsupportedOperationException("training follows");
  }

  /** An immutable snapshot with the current weights. */
  public N network() {
    return network;
  }
}

package netc.train;

import java.util.Map;
import netc.runtime.Metadata;

/** Skeleton: the settings of training, by the names of the {@code train} block. Immutable. */
public final class TrainSettings {

  /** Nothing set: the net's {@code train} block decides, then the defaults. */
  public static TrainSettings defaults() {
    return new TrainSettings();
  }

  /** Another value for a setting, as in the {@code train} block: {@code set("optimizer", "adam(lr = 1e-3)")}. */
  public TrainSettings set(String name, String value) {
    return this;
  }

  /** Values for settings that this leaves open. */
  TrainSettings orElse(Map<String, Metadata.Setting> block) {
    return this;
  }
}

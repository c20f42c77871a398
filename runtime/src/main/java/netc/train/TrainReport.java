package netc.train;

import java.util.Optional;
import netc.runtime.Evaluation;

/**
 * How a call of {@code fit} ended.
 *
 * @param epochs begun
 * @param steps done
 * @param loss the mean objective over the batches of the last epoch
 * @param validation of the last epoch, where there are validation rows
 * @param bestEpoch from 1; the last one where nothing was measured
 * @param stoppedEarly because {@code early_stop} said so
 */
public record TrainReport(
    int epochs,
    long steps,
    double loss,
    Optional<Evaluation> validation,
    int bestEpoch,
    boolean stoppedEarly,
    double seconds) {}

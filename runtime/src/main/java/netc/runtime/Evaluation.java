package netc.runtime;

import java.util.Map;

/**
 * What a network is worth on some rows.
 *
 * @param loss the objective: the mean over the rows of the sum of all losses, plus all penalties
 * @param losses the mean of each loss, by name
 * @param penalties each penalty, by name
 * @param metrics each metric over all rows, by name
 * @param rows their number
 */
public record Evaluation(
    double loss,
    Map<String, Double> losses,
    Map<String, Double> penalties,
    Map<String, Double> metrics,
    int rows) {}

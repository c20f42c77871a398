package netc.runtime;

import java.util.Map;

/**
 * The objective of some rows in training mode, and its derivatives.
 *
 * @param loss the mean over the rows of the sum of all losses, plus all penalties
 * @param losses the mean of each loss, by name
 * @param parameters the derivative of {@code loss} by each parameter, by path
 * @param inputs the derivative by each real input, rows first; empty unless the net was compiled to
 *     inspect
 * @param outputs outputs in training mode, rows first; empty unless the net was compiled to inspect
 * @param states what the step makes of the states that have an {@code update}, by path
 */
public record Derivatives(
    double loss,
    Map<String, Double> losses,
    Map<String, Tensor> parameters,
    Map<String, Tensor> inputs,
    Map<String, Tensor> outputs,
    Map<String, Tensor> states) {}

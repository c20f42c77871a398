package netc.explain;

import java.util.Optional;
import java.util.regex.Pattern;
import netc.ir.Tensor;

/** What a tensor is called: a name of the net, or the derivative of the objective by one. */
record Symbols(
    Notation notation, String objective, Optional<ChainRule> chain, ShortNames shortNames) {
  private static final Pattern ADJOINT = Pattern.compile("grad\\.(.*?)('[0-9]+)?");

  boolean isDerivative(Tensor tensor) {
    return chain.isPresent() && chain.get().differentiated().contains(tensor);
  }

  /** The name of a tensor of the net; of a derivative, that of what it is by. */
  String name(Tensor tensor) {
    if (!isDerivative(tensor)) {
      return notation.name(shortNames.of(tensor.name()));
    }
    var adjoint = ADJOINT.matcher(tensor.name());
    if (!adjoint.matches()) {
      return notation.name(tensor.name());
    }
    String part = adjoint.group(2) == null ? "" : "'".repeat(Integer.parseInt(adjoint.group(2).substring(1)));
    return notation.name(shortNames.of(adjoint.group(1))) + part;
  }

  /** The whole symbol of an element whose name carries its subscripts already. */
  String element(Tensor tensor, String subscripted) {
    return isDerivative(tensor)
        ? notation.derivative(notation.objective(objective), subscripted)
        : subscripted;
  }
}

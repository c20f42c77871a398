package netc.check;

import netc.ir.Model;
import netc.ir.Tensor;
import netc.source.Place;
import netc.source.Span;

/**
 * A parameter or state as declared.
 *
 * @param kind of initialiser, with its two numbers; the fans follow when all equations are known
 * @param isMentioned whether the text around it mentions its name at all
 */
record ParameterDraft(
    Tensor tensor,
    String kind,
    double first,
    double second,
    boolean isMentioned,
    String documentation,
    Span span,
    Place place) {

  Model.Variable variable(long fanIn, long fanOut) {
    return new Model.Variable(
        tensor,
        new Model.Initializer(kind, first, second, fanIn, fanOut),
        documentation,
        place);
  }
}

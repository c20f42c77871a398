package netc.check;

import java.util.ArrayList;
import java.util.List;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Subscript;
import netc.ir.Tensor;
import netc.source.Place;

/** The tensor that holds exactly a term: an existing one, or a new one. */
final class WholeTensor {
  private WholeTensor() {}

  /** {@code name} is for a new one; axes keep their order, behind the batch. */
  static Tensor of(Term term, String name, Equations out, Place place) {
    if (term.body() instanceof Expr.Read read
        && read.tensor().role() == Tensor.Role.VALUE
        && read.outside().isEmpty()
        && !out.isTemporary(read.tensor())
        && read.at().equals(identity(term, read.tensor()))) {
      return read.tensor();
    }
    var context = Context.of(new Scope(null), out);
    Term own = out.defined(name, term, List.of(), context, place);
    return ((Expr.Read) own.body()).tensor();
  }

  private static List<Subscript> identity(Term term, Tensor tensor) {
    var at = new ArrayList<Subscript>();
    if (tensor.isPerExample()) {
      at.add(Subscript.of(FreshIndices.BATCH));
    }
    for (Index axis : term.axes()) {
      at.add(Subscript.of(axis));
    }
    return at;
  }
}

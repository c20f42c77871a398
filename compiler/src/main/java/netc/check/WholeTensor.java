package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    Optional<Tensor> existing =
        read(term).filter(t -> t.role() == Tensor.Role.VALUE && !out.isTemporary(t));
    if (existing.isPresent()) {
      return existing.get();
    }
    var context = Context.of(new Scope(null), out);
    Term own = out.defined(name, term, List.of(), context, place);
    return ((Expr.Read) own.body()).tensor();
  }

  /** The tensor of which a term is all elements in their order. */
  static Optional<Tensor> read(Term term) {
    return term.body() instanceof Expr.Read read
            && read.outside().isEmpty()
            && read.at().equals(identity(term, read.tensor()))
        ? Optional.of(read.tensor())
        : Optional.empty();
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

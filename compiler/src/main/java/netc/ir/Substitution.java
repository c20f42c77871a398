package netc.ir;

import java.util.Map;

/** Puts subscripts in the place of indices, in subscripts and where an index stands as a number. */
public final class Substitution extends Mapper {
  private final Map<Index, Subscript> replacements;

  public Substitution(Map<Index, Subscript> replacements) {
    this.replacements = replacements;
  }

  @Override
  protected Expr position(Expr.Position position) {
    Subscript replacement = replacements.get(position.index());
    return replacement == null ? position : Subscripts.toExpr(replacement);
  }

  @Override
  protected Subscript affine(Subscript.Affine affine) {
    if (affine.terms().stream().noneMatch(t -> replacements.containsKey(t.index()))) {
      return affine;
    }
    Subscript sum = Subscript.of(affine.constant());
    for (Subscript.Term term : affine.terms()) {
      Subscript part = replacements.getOrDefault(term.index(), Subscript.of(term.index()));
      sum = Subscripts.plus(sum, Subscripts.times(part, term.coefficient()));
    }
    return sum;
  }
}

package netc.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.ir.Subscript;
import netc.ir.Tensor;

/**
 * Puts affine forms for indices, and one tensor for another. Affine forms are closed under this, so the
 * result is again a proper expression.
 */
final class Substitution {
  private final Map<Index, Affine> forms;
  private final Map<Tensor, Tensor> tensors;

  private Substitution(Map<Index, Affine> forms, Map<Tensor, Tensor> tensors) {
    this.forms = forms;
    this.tensors = tensors;
  }

  static Expr forms(Expr expr, Map<Index, Affine> forms) {
    return forms.isEmpty() ? expr : new Substitution(forms, Map.of()).apply(expr);
  }

  static Expr indices(Expr expr, Map<Index, Index> renamed) {
    return renaming(renamed, Map.of()).apply(expr);
  }

  static Substitution renaming(Map<Index, Index> renamed, Map<Tensor, Tensor> tensors) {
    var forms = new java.util.HashMap<Index, Affine>();
    renamed.forEach((from, to) -> forms.put(from, Affine.of(to)));
    return new Substitution(forms, tensors);
  }

  Expr apply(Expr expr) {
    return switch (expr) {
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.BatchSize _, Expr.Training _ -> expr;
      case Expr.Position(Index index) -> forms.containsKey(index) ? Exprs.of(forms.get(index)) : expr;
      case Expr.Read read -> apply(read);
      case Expr.Apply(Primitive primitive, List<Expr> arguments) ->
          Exprs.apply(primitive, arguments.stream().map(this::apply).toList());
      case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
          Exprs.select(apply(condition), apply(then), apply(otherwise));
      case Expr.Custom(Expr value, Expr.Read argument, Expr derivative) ->
          new Expr.Custom(apply(value), apply(argument), apply(derivative));
    };
  }

  private Expr.Read apply(Expr.Read read) {
    Optional<Expr> outside = read.outside().map(this::apply);
    return new Expr.Read(
        tensors.getOrDefault(read.tensor(), read.tensor()),
        read.at().stream().map(this::apply).toList(),
        outside);
  }

  Subscript apply(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Affine affine -> apply(affine);
      case Subscript.Quotient(Subscript of, int divisor) ->
          new Subscript.Quotient(apply(of), divisor);
      case Subscript.Remainder(Subscript of, int divisor) ->
          new Subscript.Remainder(apply(of), divisor);
      case Subscript.Exact(Subscript of, int divisor) ->
          netc.ir.Subscripts.exact(apply(of), divisor);
      case Subscript.Clamp(Subscript of, int size) -> new Subscript.Clamp(apply(of), size);
      case Subscript.Wrap(Subscript of, int size) -> new Subscript.Wrap(apply(of), size);
      case Subscript.Gathered(Expr value) -> new Subscript.Gathered(apply(value));
      case Subscript.Plus(Subscript left, Subscript right) ->
          new Subscript.Plus(apply(left), apply(right));
    };
  }

  private Subscript apply(Subscript.Affine affine) {
    if (affine.terms().stream().noneMatch(t -> forms.containsKey(t.index()))) {
      return affine;
    }
    Affine sum = Affine.of(affine.constant());
    for (Subscript.Term term : affine.terms()) {
      Affine form = forms.getOrDefault(term.index(), Affine.of(term.index()));
      sum = sum.plus(form.times(term.coefficient()));
    }
    return sum.toSubscript();
  }
}

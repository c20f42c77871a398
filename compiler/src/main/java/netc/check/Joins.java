package netc.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import netc.check.Operators.Operand;
import netc.check.errors.ShapeErrors;
import netc.check.errors.SizeErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.source.Span;
import netc.syntax.Expression;

/** {@code [a, b, …]} along a new first axis, {@code concat(a, b, …)} along the first one. */
final class Joins {
  private final Elaborator elaborator;

  Joins(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  Term stack(Expression.Stack stack, Context context) {
    var operands = stack.elements().stream().map(e -> elaborator.operand(e, context)).toList();
    List<Term> terms = typed(operands, context);
    Term first = terms.getFirst();
    for (int i = 1; i < terms.size(); i++) {
      if (!terms.get(i).shape().equals(first.shape())) {
        throw differ(true, stack.span(), operands, terms, i);
      }
    }
    Index position = elaborator.build.indices().axis(0, terms.size());
    List<Index> rest = first.axes();
    var pieces = new ArrayList<Piece>();
    for (int i = 0; i < terms.size(); i++) {
      pieces.add(new Piece(i, Operators.at(terms.get(i), rest)));
    }
    var axes = new ArrayList<Index>();
    axes.add(position);
    axes.addAll(rest);
    return new Term(axes, choose(pieces, position), first.type());
  }

  Term concat(List<Operand> operands, Span span, Context context) {
    List<Term> terms = typed(operands, context);
    long total = 0;
    Term first = terms.getFirst();
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      if (term.isScalar()
          || first.isScalar()
          || !term.shape().subList(1, term.axes().size()).equals(first.shape().subList(1, first.axes().size()))) {
        throw differ(false, span, operands, terms, i);
      }
      if (term.shape().getFirst() == Extent.MOST) {
        throw new CheckFailure(SizeErrors.rowsAsSize(operands.get(i).span(), "the length of what is joined"));
      }
      total += term.shape().getFirst();
    }
    if (total > Integer.MAX_VALUE) {
      throw new CheckFailure(ShapeErrors.joinTooLong(span));
    }
    Index position = elaborator.build.indices().axis(0, (int) total);
    List<Index> rest = first.axes().subList(1, first.axes().size());
    var pieces = new ArrayList<Piece>();
    long start = 0;
    for (Term term : terms) {
      var forms = new HashMap<Index, Affine>();
      forms.put(term.axes().getFirst(), Affine.of(position).plus(-start));
      for (int i = 0; i < rest.size(); i++) {
        forms.put(term.axes().get(i + 1), Affine.of(rest.get(i)));
      }
      pieces.add(new Piece(start, Substitution.forms(term.body(), forms)));
      start += term.shape().getFirst();
    }
    var axes = new ArrayList<Index>();
    axes.add(position);
    axes.addAll(rest);
    return new Term(axes, choose(pieces, position), first.type());
  }

  /** What stands from {@code start} on. */
  private record Piece(long start, Expr body) {}

  /** A balanced tree of conditions. */
  private static Expr choose(List<Piece> pieces, Index position) {
    if (pieces.size() == 1) {
      return pieces.getFirst().body();
    }
    int middle = pieces.size() / 2;
    Expr isBefore =
        Expr.apply(
            Primitive.LESS,
            new Expr.Position(position),
            new Expr.Int(pieces.get(middle).start()));
    return Exprs.select(
        isBefore,
        choose(pieces.subList(0, middle), position),
        choose(pieces.subList(middle, pieces.size()), position));
  }

  /** The operands with one common type. */
  private static List<Term> typed(List<Operand> operands, Context context) {
    var terms = operands.stream().map(Operators::term).toList();
    Type type = terms.getFirst().type();
    for (int i = 1; i < terms.size(); i++) {
      Type common = Branches.common(type, terms.get(i).type());
      if (common == null) {
        throw new CheckFailure(
            TypeErrors.branchesDiffer(
                operands.getFirst().span(),
                type.toString(),
                operands.get(i).span(),
                terms.get(i).type().toString()));
      }
      type = common;
    }
    if (!type.isReal()) {
      return terms;
    }
    var reals = new ArrayList<Term>();
    for (int i = 0; i < terms.size(); i++) {
      reals.add(Operators.real(terms.get(i), operands.get(i).span(), context));
    }
    return reals;
  }

  private static CheckFailure differ(
      boolean isStack, Span span, List<Operand> operands, List<Term> terms, int other) {
    return new CheckFailure(
        ShapeErrors.cannotJoin(
            isStack,
            span,
            new ShapeErrors.Shaped(operands.getFirst().span(), terms.getFirst().shape()),
            new ShapeErrors.Shaped(operands.get(other).span(), terms.get(other).shape())));
  }
}

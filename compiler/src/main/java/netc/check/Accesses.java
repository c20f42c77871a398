package netc.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.check.Operators.Operand;
import netc.check.errors.CallErrors;
import netc.check.errors.IndexErrors;
import netc.check.errors.ShapeErrors;
import netc.check.errors.SizeErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Subscript;
import netc.source.Span;
import netc.syntax.Expression;

/** {@code x[i, j+1 else 0]}: every position is proved inside, or the access says what lies outside. */
final class Accesses {
  private final Elaborator elaborator;
  private final Subscripts subscripts;

  Accesses(Elaborator elaborator) {
    this.elaborator = elaborator;
    this.subscripts = new Subscripts(elaborator);
  }

  Value access(Expression.Access access, Context context) {
    Value base =
        access.base() instanceof Expression.Reference reference
            ? elaborator.reference(reference, context)
            : elaborator.value(access.base(), context);
    if (base instanceof Callable callable) {
      throw new CheckFailure(
          CallErrors.notATensor(access.base().span(), callable.title(), callable.isLayer()));
    }
    Term term = Operators.term(new Operand(base, access.base().span()));
    if (access.subscripts().size() > term.axes().size()) {
      throw new CheckFailure(
          ShapeErrors.tooManySubscripts(
              access.span(), access.base().span().text(), term.shape(), access.subscripts().size()));
    }
    Optional<Carried> carried =
        context.out() instanceof ScanEquations scan ? scan.whole(term) : Optional.empty();
    var positions = new ArrayList<Subscript>();
    for (int axis = 0; axis < access.subscripts().size(); axis++) {
      Subscript position = position(access, axis, term.shape().get(axis), carried, context);
      if (!Bounds.isComputable(position, stride(term.shape(), axis))) {
        throw new CheckFailure(IndexErrors.tooLarge(access.subscripts().get(axis).span()));
      }
      positions.add(position);
      if (context.out() instanceof ScanEquations scan) {
        inScan(scan, access, axis, position, term.shape().get(axis), carried, context);
      }
    }
    List<Index> rest = term.axes().subList(positions.size(), term.axes().size());
    if (rest.stream().anyMatch(index -> Carried.isUnknown(index.extent().most()))) {
      throw new CheckFailure(carried.orElseThrow().sizeNotKnown(access.span()));
    }
    Optional<Expr> outside = access.outside().map(o -> outside(o, term, rest, context));
    boolean isSettled = context.out() instanceof ScanEquations
            ? carried.isEmpty() && positions.stream().noneMatch(ScanEquations::isGathered)
            : true;
    if (outside.isPresent() && isSettled && areInside(positions, term, context)) {
      outside = Optional.empty(); // a guard that is never needed
    }
    return read(term, positions, rest, outside, access, context);
  }

  private static boolean areInside(List<Subscript> positions, Term term, Context context) {
    for (int axis = 0; axis < positions.size(); axis++) {
      if (!Bounds.isInside(positions.get(axis), term.shape().get(axis), context.facts())) {
        return false;
      }
    }
    return true;
  }

  /** What a scan asks of its own tensors, and what it can check only at its end. */
  private void inScan(
      ScanEquations scan,
      Expression.Access access,
      int axis,
      Subscript position,
      int size,
      Optional<Carried> carried,
      Context context) {
    Expression.Subscript subscript = access.subscripts().get(axis);
    var outside = new OutsideAccesses(elaborator);
    if (access.outside().isEmpty() && ScanEquations.isGathered(position)) {
      scan.later(
          new ScanEquations.GatherCheck(
              position,
              size,
              context.facts(),
              actual -> outside.message(access, subscript, actual, size, context)));
    }
    if (carried.isPresent() && Carried.isUnknown(size)) {
      scan.later(
          () -> {
            int actual = carried.get().defined().orElseThrow().shape().get(axis);
            if (actual == Extent.MOST && Subscripts.hasBorderRule(position)) {
              throw new CheckFailure(
                  SizeErrors.rowsAsSize(subscript.span(), "the length of the axis"));
            }
            subscripts.checkBare(
                subscript.parts().getFirst(), actual, access.base().span().text(), context);
            if (access.outside().isEmpty()
                && !Bounds.isInside(position, actual, context.facts())) {
              throw new CheckFailure(
                  outside.message(access, subscript, position, actual, context));
            }
          });
    }
  }

  private Subscript position(
      Expression.Access access, int axis, int size, Optional<Carried> carried, Context context) {
    Expression.Subscript subscript = access.subscripts().get(axis);
    if (subscript.range().isPresent()) {
      throw new CheckFailure(IndexErrors.rangeInSubscript(subscript.span()));
    }
    if (subscript.parts().size() > 1) {
      if (Carried.isUnknown(size)) {
        throw new CheckFailure(carried.orElseThrow().sizeNotKnown(access.span()));
      }
      return subscripts.fused(subscript, size, context);
    }
    Expression part = subscript.parts().getFirst();
    if (!Carried.isUnknown(size)) {
      subscripts.checkBare(part, size, access.base().span().text(), context);
    }
    Subscript position = subscripts.of(part, size, access, context);
    boolean isTime = axis == 0 && carried.isPresent();
    if (isTime) {
      ((ScanEquations) context.out()).checkTime(carried.get(), position, subscript.span(), access);
    }
    if (access.outside().isEmpty() && !Bounds.isInside(position, size, context.facts())) {
      if (isTime) {
        throw ((ScanEquations) context.out()).noInitialValue(access, subscript.span(), position);
      }
      throw new CheckFailure(
          new OutsideAccesses(elaborator).message(access, subscript, position, size, context));
    }
    return position;
  }

  /** How far apart neighbours along an axis are. */
  private static long stride(List<Integer> shape, int axis) {
    long stride = 1;
    for (int size : shape.subList(axis + 1, shape.size())) {
      boolean isKnown = !Carried.isUnknown(size) && size != Extent.MOST;
      stride = Intervals.multiply(stride, isKnown ? size : 1);
    }
    return stride;
  }

  /** Whether a position of an access stays inside, as {@link RangeGuess} asks. */
  boolean isInside(Expression.Access access, int axis, Context context) {
    int size = elaborator.term(access.base(), context).shape().get(axis);
    Expression part = access.subscripts().get(axis).parts().getFirst();
    return Bounds.isInside(subscripts.of(part, size, access, context), size, context.facts());
  }

  /** What lies outside: a number, or of the shape and type of what is read. */
  private Expr outside(Expression expression, Term base, List<Index> rest, Context context) {
    Operand operand = elaborator.operand(expression, context);
    Term term = Operators.term(operand);
    if (!term.isScalar() && !term.shape().equals(rest.stream().map(i -> i.extent().most()).toList())) {
      throw new CheckFailure(
          ShapeErrors.outsideShape(
              expression.span(), term.shape(), rest.stream().map(i -> i.extent().most()).toList()));
    }
    Type type = base.type();
    if (type.isReal()) {
      term = Operators.real(term, expression.span(), context);
    } else if (type.isInteger() != term.type().isInteger() || type.isBool() != term.type().isBool()) {
      throw new CheckFailure(
          TypeErrors.outsideType(expression.span(), term.type().toString(), type.toString()));
    }
    return Operators.at(term, rest);
  }

  private Term read(
      Term base,
      List<Subscript> positions,
      List<Index> rest,
      Optional<Expr> outside,
      Expression.Access access,
      Context context) {
    boolean isAffine =
        positions.stream().allMatch(p -> p instanceof Subscript.Affine) && outside.isEmpty();
    if (isWholeRead(base)) {
      return readTensor(base, positions, rest, outside);
    }
    if (isAffine) {
      var forms = new HashMap<Index, Affine>();
      for (int i = 0; i < positions.size(); i++) {
        forms.put(base.axes().get(i), Affine.of((Subscript.Affine) positions.get(i)));
      }
      return new Term(rest, Substitution.forms(base.body(), forms), base.type());
    }
    Term tensor = tensor(base, access.base().span(), context);
    List<Index> own = tensor.axes().subList(positions.size(), tensor.axes().size());
    var renamed = new HashMap<Index, Index>();
    for (int i = 0; i < own.size(); i++) {
      renamed.put(rest.get(i), own.get(i));
    }
    Optional<Expr> moved = outside.map(o -> Substitution.indices(o, renamed));
    return readTensor(tensor, positions, own, moved);
  }

  /** A tensor of its own for a term that is none yet. */
  Term tensor(Term term, Span span, Context context) {
    if (context.mode().inDerivative()) {
      throw new CheckFailure(TypeErrors.tooMuchForDerivative(span));
    }
    return context.out().temporary(term, context, context.place(span));
  }

  /** Whether a term only reads a tensor, each of its axes bare in one position. */
  static boolean isWholeRead(Term term) {
    if (!(term.body() instanceof Expr.Read read) || read.outside().isPresent()) {
      return false;
    }
    long bare =
        read.at().stream()
            .filter(
                s ->
                    s instanceof Subscript.Affine affine
                        && Affine.of(affine).bareIndex().filter(term.axes()::contains).isPresent())
            .count();
    var free = FreeIndices.of(read);
    return bare == term.axes().size() && free.containsAll(term.axes()) && onlyBare(read, term);
  }

  private static boolean onlyBare(Expr.Read read, Term term) {
    return read.at().stream()
        .allMatch(
            s ->
                (s instanceof Subscript.Affine affine && Affine.of(affine).bareIndex().isPresent())
                    || FreeIndices.of(Expr.read(read.tensor(), List.of(s))).stream()
                        .noneMatch(term.axes()::contains));
  }

  private static Term readTensor(
      Term tensor, List<Subscript> positions, List<Index> rest, Optional<Expr> outside) {
    var read = (Expr.Read) tensor.body();
    Map<Index, Subscript> moved = new HashMap<>();
    for (int i = 0; i < positions.size(); i++) {
      moved.put(tensor.axes().get(i), positions.get(i));
    }
    var at = new ArrayList<Subscript>();
    for (Subscript subscript : read.at()) {
      at.add(
          subscript instanceof Subscript.Affine affine
              ? Affine.of(affine).bareIndex().map(moved::get).orElse(subscript)
              : subscript);
    }
    return new Term(rest, new Expr.Read(read.tensor(), at, outside), tensor.type());
  }
}

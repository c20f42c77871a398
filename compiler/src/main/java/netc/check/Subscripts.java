package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.errors.Alone;
import netc.check.errors.IndexErrors;
import netc.check.errors.SizeErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.ir.Subscript;
import netc.syntax.Expression;
import netc.syntax.Expression.BinaryOperator;

/** One position of an access: an expression of the text as a {@link Subscript} of the IR. */
final class Subscripts {
  private final Elaborator elaborator;

  Subscripts(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  /** The subscript that an expression is on an axis of {@code size}. */
  Subscript of(Expression part, int size, Expression.Access access, Context context) {
    try {
      return form(part, size, access, context);
    } catch (ArithmeticException overflow) {
      throw new CheckFailure(IndexErrors.tooLarge(part.span()));
    }
  }

  private Subscript form(Expression part, int size, Expression.Access access, Context context) {
    return switch (part) {
      case Expression.Parenthesized parenthesized ->
          form(parenthesized.inner(), size, access, context);
      case Expression.Call call when isBorderRule(call, context) -> {
        if (size == Extent.MOST) {
          throw new CheckFailure(SizeErrors.rowsAsSize(call.span(), "the length of the axis"));
        }
        Subscript of = argument(call, size, access, context);
        yield isBorderRule(call, "wrap", context)
            ? new Subscript.Wrap(of, size)
            : new Subscript.Clamp(of, size);
      }
      case Expression.Binary binary when hasSpecialPart(binary, context) ->
          special(binary, size, access, context);
      default -> computed(part, context);
    };
  }

  /** Whether a position depends on the length of its axis. */
  static boolean hasBorderRule(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Clamp _, Subscript.Wrap _ -> true;
      case Subscript.Plus(var left, var right) -> hasBorderRule(left) || hasBorderRule(right);
      case Subscript.Quotient(var of, _) -> hasBorderRule(of);
      case Subscript.Remainder(var of, _) -> hasBorderRule(of);
      case Subscript.Exact(var of, _) -> hasBorderRule(of);
      case Subscript.Affine _, Subscript.Gathered _ -> false;
    };
  }

  private static boolean isBorderRule(Expression.Call call, Context context) {
    return isBorderRule(call, "clamp", context) || isBorderRule(call, "wrap", context);
  }

  private static boolean isBorderRule(Expression.Call call, String name, Context context) {
    return call.callee() instanceof Expression.Reference reference
        && reference.name().text().equals(name)
        && call.arguments().size() == 1
        && context.scope().find(name).isEmpty();
  }

  private Subscript argument(
      Expression.Call call, int size, Expression.Access access, Context context) {
    return form(call.arguments().getFirst().value().first(), size, access, context);
  }

  /** Whether an exact division or a border rule stands among the terms of a sum. */
  private static boolean hasSpecialPart(Expression expression, Context context) {
    return switch (expression) {
      case Expression.Parenthesized parenthesized ->
          hasSpecialPart(parenthesized.inner(), context);
      case Expression.Call call -> isBorderRule(call, context);
      case Expression.Binary binary ->
          binary.operator() == BinaryOperator.OVER
              || (isSum(binary)
                  && (hasSpecialPart(binary.left(), context)
                      || hasSpecialPart(binary.right(), context)));
      default -> false;
    };
  }

  private static boolean isSum(Expression.Binary binary) {
    return binary.operator() == BinaryOperator.PLUS || binary.operator() == BinaryOperator.MINUS;
  }

  private Subscript special(
      Expression.Binary binary, int size, Expression.Access access, Context context) {
    if (binary.operator() == BinaryOperator.OVER) {
      return exact(binary, size, access, context);
    }
    Subscript left = form(binary.left(), size, access, context);
    Subscript right = form(binary.right(), size, access, context);
    if (binary.operator() == BinaryOperator.MINUS) {
      if (!(right instanceof Subscript.Affine affine)) {
        throw new CheckFailure(IndexErrors.badForm(binary.span()));
      }
      right = Affine.of(affine).times(-1).toSubscript();
    }
    return plus(left, right);
  }

  private static Subscript plus(Subscript left, Subscript right) {
    return left instanceof Subscript.Affine a && right instanceof Subscript.Affine b
        ? Affine.of(a).plus(Affine.of(b)).toSubscript()
        : new Subscript.Plus(left, right);
  }

  /** {@code a / c}: where c does not divide a, the access lies outside. */
  private Subscript exact(
      Expression.Binary binary, int size, Expression.Access access, Context context) {
    var quotient = elaborator.build.tryQuietly(
            () -> elaborator.value(binary, context.to(elaborator.build.scratch())));
    if (quotient.isPresent() && quotient.get() instanceof Constant) {
      return Subscript.of(
          Math.toIntExact(elaborator.wholeNumber(binary, context, "a subscript")));
    }
    long divisor = elaborator.wholeNumber(binary.right(), context, "the divisor in a subscript");
    if (divisor < 1 || divisor > Integer.MAX_VALUE) {
      throw new CheckFailure(IndexErrors.badForm(binary.span()));
    }
    Subscript of = form(binary.left(), size, access, context);
    if (divisor == 1) {
      return of;
    }
    if (access.outside().isEmpty()) {
      String rounded = "div(" + binary.left().span().text() + ", " + binary.right().span().text() + ")";
      throw new CheckFailure(
          IndexErrors.divisionNeedsElse(access.span(), binary.span(), rounded));
    }
    return netc.ir.Subscripts.exact(of, (int) divisor);
  }

  private Subscript computed(Expression part, Context context) {
    Value value = elaborator.value(part, context);
    if (value instanceof Constant constant && constant.isNumber()) {
      return Subscript.of(
          Math.toIntExact(elaborator.wholeNumber(part, context, "a subscript")));
    }
    Term term = Operators.term(new Operators.Operand(value, part.span()));
    if (!term.isScalar() || !term.type().isInteger()) {
      throw new CheckFailure(
          TypeErrors.badSubscript(part.span(), term.type().toString(), term.shape()));
    }
    return of(term.body(), part);
  }

  /** An integer expression as a subscript. */
  private static Subscript of(Expr expr, Expression part) {
    var affine = Affine.of(expr);
    if (affine.isPresent()) {
      return affine.get().toSubscript();
    }
    if (expr instanceof Expr.Apply(Primitive primitive, List<Expr> arguments)) {
      switch (primitive) {
        case FLOOR_DIVIDE, REMAINDER -> {
          if (arguments.get(1) instanceof Expr.Int(long divisor) && !readsData(arguments.getFirst())) {
            Subscript of = of(arguments.getFirst(), part);
            int by = Math.toIntExact(divisor);
            return primitive == Primitive.REMAINDER
                ? new Subscript.Remainder(of, by)
                : new Subscript.Quotient(of, by);
          }
        }
        case ADD -> {
          if (readsData(arguments.get(0)) != readsData(arguments.get(1))) {
            return plus(of(arguments.get(0), part), of(arguments.get(1), part));
          }
          if (!readsData(expr)) {
            return plus(of(arguments.get(0), part), of(arguments.get(1), part));
          }
        }
        case SUBTRACT -> {
          var subtracted = Affine.of(arguments.get(1));
          if (subtracted.isPresent()) {
            return plus(of(arguments.get(0), part), subtracted.get().times(-1).toSubscript());
          }
          if (!readsData(arguments.get(0)) && readsData(arguments.get(1))) {
            return plus(
                of(arguments.get(0), part),
                new Subscript.Gathered(Expr.apply(Primitive.NEGATE, arguments.get(1))));
          }
        }
        default -> {}
      }
    }
    if (!readsData(expr)) {
      throw new CheckFailure(IndexErrors.badForm(part.span()));
    }
    return new Subscript.Gathered(expr);
  }

  /** Whether a position is known only when the net runs: from data, or as the row's own. */
  private static boolean readsData(Expr expr) {
    return Reading.any(expr) || FreeIndices.of(expr).contains(FreshIndices.BATCH);
  }

  /** An unwritten range equals the axis on which its index stands bare. */
  void checkBare(Expression part, int size, String base, Context context) {
    if (part instanceof Expression.Reference reference
        && reference.qualifier().isEmpty()
        && reference.name().superscripts().isEmpty()
        && context.scope().find(reference.name().text()).orElse(null)
            instanceof Entity.Running(Index index, long _, boolean isWritten, var span)
        && !isWritten
        && !index.extent().isBatch()
        && index.extent().most() != size) {
      int runs = index.extent().most();
      var bound = new Alone(span, runs, "as bound", Optional.empty(), Optional.empty());
      String axis = base + " has " + size + " there";
      var here = new Alone(part.span(), size, axis, Optional.empty(), Optional.empty());
      throw new CheckFailure(
          IndexErrors.rangesDiffer(reference.name().text(), bound, here, Optional.empty()));
    }
  }

  /** {@code (c, i, j)}: row-major; the ranges multiply to the axis, at most one part is a constant. */
  Subscript fused(Expression.Subscript subscript, int size, Context context) {
    record Part(Affine form, int size) {}
    var parts = new ArrayList<Part>();
    int constantAt = -1;
    boolean isOfRows = size == Extent.MOST;
    long product = 1;
    for (Expression part : subscript.parts()) {
      Subscript form = computed(part, context);
      Optional<Index> index =
          form instanceof Subscript.Affine affine ? Affine.of(affine).bareIndex() : Optional.empty();
      if (index.isPresent()) {
        parts.add(new Part(Affine.of(index.get()), index.get().extent().most()));
        product = Intervals.multiply(product, index.get().extent().most());
        isOfRows |= index.get().extent().isRows();
      } else if (form instanceof Subscript.Affine(int constant, var terms)
          && terms.isEmpty()
          && constantAt < 0) {
        constantAt = parts.size();
        parts.add(new Part(Affine.of(constant), 0));
      } else {
        throw new CheckFailure(IndexErrors.badFusedPart(part.span()));
      }
    }
    if (isOfRows) {
      throw new CheckFailure(SizeErrors.fusedRows(subscript.span()));
    }
    if (constantAt >= 0 && product > 0 && size % product == 0) {
      int rest = (int) (size / product);
      Affine constant = parts.get(constantAt).form();
      if (constant.constant() < 0 || constant.constant() >= rest) {
        throw new CheckFailure(
            IndexErrors.fusedConstantOutside(
                subscript.parts().get(constantAt).span(), constant.constant(), rest));
      }
      parts.set(constantAt, new Part(constant, rest));
      product *= rest;
    }
    if (product != size) {
      throw new CheckFailure(
          IndexErrors.fusedProduct(
              subscript.span(), parts.stream().map(Part::size).toList(), product, size));
    }
    Affine sum = Affine.of(0);
    for (Part part : parts) {
      sum = sum.times(part.size()).plus(part.form());
    }
    return sum.toSubscript();
  }
}

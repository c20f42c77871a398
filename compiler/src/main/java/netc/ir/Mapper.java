package netc.ir;

import java.util.Optional;

/**
 * Rebuilds expressions from the leaves up. A subclass overrides what it changes; everything else is
 * copied through.
 */
public class Mapper {

  /** The rebuilt expression: parts first, then {@link #rebuilt}. */
  public Expr map(Expr expr) {
    return switch (expr) {
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.BatchSize _, Expr.Training _ -> leaf(expr);
      case Expr.Position position -> position(position);
      case Expr.Read read -> read(parts(read));
      case Expr.Apply(var primitive, var arguments) ->
          rebuilt(new Expr.Apply(primitive, arguments.stream().map(this::map).toList()));
      case Expr.Select(var condition, var then, var otherwise) ->
          rebuilt(new Expr.Select(map(condition), map(then), map(otherwise)));
      case Expr.Custom(var value, var argument, var derivative) ->
          custom(map(value), map(argument), map(derivative));
    };
  }

  /** A number, {@code rows} or {@code training}. */
  protected Expr leaf(Expr leaf) {
    return leaf;
  }

  protected Expr position(Expr.Position position) {
    return position;
  }

  /** An access whose subscripts and outside-value are mapped already. */
  protected Expr read(Expr.Read read) {
    return read;
  }

  /** An operation or selection whose parts are mapped already. */
  protected Expr rebuilt(Expr expr) {
    return expr;
  }

  /** The argument of a {@link Expr.Custom} has to stay an access. */
  private static Expr custom(Expr value, Expr argument, Expr derivative) {
    return new Expr.Custom(value, (Expr.Read) argument, derivative);
  }

  private Expr.Read parts(Expr.Read read) {
    return new Expr.Read(
        read.tensor(), read.at().stream().map(this::map).toList(), read.outside().map(this::map));
  }

  public Subscript map(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Affine affine -> affine(affine);
      case Subscript.Quotient(var of, int by) -> Subscripts.quotient(map(of), by);
      case Subscript.Remainder(var of, int by) -> Subscripts.remainder(map(of), by);
      case Subscript.Exact(var of, int by) -> Subscripts.exact(map(of), by);
      case Subscript.Clamp(var of, int size) -> new Subscript.Clamp(map(of), size);
      case Subscript.Wrap(var of, int size) -> new Subscript.Wrap(map(of), size);
      case Subscript.Gathered(var value) -> new Subscript.Gathered(map(value));
      case Subscript.Plus(var left, var right) -> Subscripts.plus(map(left), map(right));
    };
  }

  protected Subscript affine(Subscript.Affine affine) {
    return affine;
  }

  /** The reduction with its filter mapped. */
  public Reduction map(Reduction reduction) {
    return new Reduction(
        reduction.operator(), reduction.indices(), reduction.filter().map(this::map));
  }

  /** The step with every expression in it mapped. */
  public Step map(Step step) {
    return switch (step) {
      case Step.Single single -> map(single);
      case Step.Scan(var time, var isReverse, var body, var place) ->
          new Step.Scan(time, isReverse, body.stream().map(this::map).toList(), place);
    };
  }

  /** The step with every expression in it mapped. */
  public Step.Single map(Step.Single step) {
    return switch (step) {
      case Step.Equation(var target, var outputs, var reduction, var body, var place) ->
          new Step.Equation(target, outputs, reduction.map(this::map), map(body), place);
      case Step.Scatter(var target, var at, var domain, var filter, var body, var place) ->
          new Step.Scatter(
              target,
              at.stream().map(this::map).toList(),
              domain,
              filter.map(this::map),
              map(body),
              place);
    };
  }

  /** The optional expression, mapped. */
  public Optional<Expr> map(Optional<Expr> expr) {
    return expr.map(this::map);
  }
}

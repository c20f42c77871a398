package netc.ir;

import java.util.List;
import java.util.Optional;

/** A scalar expression: the {@code f} of an equation. */
public sealed interface Expr {

  ElementType type();

  record Real(double value) implements Expr {
    @Override
    public ElementType type() {
      return ElementType.REAL;
    }
  }

  record Int(long value) implements Expr {
    @Override
    public ElementType type() {
      return ElementType.INT;
    }
  }

  record Bool(boolean value) implements Expr {
    @Override
    public ElementType type() {
      return ElementType.BOOL;
    }
  }

  /** A loop index as a number; over the batch, the row's position in the batch. */
  record Position(Index index) implements Expr {
    @Override
    public ElementType type() {
      return ElementType.INT;
    }
  }

  /** The number of rows: of the minibatch, or of everything accumulated in a finishing program. */
  record BatchSize() implements Expr {
    @Override
    public ElementType type() {
      return ElementType.INT;
    }
  }

  /** Whether this is the train form; gone once a form is chosen. */
  record Training() implements Expr {
    @Override
    public ElementType type() {
      return ElementType.BOOL;
    }
  }

  /**
   * An element of a tensor.
   *
   * @param at one subscript an axis of the tensor, {@code Batch} included
   * @param outside the value where a position lies outside; empty when all are proved inside
   */
  record Read(Tensor tensor, List<Subscript> at, Optional<Expr> outside) implements Expr {
    public Read {
      at = List.copyOf(at);
    }

    @Override
    public ElementType type() {
      return tensor.type();
    }
  }

  record Apply(Primitive primitive, List<Expr> arguments) implements Expr {
    public Apply {
      arguments = List.copyOf(arguments);
    }

    @Override
    public ElementType type() {
      return switch (primitive) {
        case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST, NOT, AND, OR -> ElementType.BOOL;
        case TO_REAL -> ElementType.REAL;
        default -> arguments.getFirst().type();
      };
    }
  }

  /** Branch-precise: only the taken branch is evaluated, and only it has a derivative. */
  record Select(Expr condition, Expr then, Expr otherwise) implements Expr {
    @Override
    public ElementType type() {
      return then.type();
    }
  }

  /**
   * A function with a {@code deriv} of its own, applied. Stands only as the whole body of an equation
   * without reduction.
   *
   * @param value what it computes
   * @param argument the read through which it is differentiated; other reads in {@code value} of the
   *     same element count as the argument too and are not differentiated again
   * @param derivative the factor d value / d argument; may read the equation's own target at its own
   *     indices, so that sigmoid' = a (1 - a)
   */
  record Custom(Expr value, Read argument, Expr derivative) implements Expr {
    @Override
    public ElementType type() {
      return value.type();
    }
  }

  static Expr real(double value) {
    return new Real(value);
  }

  static Expr apply(Primitive primitive, Expr... arguments) {
    return new Apply(primitive, List.of(arguments));
  }

  static Read read(Tensor tensor, List<Subscript> at) {
    return new Read(tensor, at, Optional.empty());
  }
}

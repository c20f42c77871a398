package netc.ir;

import java.util.List;

/**
 * The position on one axis as a function of the indices: affine, with floor division and remainder by
 * constants, exact division, border rules, and at most one gathered integer. Positions are 0-based.
 */
public sealed interface Subscript {

  /** {@code constant + Σ coefficient · index}, each index at most once, no coefficient 0. */
  record Affine(int constant, List<Term> terms) implements Subscript {
    public Affine {
      terms = List.copyOf(terms);
    }
  }

  record Term(Index index, int coefficient) {}

  /** Floor division; {@code divisor > 0}. */
  record Quotient(Subscript of, int divisor) implements Subscript {}

  /** The remainder of floor division, 0..divisor-1. */
  record Remainder(Subscript of, int divisor) implements Subscript {}

  /** {@code of / divisor}; where it does not divide, the access lies outside. */
  record Exact(Subscript of, int divisor) implements Subscript {}

  /** The nearest of 0..size-1. */
  record Clamp(Subscript of, int size) implements Subscript {}

  /** The remainder of floor division by the size of the axis. */
  record Wrap(Subscript of, int size) implements Subscript {}

  /** A position known only from data; {@code value} is of type INT. */
  record Gathered(Expr value) implements Subscript {}

  record Plus(Subscript left, Subscript right) implements Subscript {}

  static Subscript of(Index index) {
    return new Affine(0, List.of(new Term(index, 1)));
  }

  static Subscript of(int constant) {
    return new Affine(constant, List.of());
  }
}

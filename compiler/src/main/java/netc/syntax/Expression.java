package netc.syntax;

import java.util.List;
import java.util.Optional;
import netc.source.Span;

/** An expression as written. Nothing is resolved here: {@code f(x)} may be a function or a layer. */
public sealed interface Expression extends Node {

  /** A whole literal: exact. */
  record Whole(java.math.BigInteger value, Span span) implements Expression {}

  /** A literal with a point or an exponent: a double. */
  record Decimal(double value, Span span) implements Expression {}

  record Text(String value, Span span) implements Expression {}

  record Truth(boolean value, Span span) implements Expression {}

  /** {@code inf}, {@code pi}, {@code training}. */
  record Builtin(Kind kind, Span span) implements Expression {
    public enum Kind {
      INF,
      PI,
      TRAINING
    }
  }

  /**
   * A possibly qualified name, {@code v.conv} or {@code w@l}.
   *
   * @param qualifier the parts before the last dot
   */
  record Reference(List<String> qualifier, Name name, Span span) implements Expression {
    public Reference {
      qualifier = List.copyOf(qualifier);
    }
  }

  /** {@code base[i, (c, j), k in 5 else outside]}. */
  record Access(
      Expression base, List<Subscript> subscripts, Optional<Expression> outside, Span span)
      implements Expression {
    public Access {
      subscripts = List.copyOf(subscripts);
    }
  }

  /**
   * One position of an {@link Access}: several {@code parts} are a fused one; a range stands only
   * in {@code f[u in 5](e)}.
   */
  record Subscript(List<Expression> parts, Optional<Range> range, Span span) {
    public Subscript {
      parts = List.copyOf(parts);
    }
  }

  record Call(Expression callee, List<Argument> arguments, Span span) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code name = value}, or just a value; only settings take a range with two ends. */
  record Argument(Optional<Name> name, Range value, Span span) {}

  enum ReductionName {
    SUM,
    PROD,
    MEAN,
    MAX,
    MIN,
    ARGMAX,
    ARGMIN,
    ANY,
    ALL,
    COUNT
  }

  /** {@code sum[k in K if c] body}. */
  record Reduce(
      ReductionName reduction,
      List<Binder> binders,
      Optional<Expression> filter,
      Expression body,
      Span span)
      implements Expression {
    public Reduce {
      binders = List.copyOf(binders);
    }
  }

  /** {@code max(a, b)}, {@code sum(v)}. */
  record ReduceCall(ReductionName reduction, List<Argument> arguments, Span span)
      implements Expression {
    public ReduceCall {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code real(y)}: a data index as a number. */
  record RealOf(Expression value, Span span) implements Expression {}

  enum BinaryOperator {
    POWER("^"),
    TIMES("*"),
    OVER("/"),
    PLUS("+"),
    MINUS("-"),
    EQUAL("=="),
    DIFFERENT("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    AND("and"),
    OR("or");

    private final String symbol;

    BinaryOperator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  record Binary(
      BinaryOperator operator, Expression left, Expression right, Span operatorSpan, Span span)
      implements Expression {}

  record Negate(Expression value, Span span) implements Expression {}

  record Not(Expression value, Span span) implements Expression {}

  /** {@code left |> target}; the target is a reference with argument lists. */
  record Pipe(Expression left, Expression target, Span span) implements Expression {}

  record If(Expression condition, Expression then, Expression otherwise, Span span)
      implements Expression {}

  /** {@code [a, b, …]}. */
  record Stack(List<Expression> elements, Span span) implements Expression {
    public Stack {
      elements = List.copyOf(elements);
    }
  }

  /** {@code (e)}: kept, because where a pipe or an {@code if} may stand depends on it. */
  record Parenthesized(Expression inner, Span span) implements Expression {}
}

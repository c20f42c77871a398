package netc.loop;

import java.util.List;

/** A statement of a kernel. Names of locals are unique within a kernel, except in disjoint blocks. */
public sealed interface Statement {

  /** {@code for (int variable = from; variable < to; variable += step)}; {@code to} is evaluated once. */
  record For(String variable, Scalar from, Scalar to, int step, List<Statement> body)
      implements Statement {
    public For {
      body = List.copyOf(body);
    }
  }

  /** {@code type name = value}. */
  record Let(String name, Scalar value) implements Statement {}

  /** {@code float[] name = rows[index]}. */
  record LetRow(String name, String rows, ScalarType element, Scalar index) implements Statement {}

  /** {@code name = value}. */
  record Assign(String name, Scalar value) implements Statement {}

  /** {@code array[index] = value}, where {@code array} is an argument of rank 1 or a row. */
  record Store(String array, Scalar index, Scalar value) implements Statement {}

  /** {@code array[row][lane] = value}, where {@code array} is an argument of rank 2. */
  record StoreLane(String array, Scalar row, Scalar lane, Scalar value) implements Statement {}

  record If(Scalar condition, List<Statement> then, List<Statement> otherwise)
      implements Statement {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }
}

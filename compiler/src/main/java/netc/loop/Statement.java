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

    /** The same rounds around other statements. */
    public For with(List<Statement> other) {
      return new For(variable, from, to, step, other);
    }
  }

  /** As {@link For}, a vector at a time: {@code variable += count * }{@link Scalar.LaneCount}. */
  record ForVectors(
      String variable, Scalar from, Scalar to, int count, ScalarType element, List<Statement> body)
      implements Statement {
    public ForVectors {
      body = List.copyOf(body);
    }
  }

  /** Calls another kernel, a method of its own, with arrays and ints of this one. */
  record Invoke(Kernel kernel, List<String> arrays, List<Scalar> ints) implements Statement {
    public Invoke {
      arrays = List.copyOf(arrays);
      ints = List.copyOf(ints);
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

  /** The lanes of {@code value} into {@code array}, an argument of rank 1 or a row, from {@code index} on. */
  record StoreVector(String array, Scalar index, Scalar value) implements Statement {}

  record If(Scalar condition, List<Statement> then, List<Statement> otherwise)
      implements Statement {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /** Whether any of these, at any depth, works on vectors. */
  static boolean anyUsesVectors(List<Statement> statements) {
    return statements.stream()
        .anyMatch(
            statement ->
                switch (statement) {
                  case ForVectors _, StoreVector _ -> true;
                  case For loop -> anyUsesVectors(loop.body());
                  case If choice ->
                      anyUsesVectors(choice.then()) || anyUsesVectors(choice.otherwise());
                  case Invoke invoke -> invoke.kernel().usesVectors();
                  case Let let -> let.value().type().isVector();
                  case LetRow _, Assign _, Store _, StoreLane _ -> false;
                });
  }
}

package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import netc.ir.Reduction.Operator;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * Some results side by side in rows of their own, to which multiples of other rows are added: plain loops
 * that the JIT compiler turns into vectors. Every row is an array with the same index, since it cannot
 * rule out aliasing between sections of one array.
 */
final class RowSums {
  private final KernelBuilder kernel;
  private final ScalarType element;
  private final int length;
  private final PlainTile tile;
  private final List<String> rows = new ArrayList<>();
  private final List<Statement> begun = new ArrayList<>();

  /**
   * @param scratch the array of the rows
   * @param first of the rows in it
   * @param count of the results, at most those of the tile
   * @param length of every row
   */
  RowSums(
      KernelBuilder kernel, String scratch, Scalar first, int count, int length, PlainTile tile) {
    this.kernel = kernel;
    this.element = kernel.arrays().real();
    this.length = length;
    this.tile = tile;
    for (int result = 0; result < count; result++) {
      String row = kernel.fresh("y");
      begun.add(new Statement.LetRow(row, scratch, element, Ints.plus(first, Ints.of(result))));
      rows.add(row);
    }
  }

  /** Has to stand in front of anything that uses the rows. */
  List<Statement> begun() {
    return List.copyOf(begun);
  }

  /** The rows become 0. */
  List<Statement> zeros() {
    var statements = new ArrayList<Statement>();
    for (String row : rows) {
      statements.add(
          along(k -> List.of(new Statement.Store(row, k, Terms.neutral(Operator.SUM, element)))));
    }
    return statements;
  }

  String row(int result) {
    return rows.get(result);
  }

  /** The factor of a result and a tap. */
  interface Factor {
    Scalar of(int result, int tap);
  }

  /**
   * Adds some rows of an array, each times a number, to every result.
   *
   * @param matrix the array
   * @param first of the rows
   */
  List<Statement> add(String matrix, Scalar first, int taps, Factor factor) {
    var statements = new ArrayList<Statement>();
    var taken = new ArrayList<String>();
    for (int tap = 0; tap < taps; tap++) {
      String row = kernel.fresh("x");
      statements.add(new Statement.LetRow(row, matrix, element, Ints.plus(first, Ints.of(tap))));
      taken.add(row);
    }
    var factors = new ArrayList<List<String>>();
    for (int result = 0; result < rows.size(); result++) {
      var ofResult = new ArrayList<String>();
      for (int tap = 0; tap < taps; tap++) {
        String name = kernel.fresh("w");
        statements.add(new Statement.Let(name, factor.of(result, tap)));
        ofResult.add(name);
      }
      factors.add(ofResult);
    }
    statements.add(along(k -> added(k, taken, factors)));
    return statements;
  }

  private List<Statement> added(Scalar k, List<String> taken, List<List<String>> factors) {
    var stores = new ArrayList<Statement>();
    for (int result = 0; result < rows.size(); result++) {
      Scalar sum = new Scalar.Load(rows.get(result), k, element);
      for (int tap = 0; tap < taken.size(); tap++) {
        Scalar number = new Scalar.Local(factors.get(result).get(tap), element);
        Scalar addend = new Scalar.Load(taken.get(tap), k, element);
        sum = new Scalar.Call(Scalar.Function.FMA, List.of(number, addend, sum), element);
      }
      stores.add(new Statement.Store(rows.get(result), k, sum));
    }
    return SharedLoads.of(stores, tile.sharedLoads());
  }

  /** Something for every element of a row. */
  private Statement along(Function<Scalar, List<Statement>> body) {
    String variable = kernel.fresh("k");
    return new Statement.For(
        variable, Ints.of(0), Ints.of(length), 1, body.apply(Ints.local(variable)));
  }
}

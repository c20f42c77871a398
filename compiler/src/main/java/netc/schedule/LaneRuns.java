package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/** A tile at every vector along a row whose length need be no multiple of the vector's. */
final class LaneRuns {
  /** Floats of a cache line, and the most lanes of a vector. */
  static final int LINE = 16;

  private LaneRuns() {}

  interface Tiles {
    List<Statement> at(Scalar lane);
  }

  /** The last vectors overlap those before them; the row is no shorter than they are. */
  static List<Statement> along(
      KernelBuilder kernel, int length, int width, ScalarType element, Tiles tiles) {
    Scalar vectors = Ints.times(new Scalar.LaneCount(element), width);
    String lane = kernel.fresh("lane");
    String last = kernel.fresh("last");
    var statements = new ArrayList<Statement>();
    statements.add(
        new Statement.Let(
            last, new Scalar.Arithmetic(Scalar.Operator.SUBTRACT, Ints.of(length), vectors)));
    statements.add(
        new Statement.ForVectors(
            lane, Ints.of(0), Ints.local(last), width, element, tiles.at(Ints.local(lane))));
    statements.addAll(tiles.at(Ints.local(last)));
    return statements;
  }
}

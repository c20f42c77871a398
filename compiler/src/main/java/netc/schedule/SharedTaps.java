package netc.schedule;

import java.util.List;
import java.util.TreeSet;
import netc.loop.Scalar;
import netc.loop.Statement;

/**
 * The taps of one row of a window, of a tile both of whose factors are vectors: results side by side read
 * nearly the same, which is loaded once for all of them. A tap by itself would load as much as it
 * multiplies.
 *
 * @param leftAt where the run of taps begins in the left factor, of which the tile has one row
 * @param rightAt the same in the right one
 */
record SharedTaps(Tile tile, Scalar leftAt, Scalar rightAt) {

  void addTo(List<Statement> body) {
    Tile.Run weights = tile.left().run();
    for (int tap = 0; tap < weights.length(); tap++) {
      for (int v = 0; v < tile.width(); v++) {
        body.add(load(left(tap, v), Tile.LEFT, leftAt, tap * weights.stride(), v));
      }
    }
    var places = new TreeSet<Integer>();
    for (int g = 0; g < tile.right().rows(); g++) {
      for (int tap = 0; tap < weights.length(); tap++) {
        places.add(place(g, tap));
      }
    }
    for (int place : places) {
      for (int v = 0; v < tile.width(); v++) {
        body.add(load(right(place, v), Tile.RIGHT, rightAt, place, v));
        multiply(body, place, v);
      }
    }
  }

  /** What one vector of the right factor adds to all sums. */
  private void multiply(List<Statement> body, int place, int v) {
    for (int g = 0; g < tile.right().rows(); g++) {
      for (int tap = 0; tap < tile.right().run().length(); tap++) {
        if (place(g, tap) == place) {
          body.add(tile.multiply(left(tap, v), right(place, v), Tile.accumulator(0, g, v)));
        }
      }
    }
  }

  private int place(int g, int tap) {
    return g * tile.right().stride() + tap * tile.right().run().stride();
  }

  private Statement load(String name, String array, Scalar start, int offset, int v) {
    return new Statement.Let(
        name,
        new Scalar.LoadVector(array, tile.vectorAt(start, offset, v), tile.element().counterpart()));
  }

  private static String left(int tap, int v) {
    return "a" + tap + "_" + v;
  }

  private static String right(int place, int v) {
    return "b" + place + "_" + v;
  }
}

package netc.schedule;

import java.util.List;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * The kernel {@code y[to] = Σ over lanes x[from + lane]}, or {@code +=}, as a balanced tree: always in the
 * same order.
 */
final class LaneSum {
  private LaneSum() {}

  /** @param adds whether to what is there, else in its place */
  static Kernel kernel(ScalarType element, int lanes, boolean adds) {
    Scalar to = Ints.local("to");
    Scalar all = sum(element, 0, lanes);
    Scalar sum =
        adds
            ? new Scalar.Arithmetic(Scalar.Operator.ADD, new Scalar.Load("y", to, element), all)
            : all;
    return new Kernel(
        List.of(
            new Kernel.Argument("x", new ArrayType(element, 1)),
            new Kernel.Argument("y", new ArrayType(element, 1))),
        List.of("from", "to"),
        List.of(new Statement.Store("y", to, sum)));
  }

  private static Scalar sum(ScalarType element, int first, int end) {
    if (end - first == 1) {
      return new Scalar.Load("x", Ints.plus(Ints.local("from"), Ints.of(first)), element);
    }
    int middle = (first + end) / 2;
    return new Scalar.Arithmetic(
        Scalar.Operator.ADD, sum(element, first, middle), sum(element, middle, end));
  }
}

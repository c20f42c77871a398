package netc.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import netc.ir.Printer;
import netc.ir.Program;
import netc.ir.Reader;
import netc.ir.Verifier;
import org.junit.jupiter.api.Test;

/** What the passes do to scans: a small program before and after. */
class ScanPassesTest {
  private static final String INPUTS =
      """
      input x[batch, 5, 4]
      parameter w[3, 3]
      parameter u[3, 4]
      parameter b[3]
      """;

  private static void assertRewrites(Pass pass, String before, String expected) {
    Program program = Reader.read("program p\n" + INPUTS + before);
    var y = program.steps().getLast().targets().getLast();
    Program after =
        pass.apply(
            new Program("p", program.steps(), List.of(new Program.Result("y", y))));
    Verifier.verified(after, Verifier.Stage.FORM, pass.getClass().getSimpleName());
    assertEquals(
        expected,
        after.steps().stream().map(Printer::print).collect(Collectors.joining("\n", "", "\n")));
  }

  @Test
  void onlyTheRecurrenceStaysInTheScan() {
    assertRewrites(
        new SplitScans(),
        """
        scan t in 5 of a[batch, 5, 3], h[batch, 5, 3], s[batch, 5, 3], y[batch, 5] {
          a[batch, t in 5, j in 3] = sum[i in 4] u[j, i] * x[batch, t, i]
          s[batch, t in 5, j in 3] = sum[k in 3] w[j, k] * h[batch, t - 1, k else b[k]]
          h[batch, t in 5, j in 3] = tanh(s[batch, t, j] + a[batch, t, j])
          y[batch, t in 5] = sum[j in 3] h[batch, t, j] * b[j]
        }
        """,
        """
        a[batch, t in 5, j in 3] = sum[i in 4] u[j, i] * x[batch, t, i]
        scan t in 5 of s[batch, 5, 3], h[batch, 5, 3] {
          s[batch, t in 5, j in 3] = sum[k in 3] w[j, k] * h[batch, t - 1, k else b[k]]
          h[batch, t in 5, j in 3] = tanh(s[batch, t, j] + a[batch, t, j])
        }
        y[batch, t in 5] = sum[j in 3] h[batch, t, j] * b[j]
        """);
  }

  @Test
  void recurrencesThatDoNotMeetAreScansOfTheirOwn() {
    assertRewrites(
        new SplitScans(),
        """
        scan t in reverse 5 of y[batch, 5], a[batch, 5] {
          a[batch, t in 5] = a[batch, t + 2 else 1.0] * x[batch, t, 0]
          y[batch, t in 5] = y[batch, t + 1 else 0.0] + a[batch, t]
        }
        """,
        """
        scan t in reverse 5 of a[batch, 5] {
          a[batch, t in 5] = a[batch, t + 2 else 1.0] * x[batch, t, 0]
        }
        scan t in reverse 5 of y[batch, 5] {
          y[batch, t in 5] = y[batch, t + 1 else 0.0] + a[batch, t]
        }
        """);
  }

  @Test
  void deadCodeLeavesWhatTheResultReadsThroughTime() {
    assertRewrites(
        new DeadCode(),
        """
        scan t in 5 of a[batch, 5], c[batch, 5], d[batch, 5], y[batch, 5] {
          a[batch, t in 5] = c[batch, t - 1 else 0.0] + x[batch, t, 0]
          d[batch, t in 5] = d[batch, t - 1 else 0.0] + a[batch, t]
          c[batch, t in 5] = a[batch, t] * x[batch, t, 1]
          y[batch, t in 5] = y[batch, t - 1 else 0.0] + a[batch, t]
        }
        """,
        """
        scan t in 5 of a[batch, 5], c[batch, 5], y[batch, 5] {
          a[batch, t in 5] = c[batch, t - 1 else 0.0] + x[batch, t, 0]
          c[batch, t in 5] = a[batch, t] * x[batch, t, 1]
          y[batch, t in 5] = y[batch, t - 1 else 0.0] + a[batch, t]
        }
        """);
  }

  @Test
  void fusionStopsAtTheBordersOfAScan() {
    assertRewrites(
        new Fuse(),
        """
        a[batch, t in 5, j in 3] = x[batch, t, j] + b[j]
        scan t in 5 of c[batch, 5, 3], h[batch, 5, 3] {
          c[batch, t in 5, j in 3] = h[batch, t - 1, j else 0.0] * a[batch, t, j]
          h[batch, t in 5, j in 3] = tanh(c[batch, t, j])
        }
        y[batch, t in 5, j in 3] = h[batch, t, j] * 2.0
        """,
        """
        a[batch, t in 5, j in 3] = x[batch, t, j] + b[j]
        scan t in 5 of h[batch, 5, 3] {
          h[batch, t in 5, j in 3] = tanh(h[batch, t - 1, j else 0.0] * a[batch, t, j])
        }
        y[batch, t in 5, j in 3] = h[batch, t, j] * 2.0
        """);
  }

  @Test
  void equalRecurrencesAreOne() {
    assertRewrites(
        new CommonEquations(),
        """
        scan t in 5 of a[batch, 5], c[batch, 5], y[batch, 5] {
          a[batch, t in 5] = a[batch, t - 1 else 0.0] + x[batch, t, 0] + c[batch, t - 1 else 0.0]
          c[batch, t in 5] = x[batch, t, 1]
          y[batch, t in 5] = x[batch, t, 1]
        }
        z[batch, t in 5] = a[batch, t] * y[batch, t]
        """,
        """
        scan t in 5 of a[batch, 5], c[batch, 5] {
          a[batch, t in 5] = a[batch, t - 1 else 0.0] + x[batch, t, 0] + c[batch, t - 1 else 0.0]
          c[batch, t in 5] = x[batch, t, 1]
        }
        z[batch, t in 5] = a[batch, t] * c[batch, t]
        """);
  }

  @Test
  void whatDoesNotRunOverTimeIsNamedInFront() {
    assertRewrites(
        new NameOperands(),
        """
        scan t in 5 of y[batch, 5, 3] {
          y[batch, t in 5, j in 3] = sum[k in 3] y[batch, t - 1, k else 0.0] * (w[j, k] + b[j])
        }
        """,
        """
        y'1[j in 3, k in 3] = w[j, k] + b[j]
        scan t in 5 of y[batch, 5, 3] {
          y[batch, t in 5, j in 3] = sum[k in 3] y[batch, t - 1, k else 0.0] * y'1[j, k]
        }
        """);
  }

  @Test
  void timeIsNeverSplit() {
    String scan =
        """
        scan t in 4 of y[batch, 4] {
          y[batch, t in 4] = y[batch, t - 1 else 0.0] * x[batch, div(t, 2), mod(t, 2)]
        }
        """;
    assertRewrites(new SplitIndices(), scan, scan);
  }

  @Test
  void anOriginalOfTheSameTimeIsReadInsteadOfACopyFurtherDown() {
    assertRewrites(
        (Pass) p -> new DeadCode().apply(new InlineCopies().apply(p)),
        """
        scan t in reverse 5 of s[batch, 5, 3], y[batch, 5, 3], c[batch, 5, 3], d[batch, 5, 3] {
          s[batch, t in 5, k in 3] = sum[j in 3] d[batch, t + 1, j else 0.0] * w[j, k]
          y[batch, t in 5, j in 3] = s[batch, t, j] + u[j, 0]
          c[batch, t in 5, j in 3] = y[batch, t, j]
          d[batch, t in 5, j in 3] = c[batch, t, j]
        }
        z[batch, t in 5, j in 3] = d[batch, t, j] + y[batch, t, j]
        """,
        """
        scan t in reverse 5 of s[batch, 5, 3], y[batch, 5, 3] {
          s[batch, t in 5, k in 3] = sum[j in 3] y[batch, t + 1, j else 0.0] * w[j, k]
          y[batch, t in 5, j in 3] = s[batch, t, j] + u[j, 0]
        }
        z[batch, t in 5, j in 3] = y[batch, t, j] + y[batch, t, j]
        """);
  }

  @Test
  void anOriginalOfAnotherTimeIsNot() {
    String late =
        """
        scan t in 5 of s[batch, 5], y[batch, 5], d[batch, 5] {
          s[batch, t in 5] = d[batch, t - 1 else 0.0] + x[batch, t, 0]
          y[batch, t in 5] = s[batch, t] * b[0]
          d[batch, t in 5] = y[batch, t - 1 else 0.0]
        }
        """;
    assertRewrites(new InlineCopies(), late, late);
  }

  /** One gate's part of the adjoint of all gates. */
  @Test
  void whatHasNumbersAtOnePositionIsReadThere() {
    assertRewrites(
        (Pass) p -> new DeadCode().apply(new InlinePlacements().apply(p)),
        """
        scan t in 5 of r[batch, 5, 3], v[batch, 5, 2, 3], y[batch, 5, 2, 3] {
          r[batch, t in 5, j in 3] = x[batch, t, j] + y[batch, t - 1, 0, j else 0.0]
          v[batch, t in 5, p in 2, j in 3] = (if 1 == p then r[batch, t, j] else 0.0)
          y[batch, t in 5, g in 2, j in 3] = v[batch, t, g, j] * b[j]
        }
        z[batch, t in 5, g in 2, j in 3] = v[batch, t, g, j] + y[batch, t, g, j]
        """,
        """
        scan t in 5 of r[batch, 5, 3], y[batch, 5, 2, 3] {
          r[batch, t in 5, j in 3] = x[batch, t, j] + y[batch, t - 1, 0, j else 0.0]
          y[batch, t in 5, g in 2, j in 3] = (if 1 == g then r[batch, t, j] else 0.0) * b[j]
        }
        z[batch, t in 5, g in 2, j in 3] = (if 1 == g then r[batch, t, j] else 0.0) + y[batch, t, g, j]
        """);
  }

  @Test
  void butNotInSumsNorAtOtherPositionsNorInAScanBehindIt() {
    String kept =
        """
        v[batch, p in 5, j in 3] = (if 4 == p then x[batch, 0, j] else 0.0)
        s[batch, p in 5] = sum[j in 3] v[batch, p, j] * b[j]
        o[batch, p in 5, j in 3] = v[batch, p - 1, j else 0.0] + v[batch, 4, j]
        scan t in 5 of y[batch, 5, 3] {
          y[batch, t in 5, j in 3] = y[batch, t - 1, j else 0.0] + v[batch, t, j]
        }
        z[batch, t in 5, j in 3] = y[batch, t, j] * s[batch, t] + o[batch, t, j]
        """;
    assertRewrites(new InlinePlacements(), kept, kept);
  }

  @Test
  void whatIsReadAtOnePositionOfAnIndexIsFusedThere() {
    assertRewrites(
        new Fuse(),
        """
        r[batch, t in 5, j in 3] = x[batch, t, j] * b[j]
        q[batch, t in 5, j in 3] = x[batch, t, j] - b[j]
        y[batch, t in 5, p in 2, j in 3] = (if 0 == p then r[batch, t, j] else 0.0) + (if p == 1 then q[batch, t, j] else 0.0)
        """,
        """
        y[batch, t in 5, p in 2, j in 3] = (if 0 == p then x[batch, t, j] * b[j] else 0.0) + (if p == 1 then x[batch, t, j] - b[j] else 0.0)
        """);
  }

  @Test
  void elsewhereItWouldBeComputedAgain() {
    String otherwise =
        """
        r[batch, t in 5, j in 3] = x[batch, t, j] * b[j]
        y[batch, t in 5, p in 3, j in 3] = (if 0 == p then 0.0 else r[batch, t, j])
        """;
    assertRewrites(new Fuse(), otherwise, otherwise);
    String anyPosition =
        """
        r[batch, t in 5, j in 3] = x[batch, t, j] * b[j]
        y[batch, t in 5, p in 3, j in 3] = (if p < 1 then r[batch, t, j] else 0.0)
        """;
    assertRewrites(new Fuse(), anyPosition, anyPosition);
    String otherIndex =
        """
        r[batch, t in 5, j in 3] = x[batch, t, j] * b[j]
        y[batch, t in 5, p in 3, q in 2, j in 3] = (if 0 == p then r[batch, t, j] else 0.0) + (if 0 == q then 1.0 else 0.0)
        """;
    assertRewrites(new Fuse(), otherIndex, otherIndex);
    String costly =
        """
        r[batch, t in 5, j in 3] = exp(x[batch, t, j])
        y[batch, t in 5, p in 3, j in 3] = (if 0 == p then r[batch, t, j] else 0.0)
        """;
    assertRewrites(new Fuse(), costly, costly);
  }
}

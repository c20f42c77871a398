package netc.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import netc.ir.Printer;
import netc.ir.Program;
import netc.ir.Reader;
import netc.ir.Verifier;
import org.junit.jupiter.api.Test;

/** For each pass a small program before and after. */
class PassesTest {
  private static final String INPUTS =
      """
      input x[batch, 4]
      input img[2, 3, 3]
      parameter w[3, 4]
      parameter b[4]
      """;

  /** What the pass makes of the steps, given that {@code y} is the result. */
  private static String after(Pass pass, String steps) {
    Program program = Reader.read("program p\n" + INPUTS + steps);
    var y = program.steps().getLast().targets().getLast();
    Program before =
        new Program("p", program.steps(), java.util.List.of(new Program.Result("y", y)));
    Program after = pass.apply(before);
    Verifier.verified(after, Verifier.Stage.FORM, pass.getClass().getSimpleName());
    return after.steps().stream().map(Printer::print).collect(Collectors.joining("\n", "", "\n"));
  }

  static void assertRewrites(Pass pass, String before, String expected) {
    assertEquals(expected, after(pass, before));
  }

  @Test
  void trainingIsDecided() {
    assertRewrites(
        new ResolveTraining(true),
        "y = (if training then 1.0 else b[0])",
        "y = (if true then 1.0 else b[0])\n");
  }

  @Test
  void theOwnOfAllRowsIsReadAtItsPosition() {
    String all = "k[n in rows, i in 4] = sum[batch if batch == n] x[batch, i]\n";
    assertRewrites(
        new OwnRows(),
        all + "y[batch, i in 4] = sum[n in rows if n == batch and i < 2] k[n, i] * real(n)",
        all + "y[batch, i in 4] = (if i < 2 then k[{batch}, i] * real(batch) else 0.0)\n");
    assertRewrites(
        new OwnRows(),
        all + "y[batch] = sum[n in rows, i in 4] (if batch == n then k[n, i] else 0.0)",
        all + "y[batch] = sum[i in 4] k[{batch}, i]\n");
    assertRewrites(
        new OwnRows(),
        all + "y[batch] = max[n in rows if batch == n] k[n, 0]",
        all + "y[batch] = max[n in rows if batch == n] k[n, 0]\n");
  }

  @Test
  void theExponentialsOfASoftmaxAreComputedOnce() {
    String log = "n[batch] = log(s[batch])\n";
    assertRewrites(
        new ShareExponentials(),
        "s[batch] = sum[j in 4] exp(x[batch, j] - b[0])\n"
            + log
            + "y[batch, k in 4] = 2.0 * exp(x[batch, k] - b[0] - n[batch])",
        "s'1[batch, j in 4] = exp(x[batch, j] - b[0])\n"
            + "s[batch] = sum[j in 4] s'1[batch, j]\n"
            + "s'2[batch] = 1.0 / s[batch]\n"
            + log
            + "y[batch, k in 4] = 2.0 * (s'1[batch, k] * s'2[batch])\n");
    String named = "e[batch, i in 4] = exp(x[batch, i])\ns[batch] = sum[j in 4] e[batch, j]\n";
    assertRewrites(
        new ShareExponentials(),
        named + log + "y[batch, k in 4] = exp(x[batch, k] - n[batch])",
        named
            + "s'1[batch] = 1.0 / s[batch]\n"
            + log
            + "y[batch, k in 4] = e[batch, k] * s'1[batch]\n");
  }

  @Test
  void otherExponentsAreNotTakenForThoseOfTheSum() {
    for (String other :
        List.of(
            "y[batch, k in 4] = exp(x[batch, k] - n[batch])",
            "y[batch] = exp(x[batch, 0] - b[0] - n[batch])",
            "y[batch, k in 3] = exp(x[batch, k] - b[0] - n[batch])")) {
      String program =
          "s[batch] = sum[j in 4] exp(x[batch, j] - b[0])\nn[batch] = log(s[batch])\n" + other + "\n";
      assertRewrites(new ShareExponentials(), program, program);
    }
    String filtered =
        "s[batch] = sum[j in 4 if j > 1] exp(x[batch, j])\nn[batch] = log(s[batch])\n"
            + "y[batch, k in 4] = exp(x[batch, k] - n[batch])\n";
    assertRewrites(new ShareExponentials(), filtered, filtered);
  }

  @Test
  void constantsAreFoldedAndBranchesTaken() {
    assertRewrites(
        new Simplify(),
        "y[i in 4] = (if i < 4 then 1.0 * b[i] + 2.0 * 0.5 - -(b[i]) else 0.0)",
        "y[i in 4] = b[i] + 1.0 + b[i]\n");
  }

  @Test
  void zeroTimesSomethingStays() {
    assertRewrites(new Simplify(), "y[i in 4] = 0.0 * b[i]", "y[i in 4] = 0.0 * b[i]\n");
  }

  @Test
  void whatNeverPassesAFilterGoesWithIt() {
    assertRewrites(
        new Simplify(), "y = sum[i in 4 if i > 7] b[i - 4 else 0.0] + b[0]", "y = 0.0\n");
    assertRewrites(new Simplify(), "y = max[i in 4 if i > 7] b[i]", "y = -inf\n");
  }

  @Test
  void trueFiltersGo() {
    assertRewrites(
        new Simplify(), "y = sum[i in 4 if i >= 0] b[i]", "y = sum[i in 4] b[i]\n");
  }

  @Test
  void guardsThatAreNeverNeededGo() {
    assertRewrites(
        new DropGuards(),
        "y[i in 3] = b[i + 1 else 0.0] + b[i + 2 else 0.0]",
        "y[i in 3] = b[i + 1] + b[i + 2 else 0.0]\n");
  }

  @Test
  void whatNobodyNeedsGoes() {
    assertRewrites(
        new DeadCode(),
        """
        u[i in 4] = b[i]
        v[i in 4] = u[i]
        y[i in 4] = u[i]
        """,
        """
        u[i in 4] = b[i]
        y[i in 4] = u[i]
        """);
  }

  @Test
  void functionsAreTheirValues() {
    assertRewrites(
        new PlainFunctions(),
        "y[i in 4] = exp(b[i]) by b[i] deriv y[i]",
        "y[i in 4] = exp(b[i])\n");
  }

  @Test
  void equalEquationsAreComputedOnce() {
    assertRewrites(
        new CommonEquations(),
        """
        u[i in 4] = exp(b[i])
        v[k in 4] = exp(b[k])
        s = sum[i in 4] u[i]
        t = sum[k in 4] v[k]
        y = s * t
        """,
        """
        u[i in 4] = exp(b[i])
        s = sum[i in 4] u[i]
        y = s * s
        """);
  }

  @Test
  void chainsAreFused() {
    assertRewrites(
        new Fuse(),
        """
        u[batch, i in 4] = x[batch, i] * 2.0
        v[batch, k in 4] = exp(u[batch, k])
        y[batch] = sum[j in 4] v[batch, j]
        """,
        """
        y[batch] = sum[j in 4] exp(x[batch, j] * 2.0)
        """);
  }

  @Test
  void fusedAxesAreFusedAlong() {
    assertRewrites(
        new Fuse(),
        """
        u[(c in 2, i in 3, j in 3)] = img[c, i, j]^2
        y[c in 2, i in 3, j in 3] = u[9*c + 3*i + j] + 1.0
        """,
        """
        y[c in 2, i in 3, j in 3] = img[c, i, j]^2 + 1.0
        """);
  }

  @Test
  void anIndexIsTakenApartAsInWhatIsRead() {
    assertRewrites(
        new Fuse(),
        """
        u[batch, (i in 2, j in 2)] = x[batch, 2*i] * b[j]
        y[batch, k in 4] = u[batch, k] * (if x[batch, k] > 0.0 then 1.0 else 0.0)
        """,
        """
        y[batch, (k'1 in 2, k'2 in 2)] = x[batch, 2*k'1] * b[k'2] * (if x[batch, 2*k'1 + k'2] > 0.0 then 1.0 else 0.0)
        """);
  }

  @Test
  void whatWouldBeComputedAgainIsNotFused() {
    String contraction =
        """
        u[batch, k in 4] = exp(x[batch, k])
        y[batch, j in 3] = sum[k in 4] w[j, k] * u[batch, k]
        """;
    assertRewrites(new Fuse(), contraction, contraction);
    String twice =
        """
        u[i in 4] = exp(b[i])
        y[i in 4] = u[i] * u[i]
        """;
    assertRewrites(new Fuse(), twice, twice);
    String guarded =
        """
        u[i in 4] = exp(b[i])
        y[i in 4] = u[i else 0.0]
        """;
    assertRewrites(new Fuse(), guarded, guarded);
    String gathering =
        """
        best[batch] : int 0..3 = argmax[i in 4] x[batch, i]
        u[batch, i in 4] = exp(x[batch, i])
        y[batch, i in 4] = u[batch, i] + b[{best[batch]}]
        """;
    assertRewrites(new Fuse(), gathering, gathering);
  }

  @Test
  void originalsAreReadInsteadOfCopies() {
    assertRewrites(
        (Pass) p -> new DeadCode().apply(new InlineCopies().apply(p)),
        """
        t[k in 4, j in 3] = w[j, k]
        o[i in 4] = 1.0
        y[j in 3] = sum[k in 4] t[k, j] * o[k] + t[j - 1, j else 5.0]
        """,
        """
        y[j in 3] = sum[k in 4] w[j, k] * 1.0 + w[j, j - 1 else 5.0]
        """);
    assertRewrites(
        (Pass) p -> new DeadCode().apply(new InlineCopies().apply(p)),
        "one[i in 4] : int 1..1 = 1\no[i in 4] = real(one[i])\ny[j in 3] = b[j] * o[j]",
        "y[j in 3] = b[j] * 1.0\n");
  }

  @Test
  void aSliceBehindAGuardKeepsItsMeaning() {
    String slice =
        """
        s[i in 2] = b[i]
        y[i in 4] = s[i - 1 else 0.0]
        """;
    assertRewrites(new InlineCopies(), slice, slice);
  }

  @Test
  void factorsLeaveTheirSum() {
    assertRewrites(
        new HoistFactors(),
        "y[batch, j in 3] = sum[k in 4] -(w[j, k]) * (2.0 * x[batch, k]) / b[j]",
        """
        y'1[batch, j in 3] = sum[k in 4] w[j, k] * x[batch, k]
        y[batch, j in 3] = -(y'1[batch, j] * 2.0 / b[j])
        """);
  }

  @Test
  void aSumOfAConstantIsAProduct() {
    assertRewrites(
        new HoistFactors(),
        "y[j in 3] = sum[batch, k in 4] b[j]",
        "y[j in 3] = real(rows) * 4.0 * b[j]\n");
  }

  @Test
  void operandsOfContractionsAreNamed() {
    assertRewrites(
        new NameOperands(),
        "y[batch, j in 3] = sum[k in 4] w[j, k] * (x[batch, k] - b[k])",
        """
        y'1[batch, k in 4] = x[batch, k] - b[k]
        y[batch, j in 3] = sum[k in 4] w[j, k] * y'1[batch, k]
        """);
  }

  @Test
  void costlyInvariantsAreNamed() {
    assertRewrites(
        new NameOperands(),
        "y[batch, j in 3] = x[batch, j] / sqrt(x[batch, 3] + 1.0)",
        """
        y'1[batch] = 1.0 / sqrt(x[batch, 3] + 1.0)
        y[batch, j in 3] = x[batch, j] * y'1[batch]
        """);
    assertRewrites(
        new NameOperands(),
        "y[batch, j in 3] = x[batch, j] / exp(x[batch, 3])",
        """
        y'1[batch] = exp(x[batch, 3])
        y[batch, j in 3] = x[batch, j] / y'1[batch]
        """);
  }

  @Test
  void costlyPartsAreNamedForTheirDerivatives() {
    assertRewrites(
        new NameCostly(),
        "y[batch] = sum[k in 4] exp(x[batch, k]) * b[k]",
        """
        y'1[batch, k in 4] = exp(x[batch, k])
        y[batch] = sum[k in 4] y'1[batch, k] * b[k]
        """);
  }

  @Test
  void partsOfABranchAreNot() {
    String branch = "y[i in 4] = 1.0 + (if b[i] > 0.0 then sqrt(b[i]) else 0.0)\n";
    assertRewrites(new NameCostly(), branch, branch);
  }

  @Test
  void divisionsSplitTheIndex() {
    assertRewrites(
        new SplitIndices(),
        "y[i in 8] = b[div(i, 2)] * b[mod(i, 2)] * b[div(i, 4)] + b[mod(i, 3)]",
        "y[(i'1'1 in 2, i'1'2 in 2, i'2 in 2)] = b[2*i'1'1 + i'1'2] * b[i'2] * b[i'1'1] "
            + "+ b[mod(4*i'1'1 + 2*i'1'2 + i'2, 3)]\n");
  }

  /** The gradient of a convolution of 1 x 1 with a stride reads its weight under such a condition. */
  @Test
  void conditionsOnASplitIndexNameItsParts() {
    assertRewrites(
        new SplitIndices(),
        "y[i in 8] = 2.0 * (if mod(i, 2) < 1 then b[div(i, 2)] else 0.0)",
        "y[(i'1 in 4, i'2 in 2)] = 2.0 * (if i'2 < 1 then b[i'1] else 0.0)\n");
  }

  @Test
  void sumsReadWhatWasComputedBefore() {
    assertRewrites(
        new ReadEqualBodies(),
        """
        u[batch, k in 4] = x[batch, k] * b[k]
        y[k in 4] = sum[batch] x[batch, k] * b[k]
        """,
        """
        u[batch, k in 4] = x[batch, k] * b[k]
        y[k in 4] = sum[batch] u[batch, k]
        """);
  }

  @Test
  void theGradientOfARectifierReadsItsResult() {
    assertRewrites(
        new ReadRectified(),
        """
        z[batch, k in 4] = x[batch, k] + b[k]
        a[batch, k in 4] = max(z[batch, k], 0.0)
        y[batch, j in 2] = sum[k in 4] a[batch, k] * (if z[batch, -k + 3] > 0.0 then 1.0 else 0.0)
        """,
        """
        z[batch, k in 4] = x[batch, k] + b[k]
        a[batch, k in 4] = max(z[batch, k], 0.0)
        y[batch, j in 2] = sum[k in 4] a[batch, k] * (if a[batch, -k + 3] > 0.0 then 1.0 else 0.0)
        """);
  }

  @Test
  void anArgumentThatIsNeededAnywayStays() {
    String same =
        """
        z[batch, k in 4] = x[batch, k] + b[k]
        a[batch, k in 4] = max(z[batch, k], 0.0)
        c[batch, k in 4] = (if z[batch, k] > 0.0 then z[batch, k] else a[batch, k])
        u[batch, k in 4] = x[batch, k] - b[k]
        v[batch, k in 4] = (if u[batch, k] > 0.0 then c[batch, k] else 1.0)
        m[batch, k in 4] = max(u[batch, k], 0.0)
        y[batch, k in 4] = max(x[batch, k], 0.0) + (if x[batch, k] > 0.0 then m[batch, k] else v[batch, k])
        """;
    assertRewrites(new ReadRectified(), same, same);
  }

  @Test
  void theLogarithmOfASoftmaxIsItsExponent() {
    assertRewrites(
        new StableForms(),
        """
        l[batch] = x[batch, 0]
        p[batch, k in 4] = exp(x[batch, k] - l[batch])
        y[batch, j in 4] = log(p[batch, j])
        """,
        """
        l[batch] = x[batch, 0]
        p[batch, k in 4] = exp(x[batch, k] - l[batch])
        y[batch, j in 4] = x[batch, j] - l[batch]
        """);
  }

  @Test
  void theLogarithmsOfASigmoidAreSoftplus() {
    assertRewrites(
        new StableForms(),
        """
        p[k in 4] = 1.0 / (1.0 + exp(-(b[k]))) by b[k] deriv p[k] * (1.0 - p[k])
        y[k in 4] = log(p[k]) + log(1.0 - p[k])
        """,
        """
        p[k in 4] = 1.0 / (1.0 + exp(-(b[k]))) by b[k] deriv p[k] * (1.0 - p[k])
        p'1[k in 4] = max(-(b[k]), 0.0) + log1p(exp(-(abs(b[k])))) by b[k] deriv p[k] - 1.0
        p'2[k in 4] = max(b[k], 0.0) + log1p(exp(-(abs(b[k])))) by b[k] deriv p[k]
        y[k in 4] = -(p'1[k]) + -(p'2[k])
        """);
  }

  @Test
  void conditionsOnIndicesNarrowTheSum() {
    assertRewrites(
        new Filters(),
        "y[j in 3] = sum[k in 4] (if k <= j then w[j, k] else 0.0)",
        "y[j in 3] = sum[k in 4 if k <= j] w[j, k]\n");
  }

  @Test
  void aSliceIsSummedAlone() {
    assertRewrites(
        new Filters(),
        "y[p in 2, j in 3] = sum[k in 4 if p == 1 and k != j] w[j, k]",
        """
        y'1[j in 3] = sum[k in 4 if k != j] w[j, k]
        y[p in 2, j in 3] = (if p == 1 then y'1[j] else 0.0)
        """);
  }

  @Test
  void threeFactorsAreSummedTwoAtATime() {
    assertRewrites(
        new OrderContractions(),
        "y[i in 3, j in 3] = sum[k in 4, l in 4] w[i, k] * b[k] * b[l] * w[j, l]",
        """
        y'1[i in 3] = sum[k in 4] w[i, k] * b[k]
        y'2[j in 3] = sum[l in 4] b[l] * w[j, l]
        y[i in 3, j in 3] = y'2[j] * y'1[i]
        """);
  }

  @Test
  void integersCompareTheOtherWayRound() {
    assertRewrites(
        new Simplify(),
        "y[i in 4] = (if not i > 2 then (if not b[i] > 2.0 then 1.0 else 2.0) else 3.0)",
        "y[i in 4] = (if i <= 2 then (if not b[i] > 2.0 then 1.0 else 2.0) else 3.0)\n");
  }
}

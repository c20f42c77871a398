package netc.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random programs, the same in each build. An open-ended search: {@code mvn test -pl compiler -am
 * -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Dfuzz.programs=10000 -Dfuzz.seed=7}.
 */
class FuzzTest {
  private static final int PROGRAMS = Integer.getInteger("fuzz.programs", 300);
  private static final long SEED = Long.getLong("fuzz.seed", 1);

  @Test
  void everyProgramIsAcceptedAgreesAndHasTheRightGradients() {
    Map<String, Integer> used = Vocabulary.counters();
    var oracle = new Oracle();
    for (int i = 0; i < PROGRAMS; i++) {
      RandomProgram program = ProgramGenerator.generate(new Random(SEED * 1_000_003 + i), used);
      try {
        oracle.check(program.text());
      } catch (Failure failure) {
        report(i, program, failure);
      }
    }
    System.out.printf(
        "%d programs agree; %d derivatives compared with differences, %d near a kink left out%n%s%n",
        PROGRAMS, oracle.compared(), oracle.skipped(), used);
    assertTrue(oracle.compared() > PROGRAMS);
  }

  private static void report(int number, RandomProgram program, Failure failure) {
    RandomProgram small = Shrinker.shrink(program, failure.kind());
    String message;
    try {
      new Oracle().check(small.text());
      message = failure.getMessage();
    } catch (Failure again) {
      message = again.getMessage();
    }
    fail("program " + number + " of seed " + SEED + ": " + message + "\n\n" + small.text(), failure);
  }

  @Test
  void aWrongProgramIsFoundAndMadeSmall() {
    var program =
        new RandomProgram(
            java.util.List.of(),
            java.util.List.of(
                Tree.leaf(Tree.Type.FIXED, "input x"),
                Tree.leaf(Tree.Type.FIXED, "v = x + 1"),
                Tree.leaf(Tree.Type.FIXED, "output o = missing"),
                Tree.leaf(Tree.Type.FIXED, "loss l = v^2")));
    Failure failure = assertThrows(Failure.class, () -> new Oracle().check(program.text()));
    assertEquals("rejected, E101", failure.kind());
    RandomProgram small = Shrinker.shrink(program, failure.kind());
    assertEquals(1, small.statements().size());
  }
}

package netc.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Random programs, the same in each build; {@code netc-fuzz} searches on. */
class FuzzTest {
  private static final int PROGRAMS = Integer.getInteger("fuzz.programs", 300);
  private static final long SEED = Long.getLong("fuzz.seed", 1);

  /** A folder for what fails, where the search shall go on. */
  private static final Optional<Path> FOLDER =
      Optional.ofNullable(System.getProperty("fuzz.folder")).map(Path::of);

  @Test
  void everyProgramIsAcceptedAgreesAndHasTheRightGradients() throws IOException {
    var campaign = new Campaign(SEED);
    if (FOLDER.isPresent()) {
      campaign.search(PROGRAMS, FOLDER.get());
    } else {
      for (int i = 0; i < PROGRAMS; i++) {
        campaign.next().forEach(found -> fail(found.toString()));
      }
    }
    System.out.println(campaign.summary());
    assertEquals(List.of(), campaign.found());
    assertTrue(campaign.oracle().compared() > PROGRAMS);
  }

  @Test
  void aWrongProgramIsFoundAndMadeSmall() {
    var program =
        new RandomProgram(
            List.of(),
            List.of(
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

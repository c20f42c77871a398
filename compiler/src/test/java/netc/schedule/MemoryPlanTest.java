package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.Netc;
import netc.ir.Model;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.ArrayReference.InBuffer;
import netc.source.Place;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which tensors share memory. {@link MemoryRules} hold for every schedule that a test makes, of the nets of
 * the repository and of random programs, since {@link ProgramToLoops} asserts them.
 */
class MemoryPlanTest {
  private static final ArrayType FLOATS = new ArrayType(ScalarType.FLOAT, 1);
  private static final List<String> NAMES = List.of("x", "a", "b", "c", "long", "y");

  /** {@code to[0] = from[at] + other[0]}. */
  private static Call call(int to, int from, int at, int other) {
    Scalar sum =
        new Scalar.Arithmetic(
            Scalar.Operator.ADD,
            new Scalar.Load("a1", Ints.of(at), ScalarType.FLOAT),
            new Scalar.Load("a2", Ints.of(0), ScalarType.FLOAT));
    var kernel =
        new Kernel(
            List.of(
                new Kernel.Argument("a0", FLOATS),
                new Kernel.Argument("a1", FLOATS),
                new Kernel.Argument("a2", FLOATS)),
            false,
            List.of(new Statement.Store("a0", Ints.of(0), sum)));
    return new KernelCall(
        kernel,
        List.of(new InBuffer(to), new InBuffer(from), new InBuffer(other)),
        new Place("test.net", to),
        new Role.Loops());
  }

  /** Tensor 0 is the input, 5 the result, 4 is longer than the others. */
  private static Schedule apart(Call... calls) {
    Buffer usual = new Buffer(FLOATS, 4, 0, 0);
    return new Schedule(
        "predict", ScalarType.FLOAT, 1,
        List.of(usual, usual, usual, usual, new Buffer(FLOATS, 9, 0, 0), usual),
        Map.of("input.x", new InBuffer(0)),
        Map.of("out.y", new InBuffer(5)),
        List.of(new Phase(List.of(calls), List.of())),
        false,
        List.of(),
        Flavours.EACH);
  }

  private static List<Integer> places(Schedule planned, int... tensors) {
    return java.util.Arrays.stream(tensors)
        .mapToObj(
            tensor ->
                planned.lives().stream()
                    .filter(life -> life.tensor().equals(NAMES.get(tensor)))
                    .findFirst()
                    .orElseThrow()
                    .buffer())
        .toList();
  }

  @Test
  void aResultIsWrittenOverItsOperand() {
    Schedule apart = apart(call(1, 0, 0, 0), call(2, 1, 0, 0), call(5, 2, 0, 0));
    Schedule planned = MemoryPlan.of(apart, NAMES);
    assertEquals(places(planned, 1), places(planned, 2));
    assertEquals(List.of(false, true), inPlace(planned));
    assertEquals(List.of(), MemoryRules.check(apart, planned));
  }

  private static List<Boolean> inPlace(Schedule planned) {
    return planned.lives().stream().filter(life -> !life.isPinned()).map(Life::isInPlace).toList();
  }

  @Test
  void notWhenAnotherElementIsReadOrItIsReadLater() {
    Schedule shifted = apart(call(1, 0, 0, 0), call(2, 1, 3, 0), call(5, 2, 0, 0));
    assertEquals(List.of(false, false), inPlace(MemoryPlan.of(shifted, NAMES)));
    Schedule later = apart(call(1, 0, 0, 0), call(2, 1, 0, 0), call(5, 2, 0, 1));
    assertEquals(List.of(false, false), inPlace(MemoryPlan.of(later, NAMES)));
  }

  @Test
  void inputsAndResultsKeepTheirOwn() {
    Schedule apart = apart(call(1, 0, 0, 0), call(5, 1, 0, 1));
    Schedule planned = MemoryPlan.of(apart, NAMES);
    assertEquals(3, List.copyOf(new java.util.TreeSet<>(places(planned, 0, 1, 5))).size());
  }

  @Test
  void anArrayGrowsForALongerTensor() {
    Schedule apart =
        apart(call(1, 0, 3, 0), call(2, 1, 3, 0), call(4, 2, 3, 0), call(3, 4, 3, 0), call(5, 3, 3, 0));
    Schedule planned = MemoryPlan.of(apart, NAMES);
    assertEquals(places(planned, 1), places(planned, 4), "free by then, and it grows");
    assertEquals(9, planned.buffers().get(places(planned, 4).getFirst()).size());
    assertEquals(4, planned.buffers().size());
    assertEquals(List.of(), MemoryRules.check(apart, planned));
  }

  @Test
  void aPlanThatOverwritesWhatIsReadIsFound() {
    Schedule apart = apart(call(1, 0, 0, 0), call(2, 0, 0, 0), call(5, 1, 0, 2));
    assertEquals(List.of(), MemoryRules.check(apart, apart));
    Schedule wrong = apart(call(1, 0, 0, 0), call(1, 0, 0, 0), call(5, 1, 0, 1));
    List<String> errors = MemoryRules.check(apart, wrong);
    assertEquals(
        "predict, vectors: test.net:5, argument 1 reads tensor 1 where tensor 2 was written",
        errors.getFirst());
  }

  static Stream<Path> repositoryNets() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../samples"))) {
      return files
          .filter(file -> file.toString().endsWith(".net") && !file.toString().contains("target"))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** Every tensor lies in one array from its first use to its last, alone but for what it is written over. */
  @ParameterizedTest
  @MethodSource("repositoryNets")
  void livesInOneArrayAreOneAfterTheOther(Path file) {
    for (Model model : Netc.check(SourceFile.read(file), Map.of()).models()) {
      for (Schedule schedule : Netc.schedules(model, CompileOptions.DEFAULT)) {
        long planned = schedule.buffers().stream().mapToLong(Buffer::bytes).sum();
        long apart = schedule.lives().stream().map(Life::wanted).mapToLong(Buffer::bytes).sum();
        assertTrue(planned <= apart, schedule.form());
        for (Life one : schedule.lives()) {
          for (Life other : schedule.lives()) {
            boolean areApart =
                one == other
                    || one.buffer() != other.buffer()
                    || one.last() < other.first()
                    || other.last() < one.first()
                    || one.last() == other.first() && other.isInPlace()
                    || other.last() == one.first() && one.isInPlace();
            assertTrue(areApart, () -> schedule.form() + ": " + one + " and " + other);
          }
        }
      }
    }
  }
}

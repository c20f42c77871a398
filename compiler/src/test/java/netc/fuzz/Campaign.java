package netc.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A run of random programs: generated from a seed, checked, counted, and made small where they fail. */
final class Campaign {
  /** A failure, with its smallest program and where it was found. */
  record Found(long seed, int number, String message, RandomProgram program) {
    @Override
    public String toString() {
      return "program " + number + " of seed " + seed + ": " + message + "\n\n" + program.text();
    }
  }

  private final long seed;
  private final Oracle oracle = new Oracle();
  private final Map<String, Integer> used = Vocabulary.counters();
  private final List<Found> found = new ArrayList<>();
  private int programs;

  Campaign(long seed) {
    this.seed = seed;
  }

  /** The next program of the seed, made small when something is wrong with it. */
  List<Found> next() {
    int number = programs++;
    RandomProgram program = program(seed, number, used);
    try {
      oracle.check(program.text());
      return List.of();
    } catch (Failure failure) {
      RandomProgram small = Shrinker.shrink(program, failure.kind());
      var shrunk = new Found(seed, number, message(small, failure), small);
      found.add(shrunk);
      return List.of(shrunk);
    }
  }

  static RandomProgram program(long seed, int number, Map<String, Integer> used) {
    return ProgramGenerator.generate(new Random(seed * 1_000_003 + number), used);
  }

  private static String message(RandomProgram small, Failure before) {
    try {
      new Oracle().check(small.text());
      return before.getMessage();
    } catch (Failure again) {
      return again.getMessage();
    }
  }

  Oracle oracle() {
    return oracle;
  }

  Map<String, Integer> used() {
    return used;
  }

  /** What was checked, and how often each construct of the language was in it. */
  String summary() {
    return programs + " programs of seed " + seed + ", " + found.size() + " of them wrong; "
        + oracle.compared() + " derivatives compared with differences, "
        + oracle.skipped() + " near a kink left out\n"
        + used.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "));
  }

  /**
   * Goes on over failures, says what it finds, and writes each shrunk program to a file of the folder.
   *
   * @param most programs; 0: until somebody interrupts
   */
  void search(int most, Path folder) throws IOException {
    Files.createDirectories(folder);
    while (most == 0 || programs < most) {
      for (Found failure : next()) {
        Path file = folder.resolve("seed" + seed + "-" + failure.number() + ".net");
        String comment =
            failure.message().lines().map(line -> "// " + line + "\n").collect(Collectors.joining());
        Files.writeString(file, comment + failure.program().text());
        System.out.println(failure + "\nwritten to " + file.toAbsolutePath());
      }
      if (programs % 1000 == 0) {
        System.out.println(summary());
      }
    }
  }

  List<Found> found() {
    return found;
  }
}

package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.Netc;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.source.SourceFile;
import netc.syntax.Texts;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Classes made by the compiler on its own JDK run on Java 17 and give what they give here. The two JVMs
 * differ in the last bits of {@code exp}, {@code tanh} and the like, hence the tolerances: 1e-11 for
 * doubles, 1e-4 for floats, in proportion to the largest number of a tensor.
 */
class OlderJavaTest {
  private static final int OLDER = 17;
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  @Test
  void everyNetOfTheRepositoryRunsOnJava17(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path older = needOlder();
    Set<String> names = new HashSet<>();
    var classes = new ArrayList<String>();
    nets().forEach(source -> write(source, folder, names, classes));
    assertTrue(classes.size() >= 20, () -> "only " + classes);
    compile("Runner", folder);
    String classPath = folder + java.io.File.pathSeparator + runtime();
    String[] arguments = classes.toArray(new String[0]);
    String there = JavaProcess.run(older, classPath, "netc.older.Runner", arguments);
    String here = JavaProcess.run(JavaProcess.own(), classPath, "netc.older.Runner", arguments);
    assertTrue(there.startsWith("java " + OLDER + "\n"), there.lines().findFirst().orElse(""));
    Map<String, double[]> expected = numbers(here);
    Map<String, double[]> found = numbers(there);
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (name, values) ->
            closeness(name.contains("/F64/")).check(name, values, found.get(name)));
  }

  /** An application chooses the flavour of its networks, where the JVM has vectors and where it has none. */
  @Test
  void anApplicationChoosesTheFlavour(@TempDir Path folder) throws IOException, InterruptedException {
    Path older = needOlder();
    var net = new SourceFile("choice.net", "package demo\nnet Choice { input x[4]\n output z = x |> dense(20) }");
    Netc.compile(net, CompileOptions.DEFAULT).nets().getFirst().classes()
        .forEach((type, bytes) -> write(folder, type, bytes));
    compile("Chooser", folder);
    String classPath = folder + java.io.File.pathSeparator + runtime();
    var module = List.of("--add-modules", "jdk.incubator.vector");
    var told = List.of("--add-modules", "jdk.incubator.vector", "-Dnetc.flavour=portable");
    String needs =
        "demo.Choice.withFlavour(VECTOR): vectors need the module jdk.incubator.vector, and the JVM was"
            + " started without --add-modules jdk.incubator.vector; start it so, or take PORTABLE, plain"
            + " loops that every JVM runs";
    for (Path home : List.of(older, JavaProcess.own())) {
      assertEquals(
          List.of("of itself PORTABLE", "chosen PORTABLE, 20 outputs", needs),
          chosen(home, List.of(), classPath));
      List<String> both = List.of("chosen PORTABLE, 20 outputs", "chosen VECTOR, 20 outputs");
      assertEquals("of itself VECTOR", chosen(home, module, classPath).getFirst());
      assertEquals("of itself PORTABLE", chosen(home, told, classPath).getFirst());
      assertEquals(both, chosen(home, module, classPath).subList(1, 3));
      assertEquals(both, chosen(home, told, classPath).subList(1, 3), "the choice goes before the property");
    }
  }

  /** A JVM's first lambda takes it as long as all that a small network loads. */
  @Test
  void loadingAndPredictingOnceLinksNoLambdas(@TempDir Path folder) throws IOException, InterruptedException {
    var net =
        new SourceFile(
            "first.net",
            """
            package demo
            net First {
              input x[20]
              target y: index(9)
              z = x |> dense(30, relu) |> dense(9)
              output p = softmax(z)
              loss ce = cross_entropy(z, y)
              metric m = mean[batch] z[0]
            }
            """);
    CompiledNet compiled = Netc.compile(net, CompileOptions.DEFAULT).nets().getFirst();
    compiled.classes().forEach((type, bytes) -> write(folder, type, bytes));
    Path weights = folder.resolve("weights.safetensors");
    compiled.load().init(1).save(weights);
    compile("First", folder);
    String classPath = folder + java.io.File.pathSeparator + runtime();
    String printed =
        JavaProcess.run(
            JavaProcess.own(), List.of("-Xlog:class+load"), classPath, "netc.older.First", "demo.First",
            weights.toString());
    List<String> lines = printed.lines().toList();
    assertEquals("9 outputs", lines.stream().filter(line -> line.endsWith(" outputs")).findFirst().orElse(printed));
    assertTrue(lines.stream().anyMatch(line -> line.contains("netc.io.SafeTensorsHeader ")), "the log has no classes");
    assertEquals(List.of(), lines.stream().filter(line -> line.contains("$$Lambda")).toList());
  }

  private static List<String> chosen(Path home, List<String> options, String classPath)
      throws IOException, InterruptedException {
    String[] arguments = {"demo.Choice", "PORTABLE", "VECTOR"};
    return JavaProcess.run(home, options, classPath, "netc.older.Chooser", arguments)
        .lines()
        .filter(line -> !line.startsWith("WARNING: ")) // of the module that is to come
        .toList();
  }

  /** What is 0 in theory, such as the gradient of a bias that a softmax cancels, is rounding alone. */
  private static Closeness closeness(boolean isDouble) {
    return isDouble
        ? new Closeness(1e-11, 1e-14, 0, true)
        : new Closeness(1e-4, 1e-7, 0, true);
  }

  private static Stream<SourceFile> nets() {
    return Texts.all().filter(source -> !source.name().equals("prelude.net"));
  }

  /** The classes of a source in both precisions, each in a package of its own. */
  private static void write(
      SourceFile source, Path folder, Set<String> names, List<String> classes) {
    for (Precision precision : Precision.values()) {
      String name = source.name().replaceAll("\\W", "_") + "_" + precision;
      while (!names.add(name)) {
        name += "_";
      }
      String text = source.text().replaceFirst("(?m)^package .*$", "package nets." + name);
      var options = new CompileOptions(precision, Nets.smaller(source), false);
      for (CompiledNet net : Netc.compile(new SourceFile(source.name(), text), options).nets()) {
        classes.add(net.metadata().className());
        net.classes().forEach((type, bytes) -> write(folder, type, bytes));
      }
    }
  }

  private static void write(Path folder, String type, byte[] bytes) {
    try {
      Path file = folder.resolve(type.replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void compile(String program, Path folder) throws IOException, InterruptedException {
    String javac = JavaProcess.own().resolve("bin").resolve("javac").toString();
    Process process =
        new ProcessBuilder(
                javac, "--release", Integer.toString(OLDER), "-cp", runtime(), "-d", folder.toString(),
                Path.of("src", "test", "java17", "netc", "older", program + ".java").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
  }

  /** The runtime's classes or jar. */
  private static String runtime() {
    var source = Network.class.getProtectionDomain().getCodeSource();
    return Path.of(java.net.URI.create(source.getLocation().toString())).toString();
  }

  private static Map<String, double[]> numbers(String output) {
    var numbers = new LinkedHashMap<String, double[]>();
    output.lines()
        .skip(1)
        .map(line -> line.split(" "))
        .forEach(
            parts ->
                numbers.put(
                    parts[0],
                    Arrays.stream(parts).skip(1).mapToDouble(Double::parseDouble).toArray()));
    return numbers;
  }

  private static Path needOlder() throws IOException {
    Optional<Path> older = older();
    if (older.isEmpty()) {
      String missing =
          "no JDK " + OLDER + " found: set -Dnetc.test.java17=<its home>, run Maven on it, or install it"
              + " under /usr/lib/jvm; generated classes were not tested on Java " + OLDER;
      assertTrue(System.getenv("CI") == null, missing);
      Assumptions.abort(missing);
    }
    return older.get();
  }

  /** A home of Java 17: the one that is named, Maven's own, or one in the usual folders. */
  private static Optional<Path> older() throws IOException {
    var homes = new ArrayList<Path>();
    Stream.of("netc.test.java17", "netc.test.maven.java")
        .map(System::getProperty)
        .filter(home -> home != null && !home.isEmpty())
        .forEach(home -> homes.add(Path.of(home)));
    Optional.ofNullable(System.getenv("JAVA_HOME")).ifPresent(home -> homes.add(Path.of(home)));
    for (String folder : List.of("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines", "/opt/java")) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> found = Files.list(Path.of(folder))) {
          found.sorted().forEach(homes::add);
        }
      }
    }
    homes.addAll(homes.stream().map(home -> home.resolve("Contents/Home")).toList());
    return homes.stream().filter(home -> version(home) == OLDER).findFirst();
  }

  private static int version(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
      return -1;
    }
    try {
      var version = VERSION.matcher(Files.readString(release));
      return version.find() ? Integer.parseInt(version.group(1)) : -1;
    } catch (IOException e) {
      return -1;
    }
  }
}

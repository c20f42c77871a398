package netc.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import netc.io.SafeTensors;
import netc.runtime.Network;
import netc.runtime.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code netc compile}. */
class CompileCommandTest {
  private static final String TWO_NETS =
      "package t\nnet A { input x  output y = 2*x }\nnet B { input x  output y = 3*x }";

  @TempDir private Path folder;
  private Path lesson;

  @BeforeEach
  void copyLesson() {
    lesson = Cli.copy("lesson.net", folder);
  }

  private Path weights(int[] shapeOfSecond) {
    Path file = folder.resolve("trained.safetensors");
    int elements = shapeOfSecond[0] * shapeOfSecond[1];
    float[] second = new float[elements];
    second[1] = 0.25f;
    SafeTensors.write(
        file,
        Map.of("w1", Tensor.of(new float[12], 4, 3), "w2", Tensor.of(second, shapeOfSecond)),
        Map.of());
    return file;
  }

  private static Network load(Path classes, String name) throws Exception {
    try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      return (Network) loader.loadClass(name).getMethod("load").invoke(null);
    }
  }

  private List<Path> files() throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  @Test
  void aJarWithWeightsIsLoadedByTheClassAlone() throws Exception {
    Path jar = folder.resolve("lesson.jar");
    var run = Cli.run("compile", lesson, "-o", jar, "--weights", weights(new int[] {2, 4}));
    assertEquals(0, run.code(), run.err());
    Network net = load(jar, "demo.Lesson");
    assertEquals(0.25, net.parameter("w2").get(1));
    assertEquals("demo.Lesson", net.metadata().className());
  }

  @Test
  void aFolderGetsPackagesAndTheWeightsBesideTheClass() throws Exception {
    Path classes = folder.resolve("classes");
    var run = Cli.run("compile", lesson, "-d", classes, "--weights", weights(new int[] {2, 4}), "--precision", "f64");
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.exists(classes.resolve("demo/Lesson.class")));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("trained.safetensors")),
        Files.readAllBytes(classes.resolve("demo/Lesson.safetensors")));
    assertEquals(0.25, load(classes, "demo.Lesson").parameter("w2").get(1));
  }

  @Test
  void theSameSourceGivesTheSameBytes() throws Exception {
    Path one = folder.resolve("one.jar");
    Path two = folder.resolve("two.jar");
    assertEquals(0, Cli.run("compile", lesson, "-o", one).code());
    Thread.sleep(2100); // a time in the jar would have a resolution of two seconds
    assertEquals(0, Cli.run("compile", lesson, "-o", two).code());
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
    Path other = folder.resolve("other.jar");
    assertEquals(0, Cli.run("compile", lesson, "-o", other, "--precision", "f64").code());
    assertFalse(java.util.Arrays.equals(Files.readAllBytes(one), Files.readAllBytes(other)));
  }

  @Test
  void everyNetOfAFileOrTheChosenOne() throws Exception {
    Path file = Cli.write(folder.resolve("two.net"), TWO_NETS);
    Path classes = folder.resolve("classes");
    assertEquals(0, Cli.run("compile", file, "-d", classes).code());
    assertTrue(Files.exists(classes.resolve("t/A.class")));
    assertTrue(Files.exists(classes.resolve("t/B.class")));
    Path chosen = folder.resolve("chosen");
    assertEquals(0, Cli.run("compile", file, "-d", chosen, "--net", "B").code());
    assertFalse(Files.exists(chosen.resolve("t/A.class")));
    assertTrue(Files.exists(chosen.resolve("t/B.class")));
    var wrong = Cli.run("compile", file, "-d", chosen, "--net", "C");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("has no net `C`"), wrong.err());
    assertTrue(wrong.err().contains("(there are: A, B)"), wrong.err());
    var both = Cli.run("compile", file, "-d", chosen, "--weights", weights(new int[] {2, 4}));
    assertEquals(1, both.code());
    assertTrue(both.err().contains("has several nets: A, B; choose one with --net"), both.err());
  }

  @Test
  void aSizeIsRecorded() throws Exception {
    Path file =
        Cli.write(folder.resolve("w.net"), "package t\nnet W { dim width = 4  input x[3]  output y = x |> dense(width) }");
    Path classes = folder.resolve("classes");
    assertEquals(0, Cli.run("compile", file, "-d", classes, "--set", "width=64").code());
    try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      Network net =
          (Network) loader.loadClass("t.W").getMethod("init", long.class).invoke(null, 1L);
      assertEquals(64, net.metadata().outputs().getFirst().elements());
      assertEquals(Map.of("width", 64.0), net.metadata().sizes());
    }
  }

  @Test
  void sourcesHoldTheNetAndItsClassAsJava() throws IOException {
    Path jar = folder.resolve("lesson.jar");
    Path sources = folder.resolve("lesson-sources.jar");
    assertEquals(0, Cli.run("compile", lesson, "-o", jar, "--sources", sources).code());
    try (var read = new java.util.jar.JarFile(sources.toFile())) {
      assertEquals(
          List.of("META-INF/MANIFEST.MF", "demo/Lesson.java", "demo/lesson.net"),
          read.stream().map(entry -> entry.getName()).toList());
      String java = new String(read.getInputStream(read.getEntry("demo/Lesson.java")).readAllBytes());
      assertTrue(java.contains(" * The lesson on backpropagation: no bias"), java);
      assertTrue(java.contains("public native float[] a2(float[] x);"), java);
      String text = new String(read.getInputStream(read.getEntry("demo/lesson.net")).readAllBytes());
      assertEquals(Files.readString(lesson), text);
    }
    var same = Cli.run("compile", lesson, "-o", jar, "--sources", jar);
    assertEquals(2, same.code());
    assertTrue(same.err().contains("name the same file"), same.err());
    assertEquals(2, Cli.run("compile", lesson, "-o", jar, "--sources", lesson).code());
  }

  // ---------- nothing is lost ----------

  @Test
  void weightsThatDoNotFitLeaveTheOldJar() throws Exception {
    Path jar = folder.resolve("lesson.jar");
    assertEquals(0, Cli.run("compile", lesson, "-o", jar).code());
    byte[] before = Files.readAllBytes(jar);
    var run = Cli.run("compile", lesson, "-o", jar, "--weights", weights(new int[] {4, 2}));
    assertEquals(1, run.code());
    assertTrue(run.err().contains("tensor `w2` has shape [4, 2], but the net's has [2, 4]"), run.err());
    assertArrayEquals(before, Files.readAllBytes(jar));
  }

  @Test
  void aFileThatDoesNotCompileLeavesTheOldClasses() throws IOException {
    Path classes = folder.resolve("classes");
    assertEquals(0, Cli.run("compile", lesson, "-d", classes).code());
    List<Path> before = files();
    Cli.write(lesson, "package demo\nnet Lesson { input x  output y = simgoid(x) }");
    var run = Cli.run("compile", lesson, "-d", classes);
    assertEquals(1, run.code());
    assertTrue(run.err().contains("error[E101]"), run.err());
    assertEquals(before, files());
  }

  @Test
  void oneFileThatCannotBeWrittenMeansNone() throws IOException {
    Path classes = folder.resolve("classes");
    Files.createDirectories(classes.resolve("demo/Lesson$Kernels.class")); // a folder in its place
    List<Path> before = files();
    var run = Cli.run("compile", lesson, "-d", classes);
    assertEquals(1, run.code());
    assertTrue(run.err().contains("Lesson$Kernels.class: it is a folder"), run.err());
    assertEquals(before, files());
  }

  @Test
  void targetsThatCannotBeAreNamed() throws IOException {
    Path taken = Cli.write(folder.resolve("taken"), "a file");
    var inFile = Cli.run("compile", lesson, "-d", taken);
    assertEquals(1, inFile.code());
    assertTrue(inFile.err().contains("cannot write " + taken), inFile.err());
    assertEquals("a file", Files.readString(taken));
    Path none = folder.resolve("none/lesson.jar");
    assertTrue(Cli.run("compile", lesson, "-o", none).err().contains("the folder " + none.getParent() + " does not exist"));
    var source = Cli.run("compile", lesson, "-o", lesson);
    assertEquals(2, source.code());
    assertTrue(source.err().contains("is no name of a jar; write " + lesson + ".jar"), source.err());
    assertTrue(Files.readString(lesson).startsWith("package demo"));
  }

  @Test
  void aFullDiskIsSaidSo() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "a device of Linux");
    var run = Cli.run("compile", lesson, "-o", full);
    assertEquals(1, run.code());
    assertEquals(
        "error: cannot write /dev/full: No space left on device; what was there before is unchanged\n", run.err());
    assertFalse(Files.isRegularFile(full));
  }

  @Test
  void usageHasItsOwnExitCode() {
    Path jar = folder.resolve("x.jar");
    assertEquals(2, Cli.run("compile", lesson).code());
    assertEquals(2, Cli.run("compile", lesson, "-o", jar, "-d", folder).code());
    assertEquals(2, Cli.run("compile", lesson, "-o", jar, "--precision", "f16").code());
    assertEquals(2, Cli.run("compile", lesson, "-o", jar, "--set", "width=wide").code());
    assertThrows(IOException.class, () -> Files.size(jar));
  }
}

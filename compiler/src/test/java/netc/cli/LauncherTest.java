package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import netc.Netc;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The script {@code netc} as a process: in a tree with jars of this build, and in trees with a false JDK and Maven. */
@Execution(ExecutionMode.SAME_THREAD)
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "netc");
  private static final List<String> LIBRARIES =
      List.of("picocli", "antlr4-runtime", "asm-9", "gson", "progressbar", "jline");

  @TempDir private static Path built;
  @TempDir private Path folder;

  private record Outcome(int code, String out, String err) {}

  // ---------- trees ----------

  /** A tree as Maven leaves it, whose sources are older than its jars. */
  @BeforeAll
  static void build() throws IOException {
    Files.copy(SCRIPT, built.resolve("netc"), StandardCopyOption.COPY_ATTRIBUTES);
    Path target = built.resolve("compiler/target");
    Files.createDirectories(target.resolve("lib"));
    for (String entry : classPath()) {
      Path path = Path.of(entry);
      String name = path.getFileName().toString();
      String module = entry.replaceAll(".*[/\\\\](grammar|runtime|compiler)[/\\\\]target[/\\\\].*", "$1");
      boolean isOurs = !module.equals(entry) && !name.equals("test-classes");
      Path jar =
          module.equals("compiler")
              ? target.resolve("netc-compiler-test.jar")
              : target.resolve("lib/netc-" + module + ".jar");
      if (isOurs && Files.isDirectory(path)) {
        pack(path, jar);
      } else if (isOurs && name.endsWith(".jar")) {
        Files.copy(path, jar);
      } else if (LIBRARIES.stream().anyMatch(name::startsWith)) {
        Files.copy(path, target.resolve("lib").resolve(name));
      }
    }
  }

  private static List<String> classPath() {
    var all = new ArrayList<String>();
    for (String property : new String[] {"jdk.module.path", "java.class.path"}) {
      all.addAll(List.of(System.getProperty(property, "").split(File.pathSeparator)));
    }
    return all.stream().filter(entry -> !entry.isEmpty()).distinct().toList();
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text);
    assertTrue(file.toFile().setExecutable(true));
  }

  /** A tree to be built, a JDK that prints its main class and arguments, and a Maven that makes empty jars. */
  private Map<String, String> falseTools(String maven) throws IOException {
    Path root = folder.resolve("tree");
    Files.createDirectories(root.resolve("compiler/src/main"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.copy(SCRIPT, root.resolve("netc"), StandardCopyOption.COPY_ATTRIBUTES);
    Path jdk = folder.resolve("jdk");
    script(
        jdk.resolve("bin/java"),
        """
        for word; do
          case $word in
            -XX:AOTCacheOutput=*) echo archive >"${word#*=}" ;;
            netc.cli.*) seen=1 ;;
          esac
          [ -n "$seen" ] && printf '%s ' "$word"
        done
        exit 7
        """);
    script(jdk.resolve("bin/javac"), "");
    Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"nobody\"\nJAVA_VERSION=\"26.0.1\"\nJAVA_RUNTIME_VERSION=\"26.0.1+9\"\n");
    script(folder.resolve("bin/mvn"), "echo \"$@\" >>" + folder.resolve("calls") + "\n" + maven);
    var environment = new HashMap<String, String>();
    environment.put("NETC_JAVA_HOME", jdk.toString());
    environment.put("PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
    return environment;
  }

  private static final String MAVEN =
      """
      sleep 1
      mkdir -p compiler/target/lib
      touch compiler/target/netc-compiler-1.jar compiler/target/lib/netc-runtime.jar
      echo 'something to read'
      """;

  private int builds() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  // ---------- processes ----------

  private Process start(
      Path program, Path out, Path err, Map<String, String> environment, String... arguments)
      throws IOException {
    var command = new ArrayList<String>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    List.of("JAVA_HOME", "NETC_JAVA_OPTS", "JAVA_TOOL_OPTIONS").forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  private Outcome run(Path program, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process = start(program, out, err, environment, arguments);
    assertTrue(process.waitFor(240, TimeUnit.SECONDS), "no end");
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static Map<String, String> realJdk() {
    return Map.of("NETC_JAVA_HOME", System.getProperty("java.home"));
  }

  private static Path archive() throws IOException {
    try (Stream<Path> files = Files.list(built.resolve(".netc"))) {
      return files.filter(file -> file.toString().endsWith(".aot")).findFirst().orElseThrow();
    }
  }

  // ---------- the real thing ----------

  @Test
  void startsFromAnyFolderAndThroughALinkFromAnArchive() throws Exception {
    Path link = folder.resolve("bin/netc");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, link.getParent().relativize(built.resolve("netc")));
    Outcome first = run(link, realJdk(), "--version");
    assertEquals(new Outcome(0, "netc " + Netc.VERSION + "\n", ""), first);

    var logged = new HashMap<>(realJdk());
    Path log = folder.resolve("loaded");
    logged.put("NETC_JAVA_OPTS", "-Xlog:class+load:file=" + log);
    Path lesson = Cli.copy("lesson.net", folder);
    assertEquals(new Outcome(0, "", ""), run(link, logged, "check", "lesson.net"));
    assertTrue(
        Files.readAllLines(log).stream()
            .anyMatch(line -> line.contains("netc.check.Checker source: shared objects file")),
        "the checker did not come from the archive");

    FileTime before = Files.getLastModifiedTime(archive());
    Path jar = built.resolve("compiler/target/netc-compiler-test.jar");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
    assertEquals(new Outcome(0, "", ""), run(link, realJdk(), "check", lesson.toString()));
    assertTrue(Files.getLastModifiedTime(archive()).compareTo(before) > 0, "another jar, the old archive");
    Files.delete(link);
  }

  /** What an application's JVM would take: all of the JIT compiler, and vectors. */
  @Test
  void benchTimesWhatTheJitCompilerMakesOfVectors() throws Exception {
    Path lesson = Cli.copy("lesson.net", folder);
    var printed = new HashMap<>(realJdk());
    printed.put("NETC_JAVA_OPTS", "-XX:+PrintFlagsFinal");
    Outcome outcome =
        run(built.resolve("netc"), printed, "bench", "--batch=4", "--warm-up=0.1", "--seconds=0.1", lesson.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains(": vectors, since the JVM has the module jdk.incubator.vector"), outcome.out());
    assertTrue(outcome.out().matches("(?s).* TieredStopAtLevel += 4 .*"), outcome.out());
  }

  @Test
  void exitCodesPassThrough() throws Exception {
    Path netc = built.resolve("netc");
    assertEquals(1, run(netc, realJdk(), "check", "none.net").code());
    assertEquals(2, run(netc, realJdk(), "chekc").code());
    Path umlauts = Cli.write(folder.resolve("übung.net"), "package t\nnet T { input x  output y = simgoid(x) }");
    var plain = new HashMap<>(realJdk());
    plain.put("LC_ALL", "C");
    Outcome wrong = run(netc, plain, "check", umlauts.getFileName().toString());
    assertEquals(1, wrong.code());
    assertTrue(wrong.err().contains("--> übung.net:2"), wrong.err());
  }

  // ---------- what it says when something is missing ----------

  @Test
  void aFolderWithoutJdkIsNamed() throws Exception {
    Outcome none = run(built.resolve("netc"), Map.of("NETC_JAVA_HOME", folder.toString()), "--version");
    assertEquals(
        new Outcome(1, "", "netc: error: NETC_JAVA_HOME is " + folder + ", where there is no JDK\n"), none);
  }

  @Test
  void anOldJdkIsNamed() throws Exception {
    Map<String, String> environment = falseTools(MAVEN);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.9\"\n");
    assertEquals(
        new Outcome(
            1,
            "",
            "netc: error: NETC_JAVA_HOME is " + folder.resolve("jdk")
                + ", a JDK 17; netc needs JDK 25 or newer\n"),
        run(folder.resolve("tree/netc"), environment, "--version"));
    assertEquals(0, builds());
  }

  @Test
  void withoutMavenThereIsOneLine() throws Exception {
    Map<String, String> environment = falseTools(MAVEN);
    Path tools = folder.resolve("tools");
    for (String tool : List.of("find", "head", "mkdir", "rm", "cat", "readlink", "sleep")) {
      Path found = Path.of("/usr/bin", tool);
      assumeTrue(Files.exists(found));
      script(tools.resolve(tool), "exec " + found + " \"$@\"\n");
    }
    environment.put("PATH", tools.toString());
    Outcome none = run(folder.resolve("tree/netc"), environment, "--version");
    assertEquals(1, none.code());
    assertTrue(none.err().startsWith("netc: error: netc has to be built first, but there is no Maven"), none.err());
    assertEquals(1, none.err().lines().count());
    assertFalse(Files.exists(folder.resolve("tree/.netc/lock")));
  }

  // ---------- building ----------

  @Test
  void buildsOnceQuietlyAndAgainWhenASourceIsNewer() throws Exception {
    Map<String, String> environment = falseTools(MAVEN);
    Path netc = folder.resolve("tree/netc");
    Outcome expected = new Outcome(7, "netc.cli.Main check a file.net ", "");
    assertEquals(expected, run(netc, environment, "check", "a file.net"));
    assertEquals(expected, run(netc, environment, "check", "a file.net"));
    assertEquals(1, builds());
    assertTrue(Files.readString(folder.resolve("calls")).contains("-Dmaven.test.skip=true"));

    Path source = folder.resolve("tree/compiler/src/main/A.java");
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertEquals(expected, run(netc, environment, "check", "a file.net"));
    assertEquals(2, builds());
  }

  @Test
  void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
    Map<String, String> environment =
        falseTools("echo '[INFO] long'; echo '[ERROR] A.java: no semicolon'; exit 1");
    Path netc = folder.resolve("tree/netc");
    Path log = folder.toRealPath().resolve("tree/.netc/build.log");
    Outcome expected =
        new Outcome(
            1,
            "",
            "[ERROR] A.java: no semicolon\nnetc: error: the build failed; all of its output is in "
                + log + "\n");
    assertEquals(expected, run(netc, environment, "--version"));
    assertTrue(Files.readString(log).contains("[INFO] long"));
    assertEquals(1, run(netc, environment, "--version").code());
    assertEquals(2, builds());
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    Map<String, String> environment = falseTools(MAVEN);
    Path netc = folder.resolve("tree/netc");
    Path said = folder.resolve("said");
    Process one = start(netc, said, said, environment, "--version");
    Process two = start(netc, said, said, environment, "--version");
    assertTrue(one.waitFor(240, TimeUnit.SECONDS) && two.waitFor(240, TimeUnit.SECONDS));
    assertEquals(List.of(7, 7), List.of(one.exitValue(), two.exitValue()));
    assertEquals(1, builds());
  }

  @Test
  void aLockOfAProcessThatDiedIsNoObstacle() throws Exception {
    Map<String, String> environment = falseTools(MAVEN);
    Path lock = folder.resolve("tree/.netc/lock");
    Files.createDirectories(lock);
    Process gone = new ProcessBuilder("true").start();
    assertTrue(gone.waitFor(20, TimeUnit.SECONDS));
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
    assertEquals(7, run(folder.resolve("tree/netc"), environment, "--version").code());
    assertFalse(Files.exists(lock));
  }
}

package netc.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house is as {@code docs/architecture.md} draws it: folders, arrows, libraries. */
class HouseTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES = List.of("grammar", "runtime", "compiler");

  /** What the table calls a library, and the packages that it is. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "ANTLR", List.of("org.antlr.v4."),
          "ASM", List.of("org.objectweb.asm."),
          "Gson", List.of("com.google.gson."),
          "picocli", List.of("picocli."),
          "ProgressBar", List.of("me.tongfei.progressbar."));

  private static final Pattern OPEN_FIRST =
      Pattern.compile("Open \\{@link (netc\\.[a-z.]*[A-Z]\\w*)} first");

  private static PackageTable table;
  private static JavaClasses classes;

  @BeforeAll
  static void read() throws IOException {
    table = PackageTable.read(ROOT.resolve("docs/architecture.md"));
    classes =
        new ClassFileImporter()
            .importPaths(
                MODULES.stream().map(module -> ROOT.resolve(module + "/target/classes")).toList());
  }

  @Test
  void everyFolderHasItsRowAndEveryRowItsFolder() throws IOException {
    var folders = new TreeSet<String>();
    for (String module : MODULES) {
      for (String language : List.of("java", "antlr4")) {
        folders.addAll(packages(ROOT.resolve(module + "/src/main/" + language)));
      }
    }
    assertEquals(folders, new TreeSet<>(table.byName().keySet()));
  }

  /** What lies on the top is on the page, and the page names nothing that is not there. */
  @Test
  void everyTopFolderIsOnThePage() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/architecture.md"));
    var named = new TreeSet<String>();
    Pattern.compile("(?m)^ {4}([a-z]+)/ ").matcher(page).results().forEach(m -> named.add(m.group(1)));
    var there = new TreeSet<String>();
    try (Stream<Path> files = Files.list(ROOT)) {
      files
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.startsWith(".") && !name.equals("target"))
          .forEach(there::add);
    }
    assertEquals(there, named);
  }

  @Test
  void everyPackageSaysWhatItIsAndWhatToOpenFirst() throws IOException {
    for (PackageTable.Row row : table.rows()) {
      if (row.name().equals("netc.grammar")) { // generated
        continue;
      }
      Path info = source(row.name() + ".package-info");
      assertTrue(Files.exists(info), info + " is missing");
      var first = OPEN_FIRST.matcher(Files.readString(info).replaceAll("\\s+(\\* )?", " "));
      assertTrue(first.find(), info + " does not say: Open {@link …} first");
      assertTrue(Files.exists(source(first.group(1))), info + " names " + first.group(1));
    }
  }

  /** A row names only rows above it: so there are no circles. */
  @Test
  void theTableHasNoCircles() {
    var above = new HashSet<String>();
    for (PackageTable.Row row : table.rows()) {
      var unknown = new TreeSet<>(row.uses());
      unknown.removeAll(above);
      assertEquals(Set.of(), unknown, row.name() + " may use what is not above it");
      above.add(row.name());
    }
  }

  @Test
  void nothingPointsTheOtherWay() {
    Map<String, PackageTable.Row> rows = table.byName();
    var violations = new TreeSet<String>();
    for (JavaClass user : classes) {
      PackageTable.Row row = rows.get(user.getPackageName());
      if (row != null) {
        user.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> !isAllowed(row, target(dependency)))
            .forEach(
                dependency -> violations.add(row.name() + ": " + dependency.getDescription()));
      }
    }
    assertEquals("", String.join("\n", violations));
  }

  /** Nobody but the façade strings the phases together: check, schedule, emit. */
  @Test
  void thereIsOneRoad() {
    var phases =
        Set.of(
            "netc.check.Checker",
            "netc.schedule.FormsToSchedules",
            "netc.emit.ModelToClasses");
    var found = new TreeSet<String>();
    var others = new TreeSet<String>();
    for (JavaClass user : classes) {
      for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
        JavaClass phase = target(dependency);
        if (phases.contains(phase.getName())
            && !phase.getPackageName().equals(user.getPackageName())) {
          found.add(phase.getName());
          if (!user.getName().equals("netc.Netc")) {
            others.add(dependency.getDescription());
          }
        }
      }
    }
    assertEquals(Set.of(), others);
    assertEquals(phases, found); // and the façade does
  }

  /** Else the tests above would look at nothing. */
  @Test
  void theClassesWereFound() {
    for (PackageTable.Row row : table.rows()) {
      assertFalse(
          classes.stream().noneMatch(c -> c.getPackageName().equals(row.name())), row.name());
    }
  }

  private static JavaClass target(Dependency dependency) {
    JavaClass target = dependency.getTargetClass();
    return target.isArray() ? target.getBaseComponentType() : target;
  }

  private static boolean isAllowed(PackageTable.Row row, JavaClass target) {
    String name = target.getPackageName();
    return target.isPrimitive()
        || name.startsWith("java.")
        || name.equals(row.name())
        || row.uses().contains(name)
        || row.libraries().stream()
            .flatMap(library -> LIBRARIES.get(library).stream())
            .anyMatch(prefix -> (name + ".").startsWith(prefix));
  }

  /** The packages below a source folder. */
  private static Set<String> packages(Path sources) throws IOException {
    if (!Files.exists(sources)) {
      return Set.of();
    }
    var found = new HashSet<String>();
    try (Stream<Path> files = Files.walk(sources)) {
      files
          .filter(file -> Files.isRegularFile(file) && !file.endsWith("module-info.java"))
          .map(file -> sources.relativize(file.getParent()).toString())
          .forEach(folder -> found.add(folder.replace('/', '.').replace('\\', '.')));
    }
    return found;
  }

  private static Path source(String className) {
    String file = "/src/main/java/" + className.replace('.', '/') + ".java";
    Path inCompiler = ROOT.resolve("compiler" + file);
    return Files.exists(inCompiler) ? inCompiler : ROOT.resolve("runtime" + file);
  }
}

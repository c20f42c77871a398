package flowers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every Java block of the pages for users compiles as the body of a method. */
class SnippetsTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\R(.*?)^```");

  @ParameterizedTest
  @ValueSource(strings = {"../../README.md", "../../docs/guide.md"})
  void blocksCompile(String page, @TempDir Path folder) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Assumptions.assumeTrue(compiler != null, "this Java has no compiler");
    Path file = Files.writeString(folder.resolve("Snippets.java"), program(page));
    var messages = new StringWriter();
    List<String> options = List.of("-cp", System.getProperty("java.class.path"), "-d", folder.toString());
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var sources = manager.getJavaFileObjects(file.toFile());
      boolean compiles = compiler.getTask(messages, manager, null, options, null, sources).call();
      assertTrue(compiles, () -> page + "\n" + messages);
    }
  }

  private static String program(String page) throws Exception {
    List<String> methods = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of(page)));
    while (blocks.find()) {
      methods.add("void block" + methods.size() + "() throws Exception {\n" + blocks.group(1) + "}\n");
    }
    assertTrue(!methods.isEmpty(), () -> page + " has no Java block");
    return "import demo.Iris;\nimport java.nio.file.*;\nimport java.util.*;\nimport netc.data.*;\n"
        + "import netc.runtime.*;\nimport netc.train.*;\n"
        + "class Snippets {\nfloat[] rows;\nfloat[] probabilities;\n"
        + String.join("", methods)
        + "}\n";
  }
}

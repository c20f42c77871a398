package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.Netc;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stub is Java, and has the members of the class that it stands for. */
class ModelToStubTest {
  private static final String NET =
      """
      package test.stub

      /// Tells apart; a < b && c > d, {@code x}, a path C:\\users, and the end */ of comments.
      net Kinds {
        /// Four lengths
        input x[2, 2]
        input n : index(3)
        input on : bool
        input workspace
        target y : index(2)
        z = x |> flatten2 |> dense(2)
        /// Which it is
        output p = softmax(z)
        output load = real(n) + workspace
        output best = argmax[k] p[k]
        output both = on and x[0, 0] > 0
        /// From what else
        output after = softmax(z)[0] * real(n) given z, n
        loss ce = cross_entropy(z, y)
      }
      fn flatten2(x[A, B]) -> y[A*B] { y[(a, b)] = x[a, b] }
      """;

  @TempDir private Path folder;

  private static CompiledNet compile(String text, Precision precision) {
    var result =
        Netc.compile(
            new SourceFile("kinds.net", text), CompileOptions.DEFAULT.withPrecision(precision));
    assertEquals(List.of(), result.diagnostics());
    return result.nets().getFirst();
  }

  private Class<?> compiled(CompiledNet net) throws Exception {
    String name = net.metadata().className();
    Path source = folder.resolve(name.substring(name.lastIndexOf('.') + 1) + ".java");
    Files.writeString(source, net.stub());
    Path runtime = Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Process javac =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-d", folder.toString(), "-cp", runtime.toString(), "-Xdoclint:all,-missing", "-proc:none",
                source.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, javac.waitFor(), said + "\n" + net.stub());
    assertEquals("", said, net.stub());
    URL[] place = {folder.toUri().toURL()};
    return new URLClassLoader(place, Network.class.getClassLoader()).loadClass(name);
  }

  private static TreeSet<String> members(Class<?> type) {
    var members = new TreeSet<String>();
    Stream.of(type.getDeclaredMethods(), type.getDeclaredFields())
        .<Member>flatMap(Arrays::stream)
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
        .forEach(
            m ->
                members.add(
                    m instanceof Method method
                        ? method.toGenericString()
                        : ((Field) m).toGenericString()));
    var plain = new TreeSet<String>();
    members.forEach(member -> plain.add(member.replace("native ", "")));
    return plain;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theStubHasTheMembersOfTheClass(Precision precision) throws Exception {
    CompiledNet net = compile(NET, precision);
    Class<?> stub = compiled(net);
    Class<?> real = net.load().type();
    assertEquals(members(real), members(stub));
    assertEquals(
        members(real.getDeclaredClasses()[0]), members(stub.getDeclaredClasses()[0]));
    assertTrue(members(real).size() > 20, "only " + members(real));
  }

  @Test
  void theWordsOfTheNetAreItsJavadoc() {
    String stub = compile(NET, Precision.F32).stub();
    assertTrue(stub.contains(" * Tells apart; a &lt; b &amp;&amp; c &gt; d"), stub);
    assertTrue(stub.contains("   * Which it is\n   * @param x 2 x 2 elements, real: Four lengths\n   * @return 2 elements, real\n"), stub);
  }

  @Test
  void aNetWithoutLossOrPackage() throws Exception {
    var result = Netc.compile(new SourceFile("a.net", "net A { input x  output y = 2*x }"), CompileOptions.DEFAULT);
    CompiledNet net = result.nets().getFirst();
    assertEquals(members(net.load().type()), members(compiled(net)));
    assertEquals(Map.of(), net.metadata().sizes());
  }
}

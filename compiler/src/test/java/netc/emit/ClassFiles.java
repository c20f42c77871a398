package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/** What must hold of every class that the compiler writes. */
final class ClassFiles {
  private static final int JAVA_17 = 61;
  /** HotSpot never compiles a longer method. */
  private static final int LONGEST_METHOD = 8000;
  private static final int LONGEST_DRIVER = 4000;

  private ClassFiles() {}

  /** Java 17's version, sound bytecode, no method too long. */
  static void verify(Map<String, byte[]> classes) {
    var loader = new GeneratedClasses(classes);
    classes.forEach(
        (name, bytes) -> {
          var problems = new StringWriter();
          CheckClassAdapter.verify(new ClassReader(bytes), loader, false, new PrintWriter(problems));
          assertEquals("", problems.toString(), name);
          assertEquals(JAVA_17, ClassFile.of().parse(bytes).majorVersion(), name);
        });
    methodSizes(classes)
        .forEach(
            (method, size) -> {
              boolean isDriver = method.contains("$Code.");
              int most = isDriver ? LONGEST_DRIVER : LONGEST_METHOD - 1;
              assertTrue(size <= most, () -> method + " has " + size + " bytes");
            });
  }

  /** Bytes of code by {@code demo.Iris$Code.form0}. */
  static Map<String, Integer> methodSizes(Map<String, byte[]> classes) {
    var sizes = new LinkedHashMap<String, Integer>();
    classes.forEach(
        (name, bytes) -> {
          ClassModel model = ClassFile.of().parse(bytes);
          for (MethodModel method : model.methods()) {
            method
                .code()
                .map(CodeAttribute.class::cast)
                .ifPresent(
                    code ->
                        sizes.put(
                            name + "." + method.methodName().stringValue()
                                + method.methodType().stringValue(),
                            code.codeLength()));
          }
        });
    return sizes;
  }

  /** Bytes of all class files together. */
  static int totalSize(Map<String, byte[]> classes) {
    return classes.values().stream().mapToInt(bytes -> bytes.length).sum();
  }
}

package netc.emit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import netc.loop.Kernel;
import netc.loop.ScalarType;
import netc.loop.Table;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The kernels of a net, each written once whatever the number of its uses. Those that use vectors stand
 * in a class of their own, which is not linked where the module of vectors is absent.
 */
final class KernelClass {
  private static final String VECTOR = "jdk/incubator/vector/";
  private static final String SPECIES = "L" + VECTOR + "VectorSpecies;";

  /** The static field that holds the release of Java. */
  static final String RELEASE = "RELEASE";

  private final String name;
  private final ClassFile file;
  private final boolean hasVectors;
  private final Map<Kernel, String> methods = new HashMap<>();
  private final Map<Table, String> tables = new LinkedHashMap<>();
  private final VectorOperations operations = new VectorOperations();

  KernelClass(String name, String source, boolean hasVectors) {
    this.name = name;
    this.hasVectors = hasVectors;
    this.file = new ClassFile(Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC, name, null, "java/lang/Object", source);
    file.emptyConstructor(Opcodes.ACC_PRIVATE);
  }

  String name() {
    return name;
  }

  VectorOperations operations() {
    return operations;
  }

  boolean isEmpty() {
    return methods.isEmpty();
  }

  /** The method of a kernel; {@code line} becomes its line when this is the first use. */
  String method(Kernel kernel, int line) {
    String known = methods.get(kernel);
    if (known != null) {
      return known;
    }
    String method = "kernel" + methods.size();
    methods.put(kernel, method);
    KernelToMethod.write(file, this, method, kernel, line);
    return method;
  }

  /** The static field that holds a table. */
  String field(Table table) {
    return tables.computeIfAbsent(table, _ -> "table" + tables.size());
  }

  byte[] bytes() {
    constants();
    return file.bytes();
  }

  /**
   * The release of Java; where there are vectors, the species of this machine, their lengths, a first use of
   * each operation, and the tables.
   */
  private void constants() {
    var visitor = file.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    visitor.visitCode();
    release(visitor);
    if (hasVectors) {
      var code = new MethodCode(visitor);
      operations.elements().forEach(element -> species(code, element));
      operations.write(code, name);
      tables.forEach((table, field) -> table(code, table, field));
    }
    visitor.visitInsn(Opcodes.RETURN);
    visitor.visitMaxs(0, 0);
    visitor.visitEnd();
  }

  private void release(MethodVisitor visitor) {
    constant(RELEASE, "I");
    visitor.visitMethodInsn(
        Opcodes.INVOKESTATIC, "java/lang/Runtime", "version", "()Ljava/lang/Runtime$Version;", false);
    visitor.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, "java/lang/Runtime$Version", "feature", "()I", false);
    visitor.visitFieldInsn(Opcodes.PUTSTATIC, name, RELEASE, "I");
  }

  private void species(MethodCode code, ScalarType element) {
    String species = VectorCode.speciesField(element);
    String lanes = VectorCode.lanesField(element);
    constant(species, SPECIES);
    constant(lanes, "I");
    var visitor = code.visitor();
    visitor.visitFieldInsn(
        Opcodes.GETSTATIC, VectorCode.className(element), "SPECIES_PREFERRED", SPECIES);
    visitor.visitInsn(Opcodes.DUP);
    visitor.visitFieldInsn(Opcodes.PUTSTATIC, name, species, SPECIES);
    visitor.visitMethodInsn(
        Opcodes.INVOKEINTERFACE, VECTOR + "VectorSpecies", "length", "()I", true);
    visitor.visitFieldInsn(Opcodes.PUTSTATIC, name, lanes, "I");
  }

  private void table(MethodCode code, Table table, String field) {
    constant(field, "[I");
    var visitor = code.visitor();
    int axes = table.axes().size();
    code.push(2 * axes);
    visitor.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_INT);
    for (int axis = 0; axis < axes; axis++) {
      element(code, 2 * axis, table.axes().get(axis).extent());
      element(code, 2 * axis + 1, table.axes().get(axis).stride());
    }
    visitor.visitMethodInsn(
        Opcodes.INVOKESTATIC, "netc/runtime/Numerics", "offsets", "([I)[I", false);
    visitor.visitFieldInsn(Opcodes.PUTSTATIC, name, field, "[I");
  }

  private static void element(MethodCode code, int at, int value) {
    code.visitor().visitInsn(Opcodes.DUP);
    code.push(at);
    code.push(value);
    code.visitor().visitInsn(Opcodes.IASTORE);
  }

  private void constant(String field, String descriptor) {
    file.visitField(
        Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, field, descriptor, null, null)
        .visitEnd();
  }
}

package netc.emit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import netc.CompiledNet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The class of a net's vectors has carried out every operation before its first kernel runs. */
class VectorOperationsTest {
  private static final Set<String> SEARCHED =
      Set.of("add", "sub", "mul", "div", "min", "max", "abs", "neg", "sqrt", "fma", "lanewise");

  @Test
  void everyOperationIsUsedByTheInitialiser() {
    CompiledNet net =
        Nets.compile(
            """
            package demo
            net F {
              input x[8]
              let fc = dense(8, gelu)
              output y = softmax(fc(x))
              output a[i in 8] = sqrt(abs(x[i])) - tanh(x[i]) / log(max(x[i], 2))
            }
            """);
    byte[] vectors = net.classes().get("demo.F$Vectors");
    Set<String> inKernels = operations(vectors, false);
    Set<String> inInitialiser = operations(vectors, true);
    assertTrue(
        inKernels.toString().contains("FloatVector.fma") && inKernels.toString().contains("lanewise"),
        inKernels::toString);
    assertTrue(inInitialiser.containsAll(inKernels), () -> inKernels + " beyond " + inInitialiser);
  }

  private static Set<String> operations(byte[] bytes, boolean ofInitialiser) {
    var found = new HashSet<String>();
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String method, String descriptor, String signature, String[] thrown) {
                return method.equals("<clinit>") == ofInitialiser ? calls(found) : null;
              }
            },
            0);
    return found;
  }

  private static MethodVisitor calls(Set<String> found) {
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (SEARCHED.contains(name) && owner.endsWith("Vector")) {
          found.add(owner + "." + name + descriptor);
        }
      }
    };
  }
}

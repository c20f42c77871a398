package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The class of a net's vectors has carried out every operation before its first kernel runs, below JDK 25. */
class VectorOperationsTest {
  private static final String NET =
      """
      package demo
      net F {
        input x[8]
        let fc = dense(8, gelu)
        output y = softmax(fc(x))
        output a[i in 8] = sqrt(abs(x[i])) - tanh(x[i]) / log(max(x[i], 2))
      }
      """;

  private static final Set<String> SEARCHED =
      Set.of("add", "sub", "mul", "div", "min", "max", "abs", "neg", "sqrt", "fma", "lanewise");

  @Test
  void everyOperationIsUsedByTheInitialiser() {
    byte[] vectors = vectors();
    Set<String> inKernels = operations(vectors, false);
    Set<String> inInitialiser = operations(vectors, true);
    assertTrue(
        inKernels.toString().contains("FloatVector.fma") && inKernels.toString().contains("lanewise"),
        inKernels::toString);
    assertTrue(inInitialiser.containsAll(inKernels), () -> inKernels + " beyond " + inInitialiser);
  }

  @Test
  void theInitialiserSkipsThemAloneFromJdk25On() {
    List<String> initialiser = initialiser(vectors());
    int jump = initialiser.indexOf("if_icmpge");
    assertEquals(List.of("version", "feature", "putstatic RELEASE"), initialiser.subList(0, 3));
    assertEquals(List.of("getstatic RELEASE", "25", "if_icmpge"), initialiser.subList(jump - 2, jump + 1));
    int end = initialiser.indexOf("end");
    Set<String> skipped = Set.copyOf(initialiser.subList(jump + 1, end));
    assertTrue(skipped.contains("fma") && skipped.contains("lanewise"), skipped::toString);
    assertTrue(skipped.stream().noneMatch(step -> step.startsWith("putstatic")), skipped::toString);
    List<String> always = new ArrayList<>(initialiser.subList(0, jump));
    always.addAll(initialiser.subList(end, initialiser.size()));
    assertTrue(Collections.disjoint(always, SEARCHED), always::toString);
  }

  private static byte[] vectors() {
    return Nets.compile(NET).classes().get("demo.F$Vectors");
  }

  /** Its calls and numbers in order, its jump and where that leads. */
  private static List<String> initialiser(byte[] bytes) {
    var seen = new ArrayList<String>();
    read(bytes, true, inOrder(seen));
    return seen;
  }

  /** Reads the initialiser, or all other methods. */
  private static void read(byte[] bytes, boolean ofInitialiser, MethodVisitor visitor) {
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String method, String descriptor, String signature, String[] thrown) {
                return method.equals("<clinit>") == ofInitialiser ? visitor : null;
              }
            },
            0);
  }

  private static MethodVisitor inOrder(List<String> seen) {
    return new MethodVisitor(Opcodes.ASM9) {
      private Label end;

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        seen.add(name);
      }

      @Override
      public void visitIntInsn(int opcode, int operand) {
        seen.add(String.valueOf(operand));
      }

      @Override
      public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        seen.add((opcode == Opcodes.PUTSTATIC ? "putstatic " : "getstatic ") + name);
      }

      @Override
      public void visitJumpInsn(int opcode, Label label) {
        seen.add(opcode == Opcodes.IF_ICMPGE ? "if_icmpge" : "jump");
        end = label;
      }

      @Override
      public void visitLabel(Label label) {
        if (label == end) {
          seen.add("end");
        }
      }
    };
  }

  private static Set<String> operations(byte[] bytes, boolean ofInitialiser) {
    var found = new HashSet<String>();
    read(bytes, ofInitialiser, calls(found));
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

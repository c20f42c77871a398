package netc.emit;

import java.util.HashMap;
import java.util.Map;
import netc.loop.ArrayType;
import netc.loop.ScalarType;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A thin typed layer over a method: named locals with their types, instructions chosen by type. */
final class MethodCode {
  private final MethodVisitor visitor;
  private Map<String, Variable> variables = new HashMap<>();
  private int nextSlot;

  private record Variable(int slot, Object type) {}

  MethodCode(MethodVisitor visitor) {
    this.visitor = visitor;
  }

  MethodVisitor visitor() {
    return visitor;
  }

  // ---------- locals ----------

  void declare(String name, ScalarType type) {
    variables.put(name, new Variable(nextSlot, type));
    nextSlot += type == ScalarType.DOUBLE ? 2 : 1;
  }

  void declare(String name, ArrayType type) {
    variables.put(name, new Variable(nextSlot++, type));
  }

  void declareObject(String name) {
    variables.put(name, new Variable(nextSlot++, Object.class));
  }

  /** Runs with a scope of its own: what it declares is gone afterwards. */
  void scope(Runnable body) {
    Map<String, Variable> outer = new HashMap<>(variables);
    int slot = nextSlot;
    body.run();
    variables = outer;
    nextSlot = slot;
  }

  void load(String name) {
    Variable variable = variable(name);
    visitor.visitVarInsn(
        switch (variable.type()) {
          case ScalarType type ->
              switch (type) {
                case FLOAT -> Opcodes.FLOAD;
                case DOUBLE -> Opcodes.DLOAD;
                case INT, BOOLEAN -> Opcodes.ILOAD;
                case FLOATS, DOUBLES, INTS, MASK -> Opcodes.ALOAD;
              };
          default -> Opcodes.ALOAD;
        },
        variable.slot());
  }

  void store(String name) {
    Variable variable = variable(name);
    visitor.visitVarInsn(
        switch (variable.type()) {
          case ScalarType type ->
              switch (type) {
                case FLOAT -> Opcodes.FSTORE;
                case DOUBLE -> Opcodes.DSTORE;
                case INT, BOOLEAN -> Opcodes.ISTORE;
                case FLOATS, DOUBLES, INTS, MASK -> Opcodes.ASTORE;
              };
          default -> Opcodes.ASTORE;
        },
        variable.slot());
  }

  void increment(String name, int by) {
    visitor.visitIincInsn(variable(name).slot(), by);
  }

  private Variable variable(String name) {
    Variable variable = variables.get(name);
    if (variable == null) {
      throw new IllegalStateException("the kernel has no local " + name);
    }
    return variable;
  }

  // ---------- constants ----------

  void push(int value) {
    if (value >= -1 && value <= 5) {
      visitor.visitInsn(Opcodes.ICONST_0 + value);
    } else if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
      visitor.visitIntInsn(Opcodes.BIPUSH, value);
    } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
      visitor.visitIntInsn(Opcodes.SIPUSH, value);
    } else {
      visitor.visitLdcInsn(value);
    }
  }

  void push(double value, ScalarType type) {
    visitor.visitLdcInsn(type == ScalarType.FLOAT ? (Object) (float) value : (Object) value);
  }

  // ---------- arrays and arithmetic ----------

  void loadElement(ScalarType type) {
    visitor.visitInsn(
        switch (type) {
          case FLOAT -> Opcodes.FALOAD;
          case DOUBLE -> Opcodes.DALOAD;
          case INT, BOOLEAN -> Opcodes.IALOAD;
          case FLOATS, DOUBLES, INTS, MASK -> Opcodes.AALOAD;
        });
  }

  void storeElement(ScalarType type) {
    visitor.visitInsn(
        switch (type) {
          case FLOAT -> Opcodes.FASTORE;
          case DOUBLE -> Opcodes.DASTORE;
          case INT, BOOLEAN -> Opcodes.IASTORE;
          case FLOATS, DOUBLES, INTS, MASK -> Opcodes.AASTORE;
        });
  }

  /** An instruction given by its form for ints, where those for floats and doubles follow as usual. */
  void arithmetic(int intOpcode, ScalarType type) {
    visitor.visitInsn(
        switch (type) {
          case INT, BOOLEAN -> intOpcode;
          case FLOAT -> intOpcode + 2;
          case DOUBLE -> intOpcode + 3;
          case FLOATS, DOUBLES, INTS, MASK -> throw new IllegalArgumentException("no scalar: " + type);
        });
  }

  void convert(ScalarType from, ScalarType to) {
    if (from == to) {
      return;
    }
    if (from == ScalarType.INT) {
      visitor.visitInsn(to == ScalarType.FLOAT ? Opcodes.I2F : Opcodes.I2D);
    } else if (from == ScalarType.FLOAT) {
      visitor.visitInsn(to == ScalarType.DOUBLE ? Opcodes.F2D : Opcodes.F2I);
    } else {
      visitor.visitInsn(to == ScalarType.FLOAT ? Opcodes.D2F : Opcodes.D2I);
    }
  }

  void jump(int opcode, Label target) {
    visitor.visitJumpInsn(opcode, target);
  }

  void place(Label label) {
    visitor.visitLabel(label);
  }

  void line(int line) {
    var label = new Label();
    visitor.visitLabel(label);
    visitor.visitLineNumber(line, label);
  }

  static String descriptor(ArrayType type) {
    return "[".repeat(type.rank()) + descriptor(type.element());
  }

  static String descriptor(ScalarType type) {
    return switch (type) {
      case FLOAT -> "F";
      case DOUBLE -> "D";
      case INT -> "I";
      case BOOLEAN -> "Z";
      case FLOATS, DOUBLES, INTS, MASK -> "L" + VectorCode.className(type) + ";";
    };
  }
}

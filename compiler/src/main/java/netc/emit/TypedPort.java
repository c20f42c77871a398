package netc.emit;

import netc.ir.JavaNames;
import netc.loop.ScalarType;
import netc.runtime.Metadata.Port;
import netc.runtime.Metadata.Type;
import org.objectweb.asm.Opcodes;

/** How an input, target or output appears in Java. */
record TypedPort(Port port, ScalarType real) {

  String javaName() {
    return JavaNames.of(port.name());
  }

  boolean isScalar() {
    return port.shape().length == 0;
  }

  private String element() {
    return switch (port.type()) {
      case REAL -> real == ScalarType.FLOAT ? "F" : "D";
      case INDEX -> "I";
      case BOOL -> "Z";
    };
  }

  /** Of one example. */
  String descriptor() {
    return isScalar() ? element() : "[" + element();
  }

  /** Of rows. */
  String rowsDescriptor() {
    return "[" + element();
  }

  int loadOpcode() {
    if (!isScalar()) {
      return Opcodes.ALOAD;
    }
    return switch (port.type()) {
      case REAL -> real == ScalarType.FLOAT ? Opcodes.FLOAD : Opcodes.DLOAD;
      case INDEX, BOOL -> Opcodes.ILOAD;
    };
  }

  int returnOpcode() {
    if (!isScalar()) {
      return Opcodes.ARETURN;
    }
    return switch (port.type()) {
      case REAL -> real == ScalarType.FLOAT ? Opcodes.FRETURN : Opcodes.DRETURN;
      case INDEX, BOOL -> Opcodes.IRETURN;
    };
  }

  /** The number of local variables that one example's value takes. */
  int locals() {
    return isScalar() && port.type() == Type.REAL && real == ScalarType.DOUBLE ? 2 : 1;
  }

  /** The runtime's method that copies this output of one example. */
  String outputMethod() {
    return switch (port.type()) {
      case REAL -> isScalar() ? "outputValue" : "output";
      case INDEX -> isScalar() ? "outputIndex" : "outputIndices";
      case BOOL -> isScalar() ? "outputFlag" : "outputFlags";
    };
  }

  /** The workspace's method that hands out this output of all rows. */
  String rowsMethod() {
    return switch (port.type()) {
      case REAL -> real == ScalarType.FLOAT ? "floats" : "doubles";
      case INDEX -> "indices";
      case BOOL -> "flags";
    };
  }
}

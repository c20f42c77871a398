package netc.emit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * The operations of vectors that a class of kernels uses; its initialiser carries out each of them once.
 * The module of vectors looks for the code of an operation at its first use, by a lambda of its own each
 * time. Where the JIT compiler has translated that search before, JDK 17 counts so many broken
 * assumptions that long kernels come out with calls and objects in them, and take three times as long.
 * JDK 25 does not, and skips what would take it a tenth of a first prediction.
 */
final class VectorOperations {
  private static final int NO_LONGER_NEEDED = 25;

  /** Each with ones for all operands. */
  private final Set<Scalar> used = new LinkedHashSet<>();

  /** The elements of the vectors. */
  private final Set<ScalarType> elements = EnumSet.noneOf(ScalarType.class);

  /** Notes that the class needs the species of vectors of this element. */
  void uses(ScalarType element) {
    elements.add(element);
  }

  /** The elements whose species the class needs: each takes a first prediction some milliseconds to load. */
  Set<ScalarType> elements() {
    return elements;
  }

  void add(Scalar scalar) {
    switch (scalar) {
      case Scalar.Arithmetic(var operator, var left, var right) ->
          used.add(new Scalar.Arithmetic(operator, one(left), one(right)));
      case Scalar.Negate(var value) -> used.add(new Scalar.Negate(one(value)));
      case Scalar.Shift(var value, int by) ->
          used.add(new Scalar.Shift(one(value), Integer.signum(by)));
      case Scalar.Call(var function, var arguments, var type) -> {
        var ones = new ArrayList<Scalar>();
        arguments.forEach(argument -> ones.add(one(argument)));
        used.add(new Scalar.Call(function, ones, type));
      }
      default -> {} // is not looked for
    }
  }

  /** Instructions that carry out each once, on the JVMs that need it. */
  void write(MethodCode code, String owner) {
    var end = new Label();
    code.visitor().visitFieldInsn(Opcodes.GETSTATIC, owner, KernelClass.RELEASE, "I");
    code.push(NO_LONGER_NEEDED);
    code.visitor().visitJumpInsn(Opcodes.IF_ICMPGE, end);
    VectorCode vectors = new ScalarCode(code, owner, new VectorOperations()).vectors();
    for (Scalar scalar : List.copyOf(used)) {
      vectors.push(scalar);
      code.visitor().visitInsn(Opcodes.POP);
    }
    code.visitor().visitLabel(end);
  }

  private Scalar one(Scalar operand) {
    ScalarType element = operand.type().counterpart();
    uses(element);
    return new Scalar.Broadcast(
        element == ScalarType.INT ? Ints.of(1) : new Scalar.RealLiteral(1, element));
  }
}

package netc.emit;

import java.util.List;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** One kernel as one static method. */
final class KernelToMethod {
  private final MethodCode code;
  private final ScalarCode scalars;

  private KernelToMethod(MethodCode code) {
    this.code = code;
    this.scalars = new ScalarCode(code);
  }

  /** Writes the method; {@code line} is the line of its first use. */
  static void write(ClassVisitor owner, String name, Kernel kernel, int line) {
    var visitor =
        owner.visitMethod(Opcodes.ACC_STATIC, name, descriptor(kernel), null, null);
    visitor.visitCode();
    var code = new MethodCode(visitor);
    kernel.arrays().forEach(a -> code.declare(a.name(), a.type()));
    if (kernel.usesRows()) {
      code.declare(Kernel.ROWS, ScalarType.INT);
      code.declare(Kernel.FIRST_ROW, ScalarType.INT);
      code.declare(Kernel.BATCH_ROWS, ScalarType.INT);
    }
    if (kernel.usesTime()) {
      code.declare(Kernel.TIME, ScalarType.INT);
    }
    code.line(line);
    new KernelToMethod(code).block(kernel, kernel.body());
    visitor.visitInsn(Opcodes.RETURN);
    visitor.visitMaxs(0, 0);
    visitor.visitEnd();
  }

  static String descriptor(Kernel kernel) {
    var descriptor = new StringBuilder("(");
    kernel.arrays().forEach(a -> descriptor.append(MethodCode.descriptor(a.type())));
    descriptor.append(kernel.usesRows() ? "III" : "").append(kernel.usesTime() ? "I" : "");
    return descriptor.append(")V").toString();
  }

  private void block(Kernel kernel, List<Statement> statements) {
    code.scope(() -> statements.forEach(s -> statement(kernel, s)));
  }

  private void statement(Kernel kernel, Statement statement) {
    switch (statement) {
      case Statement.For loop -> loop(kernel, loop);
      case Statement.Let(var name, var value) -> {
        scalars.push(value);
        code.declare(name, value.type());
        code.store(name);
      }
      case Statement.LetRow(var name, var rows, var element, var index) -> {
        code.load(rows);
        scalars.push(index);
        code.visitor().visitInsn(Opcodes.AALOAD);
        code.declare(name, new netc.loop.ArrayType(element, 1));
        code.store(name);
      }
      case Statement.Assign(var name, var value) -> {
        scalars.push(value);
        code.store(name);
      }
      case Statement.Store(var array, var index, var value) -> {
        code.load(array);
        scalars.push(index);
        scalars.push(value);
        code.storeElement(value.type());
      }
      case Statement.StoreLane(var array, var row, var lane, var value) -> {
        code.load(array);
        scalars.push(row);
        code.visitor().visitInsn(Opcodes.AALOAD);
        scalars.push(lane);
        scalars.push(value);
        code.storeElement(value.type());
      }
      case Statement.If(var condition, var then, var otherwise) -> {
        var no = new Label();
        var end = new Label();
        scalars.jumpUnless(condition, no);
        block(kernel, then);
        if (!otherwise.isEmpty()) {
          code.jump(Opcodes.GOTO, end);
        }
        code.place(no);
        if (!otherwise.isEmpty()) {
          block(kernel, otherwise);
          code.place(end);
        }
      }
    }
  }

  /** The test stands in front and a jump goes back, as javac writes it: a counted loop for the JIT compiler. */
  private void loop(Kernel kernel, Statement.For loop) {
    code.scope(
        () -> {
          scalars.push(loop.from());
          code.declare(loop.variable(), ScalarType.INT);
          code.store(loop.variable());
          Scalar to = loop.to();
          if (!(to instanceof Scalar.IntLiteral) && !(to instanceof Scalar.Local)) {
            String limit = loop.variable() + ".to";
            scalars.push(to);
            code.declare(limit, ScalarType.INT);
            code.store(limit);
            to = new Scalar.Local(limit, ScalarType.INT);
          }
          var start = new Label();
          var end = new Label();
          code.place(start);
          code.load(loop.variable());
          scalars.push(to);
          code.jump(Opcodes.IF_ICMPGE, end);
          block(kernel, loop.body());
          code.increment(loop.variable(), loop.step());
          code.jump(Opcodes.GOTO, start);
          code.place(end);
        });
  }
}

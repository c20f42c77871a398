package netc.emit;

import java.util.List;
import netc.loop.CopyLoop;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** One kernel as one static method. */
final class KernelToMethod {
  private final KernelClass kernels;
  private final MethodCode code;
  private final ScalarCode scalars;
  private final int line;

  private KernelToMethod(KernelClass kernels, MethodCode code, int line) {
    this.kernels = kernels;
    this.code = code;
    this.scalars = new ScalarCode(code, kernels.name(), kernels.operations());
    this.line = line;
  }

  /**
   * Writes the method.
   *
   * @param kernels the class it is a method of, with the kernels that this one calls
   * @param line the line of its first use
   */
  static void write(ClassVisitor owner, KernelClass kernels, String name, Kernel kernel, int line) {
    var visitor =
        owner.visitMethod(Opcodes.ACC_STATIC, name, descriptor(kernel), null, null);
    visitor.visitCode();
    var code = new MethodCode(visitor);
    kernel.arrays().forEach(a -> code.declare(a.name(), a.type()));
    kernel.intArguments().forEach(argument -> code.declare(argument, ScalarType.INT));
    code.line(line);
    new KernelToMethod(kernels, code, line).block(kernel.body());
    visitor.visitInsn(Opcodes.RETURN);
    visitor.visitMaxs(0, 0);
    visitor.visitEnd();
  }

  static String descriptor(Kernel kernel) {
    var descriptor = new StringBuilder("(");
    kernel.arrays().forEach(a -> descriptor.append(MethodCode.descriptor(a.type())));
    return descriptor.append("I".repeat(kernel.intArguments().size())).append(")V").toString();
  }

  private void block(List<Statement> statements) {
    code.scope(() -> statements.forEach(this::statement));
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.For loop -> CopyLoop.of(loop).ifPresentOrElse(this::copy, () -> loop(loop));
      case Statement.ForVectors loop -> loop(loop);
      case Statement.Invoke invoke -> invoke(invoke);
      case Statement.StoreVector(var array, var index, var value) ->
          scalars.vectors().store(array, index, value);
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
        block(then);
        if (!otherwise.isEmpty()) {
          code.jump(Opcodes.GOTO, end);
        }
        code.place(no);
        if (!otherwise.isEmpty()) {
          block(otherwise);
          code.place(end);
        }
      }
    }
  }

  private void copy(CopyLoop copy) {
    code.load(copy.source());
    scalars.push(copy.from());
    code.load(copy.target());
    scalars.push(copy.to());
    code.push(copy.length());
    String object = "Ljava/lang/Object;";
    code.visitor()
        .visitMethodInsn(
            Opcodes.INVOKESTATIC, "java/lang/System", "arraycopy", "(" + object + "I" + object + "II)V", false);
  }

  /** The test stands in front and a jump goes back, as javac writes it: a counted loop for the JIT compiler. */
  private void loop(Statement.For loop) {
    loop(
        loop.variable(),
        loop.from(),
        loop.to(),
        loop.body(),
        () -> code.increment(loop.variable(), loop.step()));
  }

  private void loop(Statement.ForVectors loop) {
    Scalar step = Ints.times(new Scalar.LaneCount(loop.element()), loop.count());
    loop(
        loop.variable(),
        loop.from(),
        loop.to(),
        loop.body(),
        () -> {
          scalars.push(Ints.plus(Ints.local(loop.variable()), step));
          code.store(loop.variable());
        });
  }

  private void loop(
      String variable, Scalar from, Scalar limit, List<Statement> body, Runnable advance) {
    code.scope(
        () -> {
          scalars.push(from);
          code.declare(variable, ScalarType.INT);
          code.store(variable);
          Scalar to = limit;
          if (!(to instanceof Scalar.IntLiteral) && !(to instanceof Scalar.Local)) {
            String name = variable + ".to";
            scalars.push(to);
            code.declare(name, ScalarType.INT);
            code.store(name);
            to = new Scalar.Local(name, ScalarType.INT);
          }
          var start = new Label();
          var end = new Label();
          code.place(start);
          code.load(variable);
          scalars.push(to);
          code.jump(Opcodes.IF_ICMPGE, end);
          block(body);
          advance.run();
          code.jump(Opcodes.GOTO, start);
          code.place(end);
        });
  }

  private void invoke(Statement.Invoke invoke) {
    invoke.arrays().forEach(code::load);
    invoke.ints().forEach(scalars::push);
    code.visitor()
        .visitMethodInsn(
            Opcodes.INVOKESTATIC,
            kernels.name(),
            kernels.method(invoke.kernel(), line),
            descriptor(invoke.kernel()),
            false);
  }
}

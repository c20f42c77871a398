package netc.emit;

import java.util.List;
import netc.schedule.KernelCall;
import netc.schedule.KernelNumbers;
import netc.schedule.Schedule;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes the class behind {@link netc.runtime.Code} add up how long each of its kernels takes: for tools,
 * and for one thread at a time. {@link #NONE} adds no instruction to the class.
 *
 * <p>The sums are an array with two numbers a kernel, nanoseconds and calls; in front of them the same
 * of nothing at all, which is what the clock itself takes and a reader has to take off.
 */
public final class KernelClock {
  /** For the class of an application. */
  static final KernelClock NONE = new KernelClock("", null);

  /** The local of the last time, behind all arguments of a form's methods. */
  private static final int SINCE = 6;

  private static final int BYTES_OF_CALL = 10;
  private static final String FIELD = "times";
  private static final String STOP = "stop";
  private static final String STOP_ARGUMENTS = "(JI)J";

  private final String owner;
  private final KernelNumbers numbers;

  private KernelClock(String owner, KernelNumbers numbers) {
    this.owner = owner;
    this.numbers = numbers;
  }

  /** @param owner the class that has the clock */
  static KernelClock of(String owner, List<Schedule> schedules) {
    return new KernelClock(owner, KernelNumbers.of(schedules));
  }

  /**
   * The sums of a network's class itself, not a copy. Kernel {@code n} of {@link KernelNumbers} has its
   * nanoseconds at {@code 2 * n + 2} and its calls behind them.
   *
   * @throws IllegalArgumentException when the class was compiled without
   */
  public static long[] times(Class<?> network) {
    try {
      Class<?> code = Class.forName(network.getName() + "$Code", true, network.getClassLoader());
      var field = code.getDeclaredField(FIELD);
      field.setAccessible(true);
      return (long[]) field.get(null);
    } catch (NoSuchFieldException e) {
      throw new IllegalArgumentException(network.getName() + " was compiled without clocks", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isNone() {
    return numbers == null;
  }

  int bytesOfCall() {
    return isNone() ? 0 : BYTES_OF_CALL;
  }

  /** Looks at the clock, twice. */
  void start(MethodCode code) {
    if (!isNone()) {
      now(code.visitor());
      code.visitor().visitVarInsn(Opcodes.LSTORE, SINCE);
      stop(code, 0);
    }
  }

  /** Adds what has passed since the clock was looked at last to the sum of a kernel. */
  void stop(MethodCode code, KernelCall call) {
    if (!isNone()) {
      stop(code, numbers.of(call) + 1);
    }
  }

  private void stop(MethodCode code, int position) {
    MethodVisitor visitor = code.visitor();
    visitor.visitVarInsn(Opcodes.LLOAD, SINCE);
    code.push(2 * position);
    visitor.visitMethodInsn(Opcodes.INVOKESTATIC, owner, STOP, STOP_ARGUMENTS, false);
    visitor.visitVarInsn(Opcodes.LSTORE, SINCE);
  }

  /** The sums and the method that adds to them. */
  void write(ClassVisitor file) {
    if (isNone()) {
      return;
    }
    file.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, FIELD, "[J", null, null).visitEnd();
    MethodVisitor initial = file.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    initial.visitCode();
    new MethodCode(initial).push(2 * numbers.count() + 2);
    initial.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
    initial.visitFieldInsn(Opcodes.PUTSTATIC, owner, FIELD, "[J");
    end(initial, Opcodes.RETURN);
    stopMethod(file);
  }

  /** {@code times[at] += now - since; times[at + 1]++;} and the time after that, so that it does not count. */
  private void stopMethod(ClassVisitor file) {
    MethodVisitor stop =
        file.visitMethod(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, STOP, STOP_ARGUMENTS, null, null);
    stop.visitCode();
    now(stop);
    stop.visitVarInsn(Opcodes.LLOAD, 0);
    stop.visitInsn(Opcodes.LSUB);
    stop.visitVarInsn(Opcodes.LSTORE, 0);
    add(stop, () -> stop.visitVarInsn(Opcodes.LLOAD, 0));
    stop.visitIincInsn(2, 1);
    add(stop, () -> stop.visitInsn(Opcodes.LCONST_1));
    now(stop);
    end(stop, Opcodes.LRETURN);
  }

  /** {@code times[at] += value}, the position in local 2. */
  private void add(MethodVisitor method, Runnable value) {
    method.visitFieldInsn(Opcodes.GETSTATIC, owner, FIELD, "[J");
    method.visitVarInsn(Opcodes.ILOAD, 2);
    method.visitInsn(Opcodes.DUP2);
    method.visitInsn(Opcodes.LALOAD);
    value.run();
    method.visitInsn(Opcodes.LADD);
    method.visitInsn(Opcodes.LASTORE);
  }

  private static void now(MethodVisitor method) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/System", "nanoTime", "()J", false);
  }

  private static void end(MethodVisitor method, int returnOpcode) {
    method.visitInsn(returnOpcode);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }
}

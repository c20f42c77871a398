package netc.emit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import netc.loop.ScalarType;
import netc.runtime.Form;
import netc.runtime.Slot;
import netc.schedule.ArrayReference;
import netc.schedule.Call;
import netc.schedule.Flavours;
import netc.schedule.KernelCall;
import netc.schedule.Schedule;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The class behind {@link netc.runtime.Code}: a method a phase of a form, which does nothing but call kernels, in
 * parts of at most 4,000 bytes.
 */
final class CodeClass {
  private static final int LONGEST_METHOD = 4000;
  private static final int BYTES_OF_ARRAY = 9;
  private static final int BYTES_OF_CALL = 11;
  private static final int BYTES_OF_LOOP = 200;
  private static final int BYTES_OF_SHARES = 30;
  private static final String ARGUMENTS = "(Lnetc/runtime/Weights;Lnetc/runtime/Block;III)V";
  private static final String STEP_ARGUMENTS = "(Lnetc/runtime/Weights;Lnetc/runtime/Block;IIII)V";

  /** The local that holds the time of a scan: behind weights, block and the three row counts. */
  private static final int TIME = 5;

  private static final String BLOCK = "netc/runtime/Block";

  private final String name;
  private final String source;
  private final ClassFile file;
  private final KernelClass kernels;
  private final KernelClass vectors;
  private final KernelClock clock;
  private final Map<PackedWeights.Kind, PackedWeights> packedWeights =
      new EnumMap<>(PackedWeights.Kind.class);
  private final SharedKernels sharedKernels;

  /**
   * @param vectors the class of the kernels that use vectors
   * @param clock that each kernel is timed with
   */
  CodeClass(
      String name, String source, KernelClass kernels, KernelClass vectors, KernelClock clock) {
    this.name = name;
    this.source = source;
    this.kernels = kernels;
    this.vectors = vectors;
    this.clock = clock;
    for (PackedWeights.Kind kind : PackedWeights.Kind.values()) {
      packedWeights.put(kind, new PackedWeights(name, kernels, kind));
    }
    this.sharedKernels = new SharedKernels(name);
    this.file =
        new ClassFile(
            Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC,
            name,
            null,
            "java/lang/Object",
            source,
            "netc/runtime/Code");
    file.emptyConstructor(0);
  }

  byte[] bytes(List<Schedule> schedules, List<Form> forms) {
    for (int form = 0; form < schedules.size(); form++) {
      Schedule schedule = schedules.get(form);
      for (int phase = 0; phase < schedule.phases().size(); phase++) {
        phase(schedule, forms.get(form), phase, method(form, phase));
      }
    }
    run(schedules);
    sharedKernels.write(file);
    packedWeights.values().forEach(packed -> packed.write(file));
    clock.write(file);
    return file.bytes();
  }

  private static String method(int form, int phase) {
    return phase == 0 ? "form" + form : "form" + form + "_phase" + phase;
  }

  private void run(List<Schedule> schedules) {
    MethodVisitor run =
        file.visitMethod(
            Opcodes.ACC_PUBLIC,
            "run",
            "(IILnetc/runtime/Weights;Lnetc/runtime/Block;III)V",
            null,
            null);
    run.visitCode();
    var unknown = new Label();
    choose(
        run,
        1,
        schedules.size(),
        unknown,
        form ->
            choose(
                run,
                2,
                schedules.get(form).phases().size(),
                unknown,
                phase -> {
                  arguments(run, 3);
                  run.visitMethodInsn(
                      Opcodes.INVOKESTATIC, name, method(form, phase), ARGUMENTS, false);
                  run.visitInsn(Opcodes.RETURN);
                }));
    run.visitLabel(unknown);
    run.visitTypeInsn(Opcodes.NEW, "java/lang/IllegalArgumentException");
    run.visitInsn(Opcodes.DUP);
    run.visitMethodInsn(
        Opcodes.INVOKESPECIAL, "java/lang/IllegalArgumentException", "<init>", "()V", false);
    run.visitInsn(Opcodes.ATHROW);
    run.visitMaxs(0, 0);
    run.visitEnd();
  }

  /** What is done for each value of an int argument from 0 to {@code count}-1. */
  private static void choose(
      MethodVisitor method, int argument, int count, Label unknown, IntConsumer cases) {
    if (count == 1) {
      cases.accept(0);
      return;
    }
    var labels = new Label[count];
    for (int i = 0; i < count; i++) {
      labels[i] = new Label();
    }
    method.visitVarInsn(Opcodes.ILOAD, argument);
    method.visitTableSwitchInsn(0, count - 1, unknown, labels);
    for (int i = 0; i < count; i++) {
      method.visitLabel(labels[i]);
      cases.accept(i);
    }
  }

  /** Weights, block and the three row counts, from a local on. */
  private static void arguments(MethodVisitor method, int first) {
    method.visitVarInsn(Opcodes.ALOAD, first);
    method.visitVarInsn(Opcodes.ALOAD, first + 1);
    for (int i = 2; i < 5; i++) {
      method.visitVarInsn(Opcodes.ILOAD, first + i);
    }
  }

  private void phase(Schedule schedule, Form form, int phase, String method) {
    List<List<Call>> parts = parts(schedule.phases().get(phase).calls());
    if (parts.size() == 1) {
      part(schedule, form, method, parts.getFirst());
      return;
    }
    MethodVisitor all = begin(method, ARGUMENTS);
    for (int part = 0; part < parts.size(); part++) {
      arguments(all, 0);
      all.visitMethodInsn(Opcodes.INVOKESTATIC, name, method + "_" + part, ARGUMENTS, false);
    }
    end(all);
    for (int part = 0; part < parts.size(); part++) {
      part(schedule, form, method + "_" + part, parts.get(part));
    }
  }

  private <C extends Call> List<List<C>> parts(List<C> calls) {
    var parts = new ArrayList<List<C>>();
    var part = new ArrayList<C>();
    int bytes = 0;
    for (C call : calls) {
      int size =
          switch (call) {
            case Call.Once once -> once.kernels().stream().mapToInt(this::bytes).sum();
            case Call.TimeLoop _ -> BYTES_OF_LOOP;
          };
      if (bytes + size > LONGEST_METHOD) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(call);
      bytes += size;
    }
    parts.add(part);
    return parts;
  }

  private int bytes(KernelCall call) {
    int work =
        call.kernel().isShared()
            ? BYTES_OF_SHARES
            : call.arrays().size() * BYTES_OF_ARRAY + BYTES_OF_CALL;
    return work + clock.bytesOfCall();
  }

  private MethodVisitor begin(String method, String descriptor) {
    MethodVisitor visitor =
        file.visitMethod(
            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, method, descriptor, null, null);
    visitor.visitCode();
    return visitor;
  }

  private static void end(MethodVisitor visitor) {
    visitor.visitInsn(Opcodes.RETURN);
    visitor.visitMaxs(0, 0);
    visitor.visitEnd();
  }

  private void part(Schedule schedule, Form form, String method, List<Call> calls) {
    MethodVisitor visitor = begin(method, ARGUMENTS);
    var lines = new Lines(visitor);
    clock.start(lines.code);
    int loops = 0;
    for (Call call : calls) {
      switch (call) {
        case Call.Once once -> once(schedule, form, once, lines);
        case Call.TimeLoop loop -> {
          String steps = method + "_scan" + loops++;
          loop(visitor, loop, step(schedule, form, steps, loop.body()));
          clock.start(lines.code); // the steps have stopped their own time
        }
      }
    }
    end(visitor);
  }

  /** The methods that compute one step of a scan; their last argument is the time. */
  private List<String> step(
      Schedule schedule, Form form, String method, List<Call.Once> calls) {
    var methods = new ArrayList<String>();
    for (List<Call.Once> part : parts(calls)) {
      String one = method + "_" + methods.size();
      MethodVisitor visitor = begin(one, STEP_ARGUMENTS);
      var lines = new Lines(visitor);
      clock.start(lines.code);
      part.forEach(call -> once(schedule, form, call, lines));
      end(visitor);
      methods.add(one);
    }
    return methods;
  }

  private void loop(MethodVisitor visitor, Call.TimeLoop loop, List<String> methods) {
    var code = new MethodCode(visitor);
    var start = new Label();
    var end = new Label();
    code.push(loop.isReverse() ? loop.steps() - 1 : 0);
    visitor.visitVarInsn(Opcodes.ISTORE, TIME);
    visitor.visitLabel(start);
    visitor.visitVarInsn(Opcodes.ILOAD, TIME);
    if (loop.isReverse()) {
      visitor.visitJumpInsn(Opcodes.IFLT, end);
    } else {
      code.push(loop.steps());
      visitor.visitJumpInsn(Opcodes.IF_ICMPGE, end);
    }
    for (String method : methods) {
      arguments(visitor, 0);
      visitor.visitVarInsn(Opcodes.ILOAD, TIME);
      visitor.visitMethodInsn(Opcodes.INVOKESTATIC, name, method, STEP_ARGUMENTS, false);
    }
    visitor.visitIincInsn(TIME, loop.isReverse() ? -1 : 1);
    visitor.visitJumpInsn(Opcodes.GOTO, start);
    visitor.visitLabel(end);
  }

  /** A method with the line that it is at. */
  private static final class Lines {
    final MethodVisitor visitor;
    final MethodCode code;
    int line;

    Lines(MethodVisitor visitor) {
      this.visitor = visitor;
      this.code = new MethodCode(visitor);
    }
  }

  private void once(Schedule schedule, Form form, Call.Once call, Lines lines) {
    switch (call) {
      case KernelCall kernel -> call(schedule, form, kernel, lines);
      case Call.Flavoured(var vector, var portable) when schedule.flavours() != Flavours.EACH ->
          (schedule.flavours() == Flavours.VECTOR ? vector : portable)
              .forEach(kernel -> call(schedule, form, kernel, lines));
      case Call.Flavoured(var vector, var portable) -> {
        var noVectors = new Label();
        var end = new Label();
        lines.visitor.visitVarInsn(Opcodes.ALOAD, 1);
        field(lines.visitor, "vectors", "Z");
        lines.visitor.visitJumpInsn(Opcodes.IFEQ, noVectors);
        vector.forEach(kernel -> call(schedule, form, kernel, lines));
        lines.visitor.visitJumpInsn(Opcodes.GOTO, end);
        lines.visitor.visitLabel(noVectors);
        portable.forEach(kernel -> call(schedule, form, kernel, lines));
        lines.visitor.visitLabel(end);
      }
    }
  }

  private void call(Schedule schedule, Form form, KernelCall call, Lines lines) {
    MethodVisitor visitor = lines.visitor;
    if (call.place().file().equals(source) && call.place().line() != lines.line) {
      lines.line = call.place().line();
      lines.code.line(lines.line);
    }
    int line = Math.max(lines.line, 1);
    if (!call.kernel().isShared()) {
      invoke(schedule, form, call, lines.code, line, () -> {});
      clock.stop(lines.code, call);
      return;
    }
    var alone = new Label();
    var end = new Label();
    visitor.visitVarInsn(Opcodes.ALOAD, 1);
    field(visitor, "shares", "Lnetc/runtime/Shares;");
    visitor.visitJumpInsn(Opcodes.IFNULL, alone);
    int kernel =
        sharedKernels.add(
            method -> {
              var code = new MethodCode(method);
              code.line(line);
              invoke(schedule, form, call, code, line, () -> sharedKernels.pushShare(method));
            });
    for (ArrayReference array : call.arrays()) {
      if (array instanceof ArrayReference.InPacked weight) {
        // made by one thread, before several ask for it
        packed(visitor, PackedWeights.Kind.of(weight, schedule.layout()));
        visitor.visitInsn(Opcodes.POP);
      }
    }
    sharedKernels.run(visitor, kernel);
    visitor.visitJumpInsn(Opcodes.GOTO, end);
    visitor.visitLabel(alone);
    sharedKernels.runAlone(visitor, kernel);
    visitor.visitLabel(end);
    clock.stop(lines.code, call);
  }

  /** The call itself, of which {@code pushShare} pushes the share, where there is one. */
  private void invoke(
      Schedule schedule, Form form, KernelCall call, MethodCode code, int line, Runnable pushShare) {
    MethodVisitor visitor = code.visitor();
    for (ArrayReference array : call.arrays()) {
      push(code, schedule, form, array);
    }
    pushShare.run();
    if (call.kernel().usesRows()) {
      for (int i = 2; i < TIME; i++) {
        visitor.visitVarInsn(Opcodes.ILOAD, i);
      }
    }
    if (call.kernel().usesTime()) {
      visitor.visitVarInsn(Opcodes.ILOAD, TIME);
    }
    KernelClass owner = call.kernel().usesVectors() ? vectors : kernels;
    visitor.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        owner.name(),
        owner.method(call.kernel(), line),
        KernelToMethod.descriptor(call.kernel()),
        false);
  }

  private void packed(MethodVisitor visitor, PackedWeights.Kind kind) {
    visitor.visitVarInsn(Opcodes.ALOAD, 0);
    visitor.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        name,
        kind.field,
        "(Lnetc/runtime/Weights;)" + kind.descriptor(),
        false);
  }

  private void push(
      MethodCode code, Schedule schedule, Form form, ArrayReference array) {
    MethodVisitor visitor = code.visitor();
    boolean single = schedule.real() == ScalarType.FLOAT;
    switch (array) {
      case ArrayReference.InWeights(int weight) -> {
        visitor.visitVarInsn(Opcodes.ALOAD, 0);
        visitor.visitFieldInsn(
            Opcodes.GETFIELD,
            "netc/runtime/Weights",
            single ? "floats" : "doubles",
            single ? "[[F" : "[[D");
        code.push(weight);
      }
      case ArrayReference.InPacked packed -> {
        var kind = PackedWeights.Kind.of(packed, schedule.layout());
        packed(visitor, kind);
        code.push(packedWeights.get(kind).position(packed));
      }
      case ArrayReference.InTable(var table) -> {
        visitor.visitFieldInsn(Opcodes.GETSTATIC, vectors.name(), vectors.field(table), "[I");
        return;
      }
      case ArrayReference.InBuffer(int buffer) -> {
        Slot slot = form.slots().get(buffer);
        String real = single ? "F" : "D";
        visitor.visitVarInsn(Opcodes.ALOAD, 1);
        switch (slot.kind()) {
          case FLAT -> field(visitor, single ? "floats" : "doubles", "[[" + real);
          case LANES -> field(visitor, single ? "floatLanes" : "doubleLanes", "[[[" + real);
          case INT_FLAT -> field(visitor, "ints", "[[I");
          case INT_LANES -> field(visitor, "intLanes", "[[[I");
        }
        code.push(slot.position());
      }
    }
    visitor.visitInsn(Opcodes.AALOAD);
  }

  private static void field(MethodVisitor visitor, String field, String descriptor) {
    visitor.visitFieldInsn(Opcodes.GETFIELD, BLOCK, field, descriptor);
  }
}

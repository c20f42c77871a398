package netc.emit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import netc.ir.JavaNames;
import netc.loop.ScalarType;
import netc.runtime.Form;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Port;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The methods of an output that can be streamed: {@code Stream streamP()} and {@code void stepP(Stream,
 * inputs at this time, float[] out)}.
 *
 * @param form its position
 * @param inputs in the order of declaration
 * @param output at one time
 */
record StepMethods(String stream, String step, int form, List<Input> inputs, TypedPort output) {

  private static final String STREAM = "Lnetc/runtime/Stream;";

  /**
   * What one step takes: an input at this time, or one that has no time.
   *
   * @param position among the inputs of the form
   * @param port of one time
   * @param axis that is the time in the whole input; -1 for none
   */
  record Input(int position, TypedPort port, int axis) {}

  /** Those of every form of a step, in the order of the outputs. */
  static List<StepMethods> of(Metadata metadata, ScalarType real) {
    Set<String> taken = new HashSet<>();
    metadata.outputs().forEach(port -> taken.add(JavaNames.of(port.name())));
    metadata.conditionals().forEach(c -> taken.add(JavaNames.of(c.output().name())));
    var all = new ArrayList<StepMethods>();
    for (Port output : metadata.outputs()) {
      for (int form = 0; form < metadata.forms().size(); form++) {
        if (metadata.forms().get(form).name().equals("step:" + output.name())) {
          String java = JavaNames.of(output.name());
          all.add(
              new StepMethods(
                  name("stream", java, taken),
                  name("step", java, taken),
                  form,
                  inputs(metadata, metadata.forms().get(form), real),
                  new TypedPort(without(output, 0), real)));
        }
      }
    }
    return all;
  }

  /** Writes both methods. {@code parent} is the runtime's class that they stand on. */
  void emit(ClassFile file, String parent) {
    MethodVisitor start = file.visitMethod(Opcodes.ACC_PUBLIC, stream, "()" + STREAM, null, null);
    start.visitCode();
    var code = new MethodCode(start);
    code.line(output.port().line());
    start.visitVarInsn(Opcodes.ALOAD, 0);
    code.push(form);
    start.visitMethodInsn(Opcodes.INVOKEVIRTUAL, parent, "stream", "(I)" + STREAM, false);
    end(start, Opcodes.ARETURN);

    var parameters = new StringBuilder(STREAM);
    inputs.forEach(input -> parameters.append(input.port().descriptor()));
    parameters.append(output.rowsDescriptor());
    MethodVisitor one =
        file.visitMethod(Opcodes.ACC_PUBLIC, step, "(" + parameters + ")V", null, null);
    one.visitCode();
    oneStep(one, parent);
    end(one, Opcodes.RETURN);
  }

  private void oneStep(MethodVisitor method, String parent) {
    int out = 2 + inputs.stream().mapToInt(input -> input.port().locals()).sum();
    int block = out + 1;
    var code = new MethodCode(method);
    code.line(output.port().line());
    thisStreamAndForm(code);
    call(method, parent, "begin", STREAM + "I", "Lnetc/runtime/Block;");
    method.visitVarInsn(Opcodes.ASTORE, block);
    int local = 2;
    for (Input input : inputs) {
      code.line(input.port().port().line());
      method.visitVarInsn(Opcodes.ALOAD, 0);
      code.push(form);
      method.visitVarInsn(Opcodes.ALOAD, block);
      code.push(input.position());
      method.visitVarInsn(input.port().loadOpcode(), local);
      call(method, parent, "input", "ILnetc/runtime/Block;I" + input.port().descriptor(), "V");
      local += input.port().locals();
    }
    code.line(output.port().line());
    thisStreamAndForm(code);
    method.visitVarInsn(Opcodes.ALOAD, out);
    call(method, parent, "step", STREAM + "ILjava/lang/Object;", "V");
  }

  private void thisStreamAndForm(MethodCode code) {
    code.visitor().visitVarInsn(Opcodes.ALOAD, 0);
    code.visitor().visitVarInsn(Opcodes.ALOAD, 1);
    code.push(form);
  }

  private static void call(
      MethodVisitor method, String owner, String name, String parameters, String result) {
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, owner, name, "(" + parameters + ")" + result, false);
  }

  private static void end(MethodVisitor method, int returnOpcode) {
    method.visitInsn(returnOpcode);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  /** {@code stepP}, or {@code step_p} where something is called so. */
  private static String name(String prefix, String java, Set<String> taken) {
    int first = java.offsetByCodePoints(0, 1);
    String upper = java.substring(0, first).toUpperCase(Locale.ROOT);
    String name = prefix + upper + java.substring(first);
    if (!taken.add(name)) {
      name = prefix + "_" + java;
      while (!taken.add(name)) {
        name += "_";
      }
    }
    return name;
  }

  private static List<Input> inputs(Metadata metadata, Form form, ScalarType real) {
    var names = List.copyOf(form.inputs().keySet());
    var inputs = new ArrayList<Input>();
    for (Port port : metadata.inputs()) {
      int untimed = names.indexOf("input." + port.name());
      if (untimed >= 0) {
        inputs.add(new Input(untimed, new TypedPort(port, real), -1));
      }
      for (int axis = 0; axis < port.shape().length; axis++) {
        int timed = names.indexOf("at:" + axis + ":" + port.name());
        if (timed >= 0) {
          inputs.add(new Input(timed, new TypedPort(without(port, axis), real), axis));
        }
      }
    }
    return inputs;
  }

  private static Port without(Port port, int axis) {
    int[] shape = new int[port.shape().length - 1];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = port.shape()[i < axis ? i : i + 1];
    }
    return new Port(
        port.name(), port.type(), port.bound(), shape, port.perExample(), port.needs(), port.line());
  }
}

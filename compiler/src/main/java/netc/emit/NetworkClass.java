package netc.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import netc.loop.ScalarType;
import netc.runtime.Form;
import netc.runtime.Metadata;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The class the user sees, {@code demo.Iris}: typed methods over the runtime's network, and what is
 * known of the net as constants.
 */
final class NetworkClass {
  private static final String METADATA = "Lnetc/runtime/Metadata;";
  private static final String WORKSPACE = "L" + WorkspaceClass.PARENT + ";";
  private static final String SETTINGS = "Lnetc/train/TrainSettings;";
  private static final int CONSTANT = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
  private static final int HIDDEN = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;

  private final String name;
  private final Metadata metadata;
  private final EmitOptions options;
  private final String parent;

  /** The line of what concerns no input or output alone. */
  private final int firstLine;

  private final ClassFile file;

  NetworkClass(String name, Metadata metadata, EmitOptions options) {
    this.name = name;
    this.metadata = metadata;
    this.options = options;
    this.parent = parent(options.real());
    this.firstLine =
        Stream.of(metadata.inputs(), metadata.outputs())
            .flatMap(List::stream)
            .mapToInt(Metadata.Port::line)
            .min()
            .orElse(1);
    this.file =
        new ClassFile(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, name, null, parent, options.sourceName());
  }

  static String parent(ScalarType real) {
    return "netc/runtime/" + (real == ScalarType.FLOAT ? "Float" : "Double") + "Network";
  }

  byte[] bytes() {
    file.visitInnerClass(
        WorkspaceClass.name(name), name, "Workspace",
        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL);
    constants();
    constructor();
    factories();
    contract();
    other(
        "withParameters",
        "Ljava/util/Map;",
        "Ljava/util/Map<Ljava/lang/String;Lnetc/runtime/Tensor;>;");
    other("withFlavour", "Lnetc/runtime/Flavour;", null);
    trainer();
    for (int output = 0; output < metadata.outputs().size(); output++) {
      String form =
          metadata.outputs().size() == 1
              ? "predict"
              : "predict:" + metadata.outputs().get(output).name();
      TypedPort port = typed(metadata.outputs().get(output));
      one(port, form + ".one");
      rows(port, form);
    }
    for (Metadata.Conditional conditional : metadata.conditionals()) {
      String form = "given:" + conditional.output().name();
      one(typed(conditional.output()), form + ".one");
      rows(typed(conditional.output()), form);
    }
    StepMethods.of(metadata, options.real()).forEach(methods -> methods.emit(file, parent));
    workspace();
    if (!metadata.outputs().isEmpty()) {
      run();
    }
    if (!metadata.losses().isEmpty()) {
      gradients();
    }
    return file.bytes();
  }

  private TypedPort typed(Metadata.Port port) {
    return new TypedPort(port, options.real());
  }

  // ---------- constants ----------

  private void constants() {
    field(HIDDEN, "METADATA", METADATA, null, null);
    field(HIDDEN, "CODE", "Lnetc/runtime/Code;", null, null);
    field(CONSTANT, "NAMES", "Ljava/util/List;", "Ljava/util/List<Ljava/lang/String;>;", null);
    field(
        CONSTANT, "SHAPES", "Ljava/util/Map;",
        "Ljava/util/Map<Ljava/lang/String;Ljava/util/List<Ljava/lang/Integer;>;>;", null);
    field(CONSTANT, "DATA", "Lnetc/data/DataSpec;", null, null);
    field(CONSTANT, "SOURCE_SHA256", "Ljava/lang/String;", null, options.sourceSha256());
    field(CONSTANT, "COMPILER_VERSION", "Ljava/lang/String;", null, options.compilerVersion());
    MethodVisitor method = begin(Opcodes.ACC_STATIC, "<clinit>", "()V", null);
    var code = new MethodCode(method);
    List<String> parts = MetadataText.of(metadata);
    code.push(parts.size());
    method.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/String");
    for (int i = 0; i < parts.size(); i++) {
      method.visitInsn(Opcodes.DUP);
      code.push(i);
      method.visitLdcInsn(parts.get(i));
      method.visitInsn(Opcodes.AASTORE);
    }
    invokeStatic(
        method, "netc/runtime/Metadata", "decode", "([Ljava/lang/String;)" + METADATA);
    method.visitFieldInsn(Opcodes.PUTSTATIC, name, "METADATA", METADATA);
    method.visitTypeInsn(Opcodes.NEW, name + "$Code");
    method.visitInsn(Opcodes.DUP);
    method.visitMethodInsn(Opcodes.INVOKESPECIAL, name + "$Code", "<init>", "()V", false);
    method.visitFieldInsn(Opcodes.PUTSTATIC, name, "CODE", "Lnetc/runtime/Code;");
    fromMetadata(method, "NAMES", "netc/runtime/Network", "names", "Ljava/util/List;");
    fromMetadata(method, "SHAPES", "netc/runtime/Network", "shapes", "Ljava/util/Map;");
    fromMetadata(method, "DATA", "netc/data/DataSpec", "of", "Lnetc/data/DataSpec;");
    end(method, Opcodes.RETURN);
  }

  private void field(int access, String field, String type, String signature, Object value) {
    file.visitField(access, field, type, signature, value).visitEnd();
  }

  private void fromMetadata(
      MethodVisitor method, String field, String owner, String factory, String type) {
    metadata(method);
    invokeStatic(method, owner, factory, "(" + METADATA + ")" + type);
    method.visitFieldInsn(Opcodes.PUTSTATIC, name, field, type);
  }

  private void metadata(MethodVisitor method) {
    method.visitFieldInsn(Opcodes.GETSTATIC, name, "METADATA", METADATA);
  }

  // ---------- making networks ----------

  private void constructor() {
    MethodVisitor method =
        begin(Opcodes.ACC_PRIVATE, "<init>", "(Lnetc/runtime/Weights;)V", null);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitMethodInsn(
        Opcodes.INVOKESPECIAL, parent, "<init>", "(Lnetc/runtime/Weights;)V", false);
    end(method, Opcodes.RETURN);
  }

  private void factories() {
    factory("load", "", method -> method.visitLdcInsn(org.objectweb.asm.Type.getObjectType(name)),
        "netc/io/Checkpoint", "beside", "(Ljava/lang/Class;" + METADATA + ")Lnetc/runtime/Weights;", true);
    factory("load", "Ljava/nio/file/Path;", method -> method.visitVarInsn(Opcodes.ALOAD, 0),
        "netc/io/Checkpoint", "load", "(Ljava/nio/file/Path;" + METADATA + ")Lnetc/runtime/Weights;", true);
    factory("init", "J", method -> method.visitVarInsn(Opcodes.LLOAD, 0),
        "netc/runtime/Initializers", "weights", "(" + METADATA + "J)Lnetc/runtime/Weights;", false);
    MethodVisitor labels =
        begin(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
            "labels",
            "(Ljava/lang/String;)Ljava/util/List;",
            "(Ljava/lang/String;)Ljava/util/List<Ljava/lang/String;>;");
    labels.visitFieldInsn(Opcodes.GETSTATIC, name, "DATA", "Lnetc/data/DataSpec;");
    labels.visitVarInsn(Opcodes.ALOAD, 0);
    labels.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        "netc/data/DataSpec",
        "labels",
        "(Ljava/lang/String;)Ljava/util/List;",
        false);
    end(labels, Opcodes.ARETURN);
  }

  /** A static method that makes a network of the weights that another method finds. */
  private void factory(
      String factory,
      String parameters,
      java.util.function.Consumer<MethodVisitor> argument,
      String owner,
      String source,
      String descriptor,
      boolean argumentFirst) {
    MethodVisitor method =
        begin(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
            factory,
            "(" + parameters + ")L" + name + ";",
            null);
    method.visitTypeInsn(Opcodes.NEW, name);
    method.visitInsn(Opcodes.DUP);
    if (argumentFirst) {
      argument.accept(method);
      metadata(method);
    } else {
      metadata(method);
      argument.accept(method);
    }
    invokeStatic(method, owner, source, descriptor);
    method.visitMethodInsn(
        Opcodes.INVOKESPECIAL, name, "<init>", "(Lnetc/runtime/Weights;)V", false);
    end(method, Opcodes.ARETURN);
  }

  /** The abstract methods of the runtime's class. */
  private void contract() {
    MethodVisitor known = begin(Opcodes.ACC_PUBLIC, "metadata", "()" + METADATA, null);
    metadata(known);
    end(known, Opcodes.ARETURN);
    MethodVisitor code = begin(Opcodes.ACC_PROTECTED, "code", "()Lnetc/runtime/Code;", null);
    code.visitFieldInsn(Opcodes.GETSTATIC, name, "CODE", "Lnetc/runtime/Code;");
    end(code, Opcodes.ARETURN);
    MethodVisitor with =
        begin(
            Opcodes.ACC_PROTECTED, "with", "(Lnetc/runtime/Weights;)Lnetc/runtime/Network;", null);
    with.visitTypeInsn(Opcodes.NEW, name);
    with.visitInsn(Opcodes.DUP);
    with.visitVarInsn(Opcodes.ALOAD, 1);
    with.visitMethodInsn(
        Opcodes.INVOKESPECIAL, name, "<init>", "(Lnetc/runtime/Weights;)V", false);
    end(with, Opcodes.ARETURN);
    MethodVisitor save = begin(Opcodes.ACC_PUBLIC, "save", "(Ljava/nio/file/Path;)V", null);
    save.visitVarInsn(Opcodes.ALOAD, 0);
    save.visitVarInsn(Opcodes.ALOAD, 1);
    invokeStatic(
        save,
        "netc/io/Checkpoint",
        "save",
        "(Lnetc/runtime/Network;Ljava/nio/file/Path;)V");
    end(save, Opcodes.RETURN);
  }

  /** A method of the parent that makes another network, with the class's own type, and the bridge to it. */
  private void other(String method, String parameter, String generic) {
    String own = "(" + parameter + ")L" + name + ";";
    String inherited = "(" + parameter + ")Lnetc/runtime/Network;";
    String signature = generic == null ? null : "(" + generic + ")L" + name + ";";
    MethodVisitor typed = begin(Opcodes.ACC_PUBLIC, method, own, signature);
    typed.visitVarInsn(Opcodes.ALOAD, 0);
    typed.visitVarInsn(Opcodes.ALOAD, 1);
    typed.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, method, inherited, false);
    typed.visitTypeInsn(Opcodes.CHECKCAST, name);
    end(typed, Opcodes.ARETURN);
    MethodVisitor bridge =
        begin(Opcodes.ACC_PUBLIC | Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC, method, inherited, null);
    bridge.visitVarInsn(Opcodes.ALOAD, 0);
    bridge.visitVarInsn(Opcodes.ALOAD, 1);
    bridge.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, method, own, false);
    end(bridge, Opcodes.ARETURN);
  }

  private void trainer() {
    MethodVisitor method =
        begin(
            Opcodes.ACC_PUBLIC,
            "trainer",
            "(" + SETTINGS + ")Lnetc/train/Trainer;",
            "(" + SETTINGS + ")Lnetc/train/Trainer<L" + name + ";>;");
    method.visitTypeInsn(Opcodes.NEW, "netc/train/Trainer");
    method.visitInsn(Opcodes.DUP);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitMethodInsn(
        Opcodes.INVOKESPECIAL,
        "netc/train/Trainer",
        "<init>",
        "(Lnetc/runtime/Network;" + SETTINGS + ")V",
        false);
    end(method, Opcodes.ARETURN);
  }

  // ---------- outputs ----------

  private int form(String form) {
    for (int i = 0; i < metadata.forms().size(); i++) {
      if (metadata.forms().get(i).name().equals(form)) {
        return i;
      }
    }
    throw new IllegalStateException("no form " + form);
  }

  /** The inputs of a form in its order, targets included. */
  private List<TypedPort> inputs(Form form) {
    Stream<List<Metadata.Port>> given =
        metadata.conditionals().stream()
            .filter(c -> form.name().replace(".one", "").equals("given:" + c.output().name()))
            .map(Metadata.Conditional::given);
    List<Metadata.Port> known =
        given
            .findFirst()
            .orElseGet(
                () -> Stream.of(metadata.inputs(), metadata.targets()).flatMap(List::stream).toList());
    return form.inputs().keySet().stream()
        .flatMap(
            binding ->
                known.stream()
                    .filter(
                        p ->
                            binding.equals("input." + p.name())
                                || binding.equals("target." + p.name())))
        .map(this::typed)
        .toList();
  }

  /** {@code float[] p(float[] x)}: one example. */
  private void one(TypedPort output, String formName) {
    int form = form(formName);
    List<TypedPort> inputs = inputs(metadata.forms().get(form));
    var parameters = new StringBuilder();
    inputs.forEach(i -> parameters.append(i.descriptor()));
    MethodVisitor method =
        begin(
            Opcodes.ACC_PUBLIC, output.javaName(), "(" + parameters + ")" + output.descriptor(), null);
    var code = new MethodCode(method);
    code.line(output.port().line());
    int block = 1 + inputs.stream().mapToInt(TypedPort::locals).sum();
    method.visitVarInsn(Opcodes.ALOAD, 0);
    code.push(form);
    own(method, "begin", "(I)Lnetc/runtime/Block;");
    method.visitVarInsn(Opcodes.ASTORE, block);
    int local = 1;
    for (int input = 0; input < inputs.size(); input++) {
      code.line(inputs.get(input).port().line());
      formAndBlock(code, form, block);
      code.push(input);
      method.visitVarInsn(inputs.get(input).loadOpcode(), local);
      own(method, "input", "(ILnetc/runtime/Block;I" + inputs.get(input).descriptor() + ")V");
      local += inputs.get(input).locals();
    }
    code.line(output.port().line());
    formAndBlock(code, form, block);
    own(method, "compute", "(ILnetc/runtime/Block;)V");
    formAndBlock(code, form, block);
    code.push(0);
    own(method, output.outputMethod(), "(ILnetc/runtime/Block;I)" + output.descriptor());
    formAndBlock(code, form, block);
    own(method, "end", "(ILnetc/runtime/Block;)V");
    end(method, output.returnOpcode());
  }

  private void formAndBlock(MethodCode code, int form, int block) {
    code.visitor().visitVarInsn(Opcodes.ALOAD, 0);
    code.push(form);
    code.visitor().visitVarInsn(Opcodes.ALOAD, block);
  }

  /** {@code void p(Workspace ws, float[] x, int n, float[] out)}: rows of examples. */
  private void rows(TypedPort output, String formName) {
    int form = form(formName);
    List<TypedPort> inputs = inputs(metadata.forms().get(form));
    MethodVisitor method =
        begin(
            Opcodes.ACC_PUBLIC,
            output.javaName(),
            batchDescriptor(inputs, output.rowsDescriptor(), "V"),
            null);
    beginRows(method, form, inputs);
    var code = new MethodCode(method);
    code.line(output.port().line());
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    code.push(0);
    method.visitVarInsn(Opcodes.ALOAD, inputs.size() + 3);
    own(method, "output", "(" + WORKSPACE + "ILjava/lang/Object;)V");
    withWorkspace(method, "compute");
    end(method, Opcodes.RETURN);
  }

  /** {@code run(ws, x, n)}: every output at once, read from the workspace afterwards. */
  private void run() {
    int form = form("predict");
    List<TypedPort> inputs = inputs(metadata.forms().get(form));
    List<TypedPort> all = metadata.inputs().stream().map(this::typed).toList();
    MethodVisitor method =
        begin(Opcodes.ACC_PUBLIC, "run", batchDescriptor(all, "", "V"), null);
    beginRows(method, form, inputs, all);
    withWorkspace(method, "outputs");
    withWorkspace(method, "compute");
    end(method, Opcodes.RETURN);
  }

  /** {@code gradients(ws, x, y, n, gradients)}: the objective, and its gradients added up. */
  private void gradients() {
    int form = form("train");
    List<TypedPort> inputs = inputs(metadata.forms().get(form));
    var all = new ArrayList<TypedPort>();
    metadata.inputs().forEach(p -> all.add(typed(p)));
    metadata.targets().forEach(p -> all.add(typed(p)));
    String real = options.real() == ScalarType.FLOAT ? "F" : "D";
    String sink = "Lnetc/runtime/Gradients;";
    MethodVisitor method =
        begin(Opcodes.ACC_PUBLIC, "gradients", batchDescriptor(all, sink, real), null);
    beginRows(method, form, inputs, all);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitVarInsn(Opcodes.ALOAD, all.size() + 3);
    own(method, "gradients", "(" + WORKSPACE + sink + ")" + real);
    end(method, options.real() == ScalarType.FLOAT ? Opcodes.FRETURN : Opcodes.DRETURN);
  }

  private String batchDescriptor(List<TypedPort> inputs, String last, String result) {
    var descriptor = new StringBuilder("(L" + WorkspaceClass.name(name) + ";");
    inputs.forEach(i -> descriptor.append(i.rowsDescriptor()));
    return descriptor.append('I').append(last).append(')').append(result).toString();
  }

  private void beginRows(MethodVisitor method, int form, List<TypedPort> inputs) {
    beginRows(method, form, inputs, inputs);
  }

  /** @param arguments the ports that the method takes: those of the form, and perhaps others */
  private void beginRows(
      MethodVisitor method, int form, List<TypedPort> inputs, List<TypedPort> arguments) {
    var code = new MethodCode(method);
    code.line(firstLine);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    code.push(form);
    method.visitVarInsn(Opcodes.ILOAD, arguments.size() + 2);
    own(method, "begin", "(" + WORKSPACE + "II)V");
    for (int input = 0; input < inputs.size(); input++) {
      code.line(inputs.get(input).port().line());
      method.visitVarInsn(Opcodes.ALOAD, 0);
      method.visitVarInsn(Opcodes.ALOAD, 1);
      code.push(input);
      method.visitVarInsn(Opcodes.ALOAD, 2 + position(inputs.get(input), arguments));
      own(method, "input", "(" + WORKSPACE + "ILjava/lang/Object;)V");
    }
  }

  private static int position(TypedPort port, List<TypedPort> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).port().name().equals(port.port().name())) {
        return i;
      }
    }
    throw new IllegalStateException("no argument " + port.port().name());
  }

  private void withWorkspace(MethodVisitor method, String helper) {
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    own(method, helper, "(" + WORKSPACE + ")V");
  }

  private void workspace() {
    String type = WorkspaceClass.name(name);
    MethodVisitor method = begin(Opcodes.ACC_PUBLIC, "workspace", "(I)L" + type + ";", null);
    method.visitTypeInsn(Opcodes.NEW, type);
    method.visitInsn(Opcodes.DUP);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ILOAD, 1);
    method.visitMethodInsn(
        Opcodes.INVOKESPECIAL, type, "<init>", "(L" + name + ";I)V", false);
    end(method, Opcodes.ARETURN);
  }

  // ---------- helpers ----------

  private MethodVisitor begin(int access, String method, String descriptor, String signature) {
    MethodVisitor visitor = file.visitMethod(access, method, descriptor, signature, null);
    visitor.visitCode();
    return visitor;
  }

  private static void end(MethodVisitor method, int returnOpcode) {
    method.visitInsn(returnOpcode);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  private void own(MethodVisitor method, String helper, String descriptor) {
    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, parent, helper, descriptor, false);
  }

  private static void invokeStatic(
      MethodVisitor method, String owner, String helper, String descriptor) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, helper, descriptor, false);
  }
}

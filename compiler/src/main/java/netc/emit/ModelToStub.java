package netc.emit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import netc.ir.Model;
import netc.loop.ScalarType;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Port;
import netc.runtime.Precision;

/**
 * The typed class as Java source without bodies, with the {@code ///} texts of the net as Javadoc: what
 * an editor shows, and what the javadoc tool reads. Its public members are those of {@link NetworkClass}.
 */
public final class ModelToStub {
  private final Metadata metadata;
  private final String real;
  private final String base;
  private final Map<String, String> documentation = new LinkedHashMap<>();
  private final StringBuilder out = new StringBuilder();

  private ModelToStub(Model model, Metadata metadata) {
    this.metadata = metadata;
    real = metadata.precision() == Precision.F32 ? "float" : "double";
    base = metadata.precision() == Precision.F32 ? "Float" : "Double";
    model.inputs().forEach(data -> documentation.put(data.name(), data.documentation()));
    model.targets().forEach(data -> documentation.put(data.name(), data.documentation()));
    Stream.concat(model.outputs().stream(), model.conditionals().stream().map(Model.Conditional::output))
        .forEach(output -> documentation.put("out." + output.name(), output.documentation()));
  }

  /** The text of the compilation unit. */
  public static String of(Model model, Metadata metadata) {
    var stub = new ModelToStub(model, metadata);
    stub.unit();
    return stub.out.toString();
  }

  private void unit() {
    String qualified = metadata.className();
    int dot = qualified.lastIndexOf('.');
    String name = qualified.substring(dot + 1);
    line(0, "// Made by netc from " + metadata.sourceName() + " to be read; the code is in " + name + ".class.");
    if (dot >= 0) {
      line(0, "package " + qualified.substring(0, dot) + ";");
    }
    line(0, "");
    javadoc(0, metadata.documentation().isBlank() ? "The net " + name + "." : metadata.documentation(), List.of());
    line(0, "public final class " + name + " extends netc.runtime." + base + "Network {");
    constants();
    factories(name);
    for (Port output : metadata.outputs()) {
      List<String> needed = output.needs();
      output(output, metadata.inputs().stream().filter(in -> needed.contains(in.name())).toList());
    }
    metadata.conditionals().forEach(c -> output(c.output(), c.given()));
    StepMethods.of(metadata, ScalarType.FLOAT).forEach(this::steps);
    batches();
    whole(name);
    workspace(name);
    line(0, "}");
  }

  // ---------- what every net has ----------

  private void constants() {
    constant("The paths of parameters and states, in text order.", "java.util.List<java.lang.String> NAMES");
    constant(
        "The shapes of parameters and states, by path.",
        "java.util.Map<java.lang.String, java.util.List<java.lang.Integer>> SHAPES");
    constant("Where columns of data meet inputs and targets.", "netc.data.DataSpec DATA");
    constant("Of the .net file, in hexadecimal.", "java.lang.String SOURCE_SHA256");
    constant("The version of netc that made this class.", "java.lang.String COMPILER_VERSION");
  }

  private void constant(String text, String field) {
    javadoc(1, text, List.of());
    line(1, "public static final " + field + " = null;");
  }

  private void factories(String name) {
    line(1, "");
    line(1, "private " + name + "() {");
    line(2, "super(null);");
    line(1, "}");
    method("A network with the weights beside this class.", List.of(), "static", name, "load()");
    method("A network with the weights of a file.", List.of(), "static", name, "load(java.nio.file.Path file)");
    method("A network with weights drawn by the initialisers.", List.of(), "static", name, "init(long seed)");
    method(
        "The names of the classes of a target, in order.",
        List.of(),
        "static",
        "java.util.List<java.lang.String>",
        "labels(java.lang.String target)");
  }

  private void whole(String name) {
    method("All that is known of the net.", List.of(), "", "netc.runtime.Metadata", "metadata()");
    method(
        "Writes parameters and states, whole or not at all.",
        List.of(),
        "",
        "void",
        "save(java.nio.file.Path file)");
    line(1, "");
    line(1, "@Override");
    line(1, "protected native netc.runtime.Code code();");
    line(1, "");
    line(1, "@Override");
    line(1, "protected native netc.runtime.Network with(netc.runtime.Weights weights);");
    method(
        "A network that differs in the given parameters or states.",
        List.of(),
        "",
        name,
        "withParameters(java.util.Map<java.lang.String, netc.runtime.Tensor> changes)");
    method(
        "A network with the same weights, computed by code of this flavour.",
        List.of(),
        "",
        name,
        "withFlavour(netc.runtime.Flavour flavour)");
    method(
        "A trainer that starts from these weights.",
        List.of(),
        "",
        "netc.train.Trainer<" + name + ">",
        "trainer(netc.train.TrainSettings settings)");
    method("What batches of at most so many rows are computed in.", List.of(), "", "Workspace", "workspace(int rows)");
  }

  // ---------- what this net has ----------

  private void output(Port output, List<Port> needs) {
    String text = documentation.get("out." + output.name());
    String said = text.isBlank() ? "The output " + output.name() + "." : text;
    var tags = parameters(needs);
    tags.add("@return " + escaped(shape(output)));
    String arguments = needs.stream().map(p -> one(p) + " " + java(p)).collect(Collectors.joining(", "));
    method(said, tags, "", one(output), java(output) + "(" + arguments + ")");
    method(
        said + "\n\nOf many rows, without allocating.",
        parameters(needs),
        "",
        "void",
        java(output) + "(" + batch(needs) + ", " + many(output) + " output)");
  }

  private void steps(StepMethods methods) {
    Port output = methods.output().port();
    method(
        "A sequence of which " + methods.step() + " has computed nothing yet.",
        List.of(),
        "",
        "netc.runtime.Stream",
        methods.stream() + "()");
    List<Port> inputs = methods.inputs().stream().map(input -> input.port().port()).toList();
    var tags = new ArrayList<String>();
    tags.add("@param stream of " + methods.stream() + "; it goes on by one step");
    tags.addAll(parameters(inputs));
    tags.add("@param output where this step of it goes: " + escaped(shape(output)));
    String arguments =
        inputs.stream().map(p -> one(p) + " " + java(p) + ", ").collect(Collectors.joining());
    method(
        "The next step of the output " + output.name() + ", without allocating.",
        tags,
        "",
        "void",
        methods.step() + "(netc.runtime.Stream stream, " + arguments + many(output) + " output)");
  }

  private void batches() {
    if (!metadata.outputs().isEmpty()) {
      method(
          "Every output of some rows at once; the workspace hands them out.",
          parameters(metadata.inputs()),
          "",
          "void",
          "run(" + batch(metadata.inputs()) + ")");
    }
    if (!metadata.losses().isEmpty()) {
      List<Port> all = Stream.concat(metadata.inputs().stream(), metadata.targets().stream()).toList();
      method(
          "The objective of some rows in training mode; its derivatives go into the last argument.",
          parameters(all),
          "",
          real,
          "gradients(" + batch(all) + ", netc.runtime.Gradients gradients)");
    }
  }

  private void workspace(String name) {
    line(1, "");
    line(1, "/** What batches are computed in, by one thread at a time. */");
    line(1, "public static final class Workspace extends netc.runtime.Workspace {");
    line(2, "Workspace(" + name + " network, int rows) {");
    line(3, "super(network, rows);");
    line(2, "}");
    for (Port output : metadata.outputs()) {
      line(2, "");
      line(2, "/** The output of the last {@code run}, row-major: " + escaped(shape(output)) + " a row. */");
      line(2, "public native " + many(output) + " " + java(output) + "();");
    }
    line(1, "}");
  }

  // ---------- types and names ----------

  private String batch(List<Port> ports) {
    return Stream.concat(
            Stream.of("Workspace workspace"),
            Stream.concat(ports.stream().map(p -> many(p) + " " + java(p)), Stream.of("int rows")))
        .collect(Collectors.joining(", "));
  }

  private String java(Port port) {
    return new TypedPort(port, ScalarType.FLOAT).javaName();
  }

  private String element(Port port) {
    return switch (port.type()) {
      case REAL -> real;
      case INDEX -> "int";
      case BOOL -> "boolean";
    };
  }

  private String one(Port port) {
    return port.shape().length == 0 ? element(port) : many(port);
  }

  private String many(Port port) {
    return element(port) + "[]";
  }

  private static String shape(Port port) {
    String what =
        switch (port.type()) {
          case REAL -> "real";
          case INDEX -> "0 to " + (port.bound() - 1);
          case BOOL -> "truth value";
        };
    return port.shape().length == 0
        ? "one, " + what
        : Arrays.stream(port.shape()).mapToObj(Integer::toString).collect(Collectors.joining(" x "))
            + " elements, " + what;
  }

  private List<String> parameters(List<Port> ports) {
    var tags = new ArrayList<String>();
    for (Port port : ports) {
      String text = documentation.getOrDefault(port.name(), "").strip();
      tags.add("@param " + java(port) + " " + escaped(shape(port)) + (text.isEmpty() ? "" : ": " + escaped(text)));
    }
    return tags;
  }

  // ---------- text ----------

  private void method(String text, List<String> tags, String modifier, String result, String head) {
    line(1, "");
    javadoc(1, text, tags);
    String words = modifier.isEmpty() ? "" : modifier + " ";
    line(1, "public " + words + "native " + result + " " + head + ";");
  }

  /** @param tags already escaped */
  private void javadoc(int depth, String text, List<String> tags) {
    line(depth, "/**");
    escaped(text).strip().replace("\n\n", "\n<p>").lines().forEach(part -> line(depth, " * " + part));
    tags.forEach(tag -> tag.lines().forEach(part -> line(depth, " * " + part)));
    line(depth, " */");
  }

  /** The user's words as Javadoc shows them, whatever signs they contain. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("{", "&#123;")
        .replace("*/", "*&#47;")
        .replace("\\", "&#92;");
  }

  private void line(int depth, String text) {
    out.append(("  ".repeat(depth) + text).stripTrailing()).append('\n');
  }
}

package netc.runtime;

import java.util.Collection;

/** The wording of errors in calls of a network: what was needed, what came, and the line of the net. */
final class Messages {
  private Messages() {}

  static String unknown(String what, String name, Collection<String> known) {
    return "there is no " + what + " `" + name + "`" + Names.guess(name, known) + " (there are: " + list(known) + ")";
  }

  /** At most twelve names, so that a message stays a message. */
  static String list(Collection<String> names) {
    String shown = String.join(", ", names.stream().limit(12).toList());
    return names.isEmpty() ? "none" : names.size() > 12 ? shown + ", … " + names.size() : shown;
  }

  static String place(Metadata metadata, int line) {
    return " (" + metadata.sourceName() + ":" + line + ")";
  }

  static String missing(Metadata metadata, String binding, int line) {
    return metadata.className() + ": " + readable(binding) + " is null" + place(metadata, line);
  }

  static String length(Metadata m, String binding, int line, long needed, int found, int rows) {
    String each = rows == 1 ? "" : " (" + rows + " rows of " + needed / rows + ")";
    return m.className() + ": " + readable(binding) + " needs " + needed + " elements" + each
        + ", but the array has " + found + place(m, line);
  }

  static String type(Metadata metadata, String binding, int line, String needed, String found) {
    return metadata.className() + ": " + readable(binding) + " takes " + needed + ", not " + found
        + place(metadata, line);
  }

  static String range(Metadata m, Metadata.Port port, String binding, long row, double value) {
    return m.className() + ": " + Rule.text(value) + " in row " + row + " is not in " + port.range()
        + " (" + readable(binding) + " : " + port.typeName() + ", " + m.sourceName() + ":"
        + port.line() + ")";
  }

  static String shape(Metadata m, Metadata.Variable variable, Tensor found) {
    return m.className() + ": `" + variable.path() + "` has shape "
        + java.util.Arrays.toString(variable.shape()) + ", but the tensor "
        + java.util.Arrays.toString(found.shape()) + place(m, variable.line());
  }

  static String shape(Metadata m, Metadata.Port port, String binding, int[] needed, Tensor found) {
    return m.className() + ": " + readable(binding) + " of " + needed[0] + " rows has shape "
        + java.util.Arrays.toString(needed) + ", but the tensor "
        + java.util.Arrays.toString(found.shape()) + place(m, port.line());
  }

  static String rows(Metadata metadata, int rows, int most) {
    return metadata.className() + ": " + rows + " rows, but this workspace is for 1 to " + most;
  }

  static String tooManyRows(String form, int rows) {
    return "form " + form + ": what every row sees of a batch of " + rows
        + " rows is more than an array can hold; take fewer rows at once";
  }

  static String otherNetwork(Metadata metadata, Metadata made) {
    return "a workspace of " + made.className() + " does not fit " + metadata.className()
        + "; make one with its workspace(rows)";
  }

  static String otherFlavour(String what, Network caller, Form form, String method) {
    String[] flavours = {"vectors", "plain loops"};
    int own = caller.usesVectors(form) ? 0 : 1;
    return what + " of a " + caller.metadata().className() + " that computes with " + flavours[1 - own]
        + " does not fit one that computes with " + flavours[own] + "; make one with its own " + method
        + ", or give both networks one flavour by withFlavour";
  }

  static String otherStream(Network caller, int form, Network made, int madeFor) {
    return "a stream of " + made.metadata().className() + ", " + made.metadata().forms().get(madeFor).name()
        + ", does not fit " + caller.metadata().className() + ", "
        + caller.metadata().forms().get(form).name();
  }

  static String streamEnded(Metadata m, FormLayout layout, int most) {
    return m.className() + ": " + readable(layout.resultNames[0]) + " has " + most
        + " steps, and its formulas depend on which one it is; reset the stream to begin anew"
        + place(m, layout.resultPorts[0].line());
  }

  static String noForm(Metadata metadata, String form) {
    String why =
        form.equals("train") || form.equals("evaluate")
            ? "; the net declares no loss"
            : "";
    return metadata.className() + " has no form `" + form + "`" + why;
  }

  /** {@code input.x} → {@code input `x`}. */
  private static String readable(String binding) {
    int dot = binding.indexOf('.');
    return dot < 0
        ? "`" + binding + "`"
        : binding.substring(0, dot).replace("out", "output")
            + " `" + binding.substring(dot + 1) + "`";
  }
}

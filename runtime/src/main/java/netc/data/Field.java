package netc.data;

import netc.runtime.Metadata;

/**
 * An input or target and where its values come from.
 *
 * @param kind {@code input} or {@code target}
 * @param columns of the table; null where it has a file of its own
 * @param net the name of the {@code .net} file
 */
record Field(String kind, Metadata.Port port, Metadata.Columns columns, String net) {

  String name() {
    return port.name();
  }

  /** {@code (target y : index(10), fashion.net:6)} */
  String place() {
    String type = port.type() == Metadata.Type.REAL ? "" : " : " + port.typeName();
    return "(" + kind + " " + name() + type + ", " + net + ":" + port.line() + ")";
  }

  /** Where the columns are named, or could be. */
  String columnsPlace() {
    if (columns.line() > 0) {
      return "(" + net + ":" + columns.line() + ")";
    }
    String call = columns.ranges().size() == 1 ? "column(\"…\")" : "columns(\"…\", …)";
    return "(" + net + ":" + port.line() + "; write `" + name() + " = " + call
        + "` in the data block to name others)";
  }
}

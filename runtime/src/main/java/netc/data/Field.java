package netc.data;

import netc.runtime.Metadata;

/**
 * An input or target and where its values come from.
 *
 * @param kind {@code input} or {@code target}
 * @param net the name of the {@code .net} file
 */
record Field(String kind, Metadata.Port port, Origin origin, String net) {

  boolean isTarget() {
    return kind.equals("target");
  }

  /** {@code (target y : index(10), fashion.net:6)} */
  String place() {
    String type =
        switch (port.type()) {
          case INDEX -> " : index(" + port.bound() + ")";
          case BOOL -> " : bool";
          case REAL -> "";
        };
    return "(" + kind + " " + port.name() + type + ", " + net + ":" + port.line() + ")";
  }
}

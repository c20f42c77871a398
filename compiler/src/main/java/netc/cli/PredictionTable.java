package netc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netc.data.DataSpec;
import netc.runtime.DType;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Port;
import netc.runtime.Metadata.Type;
import netc.runtime.Tensor;

/** The outputs of many rows with the names of their elements, and the classes that they predict. */
final class PredictionTable {
  private final int rows;
  private final List<Output> outputs = new ArrayList<>();
  private final List<Predicted> predicted = new ArrayList<>();

  PredictionTable(Metadata metadata, DataSpec data, Map<String, Tensor> results, int rows) {
    this.rows = rows;
    for (Port port : metadata.outputs()) {
      outputs.add(new Output(port, results.get(port.name()), labels(port, metadata, data)));
    }
    for (Port target : metadata.targets()) {
      predictedBy(target, metadata)
          .ifPresent(port -> predicted.add(predicted(target, port, results, data)));
    }
  }

  /**
   * One output.
   *
   * @param labels the names of its elements, or of its values where it is an index; may be empty
   */
  record Output(Port port, Tensor values, List<String> labels) {
    private int offset(int row) {
      return port.perExample() ? row * port.elements() : 0;
    }

    /** The names of its columns, row-major. */
    List<String> columns() {
      if (port.shape().length == 0) {
        return List.of(port.name());
      }
      var names = new ArrayList<String>();
      for (int i = 0; i < port.elements(); i++) {
        boolean named = port.type() == Type.REAL && !labels.isEmpty();
        names.add(port.name() + "[" + (named ? labels.get(i) : Integer.toString(i)) + "]");
      }
      return names;
    }

    /** An element of a row: a Float, Double, Integer, Boolean, or the name of a class. */
    Object value(int row, int element) {
      int at = offset(row) + element;
      return switch (port.type()) {
        case REAL ->
            values.dtype() == DType.F32
                ? (Object) ((float[]) values.array())[at]
                : (Object) ((double[]) values.array())[at];
        case INDEX -> {
          int index = (int) values.get(at);
          yield labels.isEmpty() ? (Object) index : labels.get(index);
        }
        case BOOL -> values.get(at) != 0;
      };
    }
  }

  /** The class of a target that the largest element of an output names; NaN counts as largest. */
  record Predicted(String name, Output output, List<String> labels) {
    Object value(int row) {
      int best = 0;
      for (int i = 1; i < output.port.elements(); i++) {
        if (isLarger(at(row, i), at(row, best))) {
          best = i;
        }
      }
      return labels.isEmpty() ? (Object) best : labels.get(best);
    }

    private double at(int row, int element) {
      return output.values.get(output.offset(row) + element);
    }

    private static boolean isLarger(double value, double than) {
      return value > than || Double.isNaN(value) && !Double.isNaN(than);
    }
  }

  int rows() {
    return rows;
  }

  List<Output> outputs() {
    return outputs;
  }

  List<Predicted> predicted() {
    return predicted;
  }

  /** Of the labelled targets with as many classes as the output, if there is exactly one. */
  private static List<String> labels(Port output, Metadata metadata, DataSpec data) {
    int classes =
        switch (output.type()) {
          case REAL -> output.shape().length == 1 ? output.elements() : -1;
          case INDEX -> output.bound();
          case BOOL -> -1;
        };
    var fitting =
        metadata.targets().stream()
            .map(target -> data.labels(target.name()))
            .filter(labels -> !labels.isEmpty() && labels.size() == classes)
            .toList();
    return fitting.size() == 1 ? fitting.getFirst() : List.of();
  }

  /** The first output with an element for each class of this target and of no other. */
  private static java.util.Optional<Port> predictedBy(Port target, Metadata metadata) {
    boolean isOnly =
        metadata.targets().stream().filter(other -> isClass(other, target.bound())).count() == 1;
    return metadata.outputs().stream()
        .filter(port -> isOnly && isClass(target, target.bound()))
        .filter(port -> port.type() == Type.REAL && port.shape().length == 1)
        .filter(port -> port.elements() == target.bound())
        .findFirst();
  }

  private static boolean isClass(Port target, int classes) {
    return target.type() == Type.INDEX && target.shape().length == 0 && target.bound() == classes;
  }

  private Predicted predicted(
      Port target, Port port, Map<String, Tensor> results, DataSpec data) {
    var output = new Output(port, results.get(port.name()), List.of());
    return new Predicted(target.name(), output, data.labels(target.name()));
  }
}

package netc.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import netc.ir.ElementType;
import netc.ir.Reads;
import netc.ir.Step.Equation;
import netc.ir.Tensor;
import netc.loop.ArrayType;
import netc.loop.ScalarType;

/** Where each tensor of a form lies: a buffer of its own until the memory plan, or the weights. */
final class Arrays {
  private final Layout layout;
  private final ScalarType real;
  private final int blockRows;
  private final Map<Tensor, Integer> weights;
  private final Map<Tensor, ArrayReference> references = new LinkedHashMap<>();
  private final Map<Tensor, ArrayReference> boxes = new LinkedHashMap<>();
  private final Set<Tensor> inRows;
  private final Map<Tensor, ArrayReference> rows = new LinkedHashMap<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /**
   * @param inRows the inputs whose examples lie one after the other, for kernels of vectors
   */
  Arrays(
      Layout layout,
      ScalarType real,
      int blockRows,
      Map<Tensor, Integer> weights,
      Set<Tensor> inRows) {
    this.inRows = inRows;
    this.layout = layout;
    this.real = real;
    this.blockRows = blockRows;
    this.weights = weights;
  }

  ScalarType real() {
    return real;
  }

  /** The examples of a block: the lanes. */
  int blockRows() {
    return blockRows;
  }

  List<Buffer> buffers() {
    return buffers;
  }

  /** The tensor in each buffer; empty for what kernels use among themselves. */
  List<String> names() {
    return names;
  }

  /** Whether the tensor's elements are rows of lanes. */
  boolean isLanes(Tensor tensor) {
    return layout == Layout.LANES && tensor.isPerExample();
  }

  boolean hasLanes() {
    return layout == Layout.LANES;
  }

  /** Whether several threads may compute a kernel together: of one example, which has no blocks for them. */
  boolean areShared() {
    return layout == Layout.SINGLE;
  }

  ScalarType scalarType(ElementType type) {
    return type == ElementType.REAL ? real : ScalarType.INT;
  }

  /** The position among the weights, of a parameter or state. */
  Optional<Integer> weight(Tensor tensor) {
    return Optional.ofNullable(weights.get(tensor));
  }

  ArrayType type(Tensor tensor) {
    return new ArrayType(scalarType(tensor.type()), isLanes(tensor) ? 2 : 1);
  }

  ArrayReference of(Tensor tensor) {
    return references.computeIfAbsent(tensor, this::place);
  }

  /** The input as {@code [example][element]}, where it lies so for kernels of vectors. */
  Optional<ArrayReference> rows(Tensor input) {
    return inRows.contains(input)
        ? Optional.of(rows.computeIfAbsent(input, this::placeOfRows))
        : Optional.empty();
  }

  private ArrayReference placeOfRows(Tensor input) {
    var type = new ArrayType(scalarType(input.type()), 1);
    return add(new Buffer(type, input.elements(), blockRows, 0), input.name());
  }

  boolean isInRows(Tensor tensor) {
    return inRows.contains(tensor);
  }

  /** Where the equation of all rows of a block finds what this one reads and makes: all of it lies in rows. */
  Arrays ofBlock(Equation equation) {
    var block = new Arrays(Layout.ROWS, real, blockRows, weights, Set.of());
    Stream.concat(Reads.of(equation).stream(), Stream.of(equation.target()))
        .forEach(
            tensor ->
                block.references.put(
                    BlockAsExample.tensor(tensor, blockRows), rows(tensor).orElseGet(() -> of(tensor))));
    return block;
  }

  /** The rows that kernels asked for. */
  Map<Tensor, ArrayReference> rows() {
    return rows;
  }

  /** The tensor is written by its tiles into this box, where its reader wants it. */
  void writtenInto(ArrayReference box, Tensor tensor) {
    boxes.put(tensor, box);
  }

  /** The box that holds the tensor already, with zeros around. */
  Optional<ArrayReference> box(Tensor tensor) {
    return Optional.ofNullable(boxes.get(tensor));
  }

  private ArrayReference place(Tensor tensor) {
    Integer weight = weights.get(tensor);
    return weight != null ? new ArrayReference.InWeights(weight) : add(buffer(tensor), tensor.name());
  }

  private Buffer buffer(Tensor tensor) {
    return layout == Layout.ROWS && tensor.isPerExample()
        ? new Buffer(type(tensor), tensor.elements() / blockRows, blockRows, 0)
        : buffer(type(tensor), tensor.elements(), tensor.rowAxes());
  }

  private Buffer buffer(ArrayType type, int size, int rowAxes) {
    return new Buffer(type, size, type.rank() == 2 ? blockRows : 0, rowAxes);
  }

  /** An array for the work of one kernel only; its rows hold the lanes of a block. */
  ArrayReference scratch(ArrayType type, int size) {
    return add(buffer(type, size, 0), "");
  }

  /** An array of so many rows of this length, for the work of a few kernels. */
  ArrayReference scratchRows(ArrayType type, int rows, int length) {
    return add(new Buffer(type, rows, length, 0), "");
  }

  private ArrayReference add(Buffer buffer, String name) {
    buffers.add(buffer);
    names.add(name);
    return new ArrayReference.InBuffer(buffers.size() - 1);
  }
}

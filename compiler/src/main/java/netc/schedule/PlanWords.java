package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import netc.ir.Primitive;

/** What the scheduler recognised and decided, in the words of the field. */
public final class PlanWords {
  private PlanWords() {}

  /** What a step is, such as {@code convolution 5×5, 6 → 16 channels}. */
  public static String of(Recognised recognised) {
    return switch (recognised) {
      case Recognised.Contraction contraction -> contraction(contraction);
      case Recognised.Convolution convolution -> convolution(convolution);
      case Recognised.Reduced(var operator, long values, boolean isOverExamples) ->
          operator.name().toLowerCase(Locale.ROOT)
              + (values > 1 ? " of " + values : "")
              + (isOverExamples ? " over examples" : "");
      case Recognised.OwnRow _ -> "row copy, each example its own";
      case Recognised.Scattered _ -> "scatter: added up where a position says";
      case Recognised.Gathered _ -> "gather: elements that data choose";
      case Recognised.Copied _ -> "copy";
      case Recognised.ElementWise(var functions) ->
          "element-wise"
              + functions.stream().map(Primitive::symbol).map(s -> ", " + s).collect(Collectors.joining());
    };
  }

  private static String contraction(Recognised.Contraction contraction) {
    String groups = contraction.groups() > 1 ? ", " + contraction.groups() + " times" : "";
    String examples = contraction.isOverExamples() ? ", summed over examples" : "";
    if (contraction.taps() == 1) {
      return "outer product " + contraction.left() + " · " + contraction.right() + groups + examples;
    }
    String left = contraction.left() == 1 ? "" : contraction.left() + "×";
    String right = contraction.right() == 1 ? "" : "×" + contraction.right();
    String kind =
        !left.isEmpty() && !right.isEmpty()
            ? "matrix product "
            : left.isEmpty() && right.isEmpty() ? "dot product " : "matrix by vector ";
    return kind + left + contraction.taps() + " · " + contraction.taps() + right + groups + examples;
  }

  private static String convolution(Recognised.Convolution convolution) {
    String size = each(convolution, Recognised.Window::size, "×");
    String channels = convolution.channelsIn() + " → " + convolution.channelsOut() + " channels";
    var parts = new ArrayList<String>();
    parts.add(
        switch (convolution.direction()) {
          case FORWARD -> "convolution " + size;
          case TURNED -> "transposed convolution " + size;
          case BY_WINDOW -> "gradient of a convolution by its weights " + size;
        });
    parts.add(channels);
    if (convolution.windows().stream().anyMatch(w -> w.stride() > 1)) {
      parts.add("stride " + each(convolution, Recognised.Window::stride, "×"));
    }
    if (convolution.windows().stream().anyMatch(w -> w.dilation() > 1)) {
      parts.add("dilation " + each(convolution, Recognised.Window::dilation, "×"));
    }
    if (convolution.groups() > 1) {
      parts.add(convolution.groups() + " groups");
    }
    return String.join(", ", parts);
  }

  private interface Number {
    int of(Recognised.Window window);
  }

  private static String each(Recognised.Convolution convolution, Number number, String between) {
    List<String> numbers =
        convolution.windows().stream().map(window -> String.valueOf(number.of(window))).toList();
    return String.join(between, numbers);
  }

  /** How kernels compute a step, such as {@code copy with margin, tiles 6×2, lanes: examples}. */
  public static String of(List<KernelCall> kernels) {
    return kernels.stream().map(call -> of(call.role())).distinct().collect(Collectors.joining("; "));
  }

  /** What one kernel does. */
  public static String of(Role role) {
    return switch (role) {
      case Role.Loops _ -> "loops";
      case Role.Rows(int length, boolean isPacked) ->
          "loops along rows of " + length + " results, " + (isPacked ? "weights packed" : "copied");
      case Role.LaneVectors _ -> "vectors of examples";
      case Role.RowVectors _ -> "vectors of results";
      case Role.Copy(boolean hasMargin, boolean isTransposed) ->
          (isTransposed ? "transposed copy" : "copy") + (hasMargin ? " with margin" : "");
      case Role.Margin _ -> "margin of zeros";
      case Role.Tiles(int rows, int columns, int vectors, var lanes, boolean hasTable, boolean isPacked) ->
          "tiles of " + rows + (columns > 1 ? "×" + columns : "") + " × " + vectors
              + (vectors == 1 ? " vector of " : " vectors of ")
              + of(lanes)
              + (hasTable ? ", taps by table" : "")
              + (isPacked ? ", weights packed" : "");
    };
  }

  private static String of(Role.Lane lanes) {
    return switch (lanes) {
      case EXAMPLES -> "examples";
      case SUMS_OF_EXAMPLES -> "examples, added up";
      case RESULTS -> "results";
    };
  }
}

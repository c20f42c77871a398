package netc.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import netc.interpret.Values;
import netc.ir.Model;
import netc.ir.Program;
import netc.ir.Tensor;
import netc.source.SourceFile;

/**
 * Data to try a net on: of a reference case its own; else random, reals from -2 to 2 unless the text says
 * otherwise in a line {@code //~ low high}.
 */
final class NetValues {
  private static final int ROWS = 3;
  private static final Pattern REALS = Pattern.compile("(?m)^//~ (\\S+) (\\S+)$");

  private final int rows;
  private final Map<String, netc.runtime.Tensor> known;
  private final double low;
  private final double high;
  private final Random random = new Random(11);

  private NetValues(int rows, Map<String, netc.runtime.Tensor> known, double low, double high) {
    this.rows = rows;
    this.known = known;
    this.low = low;
    this.high = high;
  }

  static NetValues of(SourceFile source, Model model) {
    String folder = "/netc/" + model.packageName() + "/";
    if (folder.equals(ReferenceCase.GIVEN) || folder.equals(ReferenceCase.TORCH)) {
      String name = source.fileName().replace(".net", "");
      var data = Computed.Data.of(ReferenceCase.read(folder, name), model);
      var known = new LinkedHashMap<>(data.ports());
      known.putAll(data.variables());
      return new NetValues(data.rows(), known, 0, 1);
    }
    var reals = REALS.matcher(source.text());
    return reals.find()
        ? new NetValues(
            ROWS, Map.of(), Double.parseDouble(reals.group(1)), Double.parseDouble(reals.group(2)))
        : new NetValues(ROWS, Map.of(), -2, 2);
  }

  int rows() {
    return rows;
  }

  /** Values for every input of a form. */
  Map<String, Values> of(Program form) {
    var values = new LinkedHashMap<String, Values>();
    form.inputs().forEach(input -> values.put(input.name(), of(input)));
    return values;
  }

  private Values of(Tensor input) {
    netc.runtime.Tensor given = known.get(input.name());
    if (given != null) {
      return new Values(given.shape(), given.doubles());
    }
    int[] shape = input.shape().stream().mapToInt(e -> e.isBatch() ? rows : e.size()).toArray();
    double[] data = new double[java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < data.length; i++) {
      data[i] = element(input);
    }
    return new Values(shape, data);
  }

  private double element(Tensor input) {
    return switch (input.role()) {
      case SEED -> 1.0 / rows;
      case STATE -> random.nextDouble(0.5, 2);
      case SAMPLE -> random.nextDouble(0, 1);
      case INPUT, TARGET, PARAMETER, ACCUMULATED, STREAM, VALUE ->
          switch (input.type()) {
            case REAL -> random.nextDouble(low, high);
            case INT -> {
              var range = input.interval().orElseThrow();
              yield random.nextLong(range.low(), range.high() + 1);
            }
            case BOOL -> random.nextInt(2);
          };
    };
  }
}

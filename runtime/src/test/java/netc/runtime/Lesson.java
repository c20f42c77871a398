package netc.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.Metadata.Operator;
import netc.runtime.Metadata.Port;
import netc.runtime.Metadata.Type;
import netc.runtime.Metadata.Variable;

/**
 * What the compiler would make of a small net, written by hand: {@code z_j = Σ_k w_jk (x_k − mu_k) + b_j
 * + e[c]}, {@code p_j = sigmoid(z_j)}, {@code best = argmax p}, loss {@code C0 = Σ_j (p_j − y_j)²},
 * penalty {@code 0.01 Σ w²}, metric {@code correct = all_j (p_j > 0.5) == (y_j > 0.5)}, and {@code fit mu
 * = mean[batch] x}.
 */
public final class Lesson {
  public static final int LANES = 4;
  static final int PREDICT = 0;
  static final int ONE = 1;
  static final int EVALUATE = 2;
  static final int TRAIN = 3;
  static final int PENALTY = 4;
  static final int METRIC = 5;
  static final int FIT = 6;
  static final int FINISH = 7;

  public static final Metadata.Data NO_DATA =
      new Metadata.Data(Map.of(), Map.of(), ",", Map.of());

  private Lesson() {}

  public static Metadata metadata(Precision precision) {
    return metadata(precision, NO_DATA, Training.DEFAULTS);
  }

  public static Metadata metadata(Precision precision, Metadata.Data data, Training train) {
    return new Metadata(
        precision == Precision.F32 ? "demo.Lesson" : "demo.Lesson64",
        "The lesson's network.",
        "lesson.net",
        "ab12",
        "0.1.0",
        precision,
        List.of(
            new Port("x", Type.REAL, 0, new int[] {3}, true, List.of(), 4),
            new Port("c", Type.INDEX, 4, new int[0], true, List.of(), 5)),
        List.of(new Port("y", Type.REAL, 0, new int[] {2}, true, List.of(), 6)),
        List.of(
            new Port("p", Type.REAL, 0, new int[] {2}, true, List.of("x", "c"), 9),
            new Port("best", Type.INDEX, 2, new int[0], true, List.of("x", "c"), 10),
            new Port("bias", Type.REAL, 0, new int[] {2}, false, List.of(), 11)),
        List.of(
            new Metadata.Conditional(
                new Port("q", Type.REAL, 0, new int[] {2}, true, List.of("z"), 12),
                List.of(new Port("z", Type.REAL, 0, new int[] {2}, true, List.of(), 12)))),
        List.of(
            new Variable("w", new int[] {2, 3}, true, "glorot_uniform", 0, 0, 3, 2, 7),
            new Variable("b", new int[] {2}, true, "zeros", 0, 0, 2, 2, 8),
            new Variable("e", new int[] {4}, true, "normal", 0, 0.1, 4, 4, 8),
            new Variable("mu", new int[] {3}, false, "zeros", 0, 0, 3, 3, 8)),
        List.of(
            new Metadata.Sample("eps", Metadata.Distribution.NORMAL, 0, 0.5, new int[] {2}, 8)),
        List.of("C0"),
        List.of("ridge"),
        List.of(new Metadata.Aggregate("correct", List.of("accumulate.0"), List.of(Operator.SUM))),
        List.of(new Metadata.Aggregate("mu", List.of("accumulate.0"), List.of(Operator.SUM))),
        data,
        train,
        Map.of(),
        forms(precision));
  }

  private static List<Form> forms(Precision precision) {
    List<Form> forms = new ArrayList<>();
    forms.add(
        new Builder("predict", precision, LANES)
            .input("input.x", Slot.Kind.LANES, 3)
            .input("input.c", Slot.Kind.INT_LANES, 1)
            .result("out.p", Slot.Kind.LANES, 2)
            .result("out.best", Slot.Kind.INT_LANES, 1)
            .weight("out.bias", 1)
            .form());
    forms.add(
        new Builder("predict.one", precision, 1)
            .input("input.x", Slot.Kind.FLAT, 3)
            .input("input.c", Slot.Kind.INT_FLAT, 1)
            .result("out.p", Slot.Kind.FLAT, 2)
            .result("out.best", Slot.Kind.INT_FLAT, 1)
            .weight("out.bias", 1)
            .form());
    forms.add(
        new Builder("evaluate", precision, LANES)
            .input("input.x", Slot.Kind.LANES, 3)
            .input("input.c", Slot.Kind.INT_LANES, 1)
            .input("target.y", Slot.Kind.LANES, 2)
            .result("loss.C0", Slot.Kind.LANES, 1)
            .result("accumulate.0", Slot.Kind.INT_LANES, 1)
            .form());
    forms.add(
        new Builder("train", precision, LANES)
            .input("input.x", Slot.Kind.LANES, 3)
            .input("input.c", Slot.Kind.INT_LANES, 1)
            .input("target.y", Slot.Kind.LANES, 2)
            .input("seed", Slot.Kind.LANES, 1)
            .result("loss.C0", Slot.Kind.LANES, 1)
            .result("grad.param.w", Slot.Kind.FLAT, 6)
            .result("grad.param.b", Slot.Kind.FLAT, 2)
            .result("grad.param.e", Slot.Kind.FLAT, 4)
            .result("grad.input.x", Slot.Kind.LANES, 3)
            .result("out.p", Slot.Kind.LANES, 2)
            .form());
    forms.add(
        new Builder("penalty", precision, 1)
            .result("penalty.ridge", Slot.Kind.FLAT, 1)
            .result("grad.param.w", Slot.Kind.FLAT, 6)
            .form());
    forms.add(
        new Builder("metric.correct", precision, 1)
            .input("accumulated.0", Slot.Kind.FLAT, 1)
            .result("value", Slot.Kind.FLAT, 1)
            .form());
    forms.add(
        new Builder("fit.mu", Precision.F64, LANES)
            .input("input.x", Slot.Kind.LANES, 3)
            .result("accumulate.0", Slot.Kind.LANES, 3)
            .form());
    forms.add(
        new Builder("fit.mu.finish", Precision.F64, 1)
            .input("accumulated.0", Slot.Kind.FLAT, 3)
            .result("value", Slot.Kind.FLAT, 3)
            .form());
    return forms;
  }

  /** Collects the slots of a form. */
  private static final class Builder {
    private final String name;
    private final Precision precision;
    private final int rows;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, Integer> inputs = new LinkedHashMap<>();
    private final Map<String, Integer> results = new LinkedHashMap<>();

    Builder(String name, Precision precision, int rows) {
      this.name = name;
      this.precision = precision;
      this.rows = rows;
    }

    Builder input(String binding, Slot.Kind kind, int size) {
      inputs.put(binding, slot(kind, size));
      return this;
    }

    Builder result(String binding, Slot.Kind kind, int size) {
      results.put(binding, slot(kind, size));
      return this;
    }

    Builder weight(String binding, int weight) {
      results.put(binding, -1 - weight);
      return this;
    }

    private int slot(Slot.Kind kind, int size) {
      int position = (int) slots.stream().filter(slot -> slot.kind() == kind).count();
      boolean lanes = kind == Slot.Kind.LANES || kind == Slot.Kind.INT_LANES;
      slots.add(new Slot(kind, position, size, lanes ? rows : 0));
      return slots.size() - 1;
    }

    Form form() {
      return new Form(name, precision, rows, slots, inputs, results);
    }
  }

  /** The net with its weights in floats. */
  public static final class Net32 extends FloatNetwork {
    private static final Metadata METADATA = Lesson.metadata(Precision.F32);
    private static final Code CODE = new LessonCode(METADATA);

    public Net32(Weights weights) {
      super(weights);
    }

    public static Net32 init(long seed) {
      return new Net32(Initializers.weights(METADATA, seed));
    }

    @Override
    public Metadata metadata() {
      return METADATA;
    }

    @Override
    public void save(Path file) {
      netc.io.Checkpoint.save(this, file);
    }

    @Override
    protected Code code() {
      return CODE;
    }

    @Override
    protected Network with(Weights weights) {
      return new Net32(weights);
    }

    public Workspace workspace(int rows) {
      return new Workspace(this, rows);
    }

    public float[] p(float[] x, int c) {
      Block block = begin(ONE);
      input(ONE, block, 0, x);
      input(ONE, block, 1, c);
      compute(ONE, block);
      float[] result = output(ONE, block, 0);
      end(ONE, block);
      return result;
    }

    public int best(float[] x, int c) {
      Block block = begin(ONE);
      input(ONE, block, 0, x);
      input(ONE, block, 1, c);
      compute(ONE, block);
      int result = outputIndex(ONE, block, 1);
      end(ONE, block);
      return result;
    }

    public void p(Workspace workspace, float[] x, int[] c, int n, float[] out) {
      begin(workspace, PREDICT, n);
      input(workspace, 0, x);
      input(workspace, 1, c);
      output(workspace, 0, out);
      compute(workspace);
    }

    public void run(Workspace workspace, float[] x, int[] c, int n) {
      begin(workspace, PREDICT, n);
      input(workspace, 0, x);
      input(workspace, 1, c);
      outputs(workspace);
      compute(workspace);
    }

    public float gradients(
        Workspace workspace, float[] x, int[] c, float[] y, int n, Gradients gradients) {
      begin(workspace, TRAIN, n);
      input(workspace, 0, x);
      input(workspace, 1, c);
      input(workspace, 2, y);
      return gradients(workspace, gradients);
    }

    /** The typed workspace. */
    public static final class Workspace extends netc.runtime.Workspace {
      private Workspace(Net32 net, int rows) {
        super(net, rows);
      }

      public float[] p() {
        return floats(0);
      }

      public int[] best() {
        return indices(1);
      }

      public float[] bias() {
        return floats(2);
      }
    }
  }

  /** The net with its weights in doubles. */
  public static final class Net64 extends DoubleNetwork {
    private static final Metadata METADATA = Lesson.metadata(Precision.F64);
    private static final Code CODE = new LessonCode(METADATA);

    public Net64(Weights weights) {
      super(weights);
    }

    public static Net64 init(long seed) {
      return new Net64(Initializers.weights(METADATA, seed));
    }

    @Override
    public Metadata metadata() {
      return METADATA;
    }

    @Override
    public void save(Path file) {
      netc.io.Checkpoint.save(this, file);
    }

    @Override
    protected Code code() {
      return CODE;
    }

    @Override
    protected Network with(Weights weights) {
      return new Net64(weights);
    }

    public double[] p(double[] x, int c) {
      Block block = begin(ONE);
      input(ONE, block, 0, x);
      input(ONE, block, 1, c);
      compute(ONE, block);
      double[] result = output(ONE, block, 0);
      end(ONE, block);
      return result;
    }
  }
}

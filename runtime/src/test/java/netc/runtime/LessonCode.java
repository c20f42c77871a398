package netc.runtime;

/** The equations of {@link Lesson}, in both precisions; every value is rounded where it is stored. */
final class LessonCode implements Code {
  private final Metadata metadata;

  LessonCode(Metadata metadata) {
    this.metadata = metadata;
  }

  @Override
  public void run(
      int form, int phase, Weights weights, Block block, int rows, int firstRow, int batchRows) {
    Values v = new Values(metadata.forms().get(form), block, weights);
    switch (form) {
      case Lesson.PREDICT, Lesson.ONE -> {
        for (int r = 0; r < rows; r++) {
          predict(v, r, v.result("out.p"), v.result("out.best"));
        }
      }
      case Lesson.EVALUATE -> {
        for (int r = 0; r < rows; r++) {
          evaluate(v, r);
        }
      }
      case Lesson.TRAIN -> train(v, rows);
      case Lesson.PENALTY -> penalty(v);
      case Lesson.METRIC -> v.set("value", 0, 0, v.in("accumulated.0", 0, 0) / batchRows);
      case Lesson.FIT -> {
        for (int r = 0; r < rows; r++) {
          for (int k = 0; k < 3; k++) {
            v.set("accumulate.0", k, r, v.in("input.x", k, r));
          }
        }
      }
      default -> {
        for (int k = 0; k < 3; k++) {
          v.set("value", k, 0, v.in("accumulated.0", k, 0) / batchRows);
        }
      }
    }
  }

  private static double p(Values v, int j, int r) {
    double z = v.weight(1, j) + v.weight(2, (int) v.in("input.c", 0, r));
    for (int k = 0; k < 3; k++) {
      z += v.weight(0, 3 * j + k) * (v.in("input.x", k, r) - v.weight(3, k));
    }
    return 1 / (1 + Math.exp(-z));
  }

  private static void predict(Values v, int r, Slot p, Slot best) {
    v.set(p, 0, r, p(v, 0, r));
    v.set(p, 1, r, p(v, 1, r));
    v.set(best, 0, r, p(v, 0, r) >= p(v, 1, r) ? 0 : 1);
  }

  private static void evaluate(Values v, int r) {
    double loss = 0;
    boolean correct = true;
    for (int j = 0; j < 2; j++) {
      double p = p(v, j, r);
      double y = v.in("target.y", j, r);
      loss += (p - y) * (p - y);
      correct &= (p > 0.5) == (y > 0.5);
    }
    v.set("loss.C0", 0, r, loss);
    v.set("accumulate.0", 0, r, correct ? 1 : 0);
  }

  private static void train(Values v, int rows) {
    double[] w = new double[6];
    double[] b = new double[2];
    double[] e = new double[4];
    for (int r = 0; r < rows; r++) {
      double loss = 0;
      double[] x = new double[3];
      for (int j = 0; j < 2; j++) {
        double p = p(v, j, r);
        double error = p - v.in("target.y", j, r);
        loss += error * error;
        v.set("out.p", j, r, p);
        double z = v.in("seed", 0, r) * 2 * error * p * (1 - p);
        b[j] += z;
        e[(int) v.in("input.c", 0, r)] += z;
        for (int k = 0; k < 3; k++) {
          w[3 * j + k] += z * (v.in("input.x", k, r) - v.weight(3, k));
          x[k] += z * v.weight(0, 3 * j + k);
        }
      }
      v.set("loss.C0", 0, r, loss);
      for (int k = 0; k < 3; k++) {
        v.set("grad.input.x", k, r, x[k]);
      }
    }
    v.setAll("grad.param.w", w);
    v.setAll("grad.param.b", b);
    v.setAll("grad.param.e", e);
  }

  private static void penalty(Values v) {
    double sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += v.weight(0, i) * v.weight(0, i);
      v.set("grad.param.w", i, 0, 0.02 * v.weight(0, i));
    }
    v.set("penalty.ridge", 0, 0, 0.01 * sum);
  }

  /** The numbers of a block by name. */
  private record Values(Form form, Block block, Weights weights) {
    Slot result(String name) {
      return form.slots().get(form.results().get(name));
    }

    double weight(int variable, int element) {
      return weights.floats != null
          ? weights.floats[variable][element]
          : weights.doubles[variable][element];
    }

    double in(String name, int element, int row) {
      Slot slot = form.slots().get(form.inputs().get(name));
      int at = slot.position();
      boolean single = form.precision() == Precision.F32;
      return switch (slot.kind()) {
        case LANES ->
            single ? block.floatLanes[at][element][row] : block.doubleLanes[at][element][row];
        case INT_LANES -> block.intLanes[at][element][row];
        case FLAT -> single ? block.floats[at][element] : block.doubles[at][element];
        case INT_FLAT -> block.ints[at][element];
      };
    }

    void set(String name, int element, int row, double value) {
      set(result(name), element, row, value);
    }

    void set(Slot slot, int element, int row, double value) {
      int at = slot.position();
      boolean single = form.precision() == Precision.F32;
      switch (slot.kind()) {
        case LANES -> {
          if (single) {
            block.floatLanes[at][element][row] = (float) value;
          } else {
            block.doubleLanes[at][element][row] = value;
          }
        }
        case INT_LANES -> block.intLanes[at][element][row] = (int) value;
        case FLAT -> {
          if (single) {
            block.floats[at][element] = (float) value;
          } else {
            block.doubles[at][element] = value;
          }
        }
        case INT_FLAT -> block.ints[at][element] = (int) value;
      }
    }

    void setAll(String name, double[] values) {
      for (int i = 0; i < values.length; i++) {
        set(name, i, 0, values[i]);
      }
    }
  }
}

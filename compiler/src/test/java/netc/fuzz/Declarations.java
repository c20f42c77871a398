package netc.fuzz;

/** What stands in front of the net: imports, constants, sizes, functions and layers of the user. */
final class Declarations {
  private final Draft draft;
  private final Vocabulary words;

  Declarations(Draft draft) {
    this.draft = draft;
    this.words = draft.words;
  }

  void write() {
    if (words.chance(0.15)) {
      words.uses("import");
      String name = words.fresh("lib");
      draft.declare("import std.activations as " + name);
      words.functions.add(name + ".mish");
      words.functions.add(name + ".softsign");
    }
    constants();
    functions();
    layers();
  }

  private void constants() {
    if (words.chance(0.15)) {
      words.uses("const");
      String name = words.fresh("c");
      draft.declare("const " + name + " = " + words.any("0.3", "pi / 4", "2^3 / 10", "exp(-1)"));
      words.constants.add(name);
    }
    if (words.chance(0.15)) {
      words.uses("dim");
      String name = words.fresh("N");
      draft.declare("dim " + name + " = " + words.any("3", "2*2 - 1", "div(7, 3)"));
      words.constants.add("(" + name + " / 4.0)");
    }
  }

  private void functions() {
    if (words.chance(0.3)) {
      words.uses("fn");
      String name = words.fresh("f");
      String body =
          words.any("tanh(z) + 0.1 * z", "max(z, 0) - 0.5", "z^2 / (1 + z^2)", "if z > 0 then z else 0.2 * z");
      draft.declare("fn " + name + "(z) = " + body);
      words.functions.add(name);
    }
    if (words.chance(0.2)) {
      words.uses("deriv");
      String name = words.fresh("f");
      String function =
          words.any(
              "fn F(z) = tanh(z) deriv 1 - F(z)^2",
              "fn F(z) = 1 / (1 + exp(-z)) deriv F(z) * (1 - F(z))",
              "fn F(z) = z * tanh(z) deriv tanh(z) + z * (1 - tanh(z)^2)");
      draft.declare(function.replace("F", name));
      words.functions.add(name);
    }
    if (words.chance(0.15)) {
      words.uses("fn of a vector");
      String name = words.fresh("f");
      String function =
          words.any(
              "fn F(v[K]) = sum[k] v[k]^2 / K",
              "fn F(v[K], c = 0.5) -> s {\n  m = max[k] v[k]\n  s = sum[k] tanh(v[k] - m + c)\n}",
              "fn F(v[K]) -> s {\n  d[k] = v[k] - v[clamp(k - 1)]\n  s = mean[k] d[k] * v[k]\n}");
      draft.declare(function.replace("F", name));
      words.vectorFunctions.add(name);
    }
    if (words.chance(0.15) && !words.functions.isEmpty()) {
      words.uses("function as argument");
      String twice = words.fresh("f");
      String name = words.fresh("f");
      draft.declare("fn " + twice + "(z, g: fn) = g(0.5 * g(z) + 0.1)");
      draft.declare("fn " + name + "(z) = " + twice + "(z, " + words.any(words.functions) + ")");
      words.functions.add(name);
    }
  }

  private void layers() {
    if (words.chance(0.25)) {
      words.uses("layer of the user");
      String name = words.fresh("b");
      draft.declare(
          "layer " + name + "(n: dim, act: fn = tanh)(x[I]) -> y[n] {\n"
              + "  param weight[n, I] ~ normal(0, 0.5)\n"
              + "  param gate[n]      ~ ones\n"
              + "  z[j] = sum[k] weight[j,k] * x[k]\n"
              + "  y[j] = " + words.any("sigmoid(gate[j]) * act(z[j])", "act(z[j] + gate[j])") + "\n}");
      words.layers.add(name);
    }
    if (words.chance(0.2)) {
      words.uses("layer as argument");
      String name = words.fresh("b");
      draft.declare(
          "layer " + name + "(n: dim, body: layer = dense(2))(x[I]) -> y[n] {\n"
              + "  h = x |> body\n"
              + "  z = " + words.any("x |> body", "x |> body |> tanh()") + "\n"
              + "  y = concat(h, z, x) |> dense(n, tanh)\n}");
      words.layers.add(name);
    }
  }
}

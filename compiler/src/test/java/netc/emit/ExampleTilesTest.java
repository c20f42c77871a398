package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import netc.loop.Printer;
import netc.schedule.Call;
import netc.schedule.KernelCall;
import netc.schedule.PlanStep;
import netc.schedule.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is computed of one example with several rows beside the lanes says what the interpreter says: of
 * images whose sides are no multiple of a tile, of channels that are no multiple of a vector.
 */
class ExampleTilesTest {
  /** What the kernels of the form for one example do, in order. */
  private static List<Role> roles(String body) {
    return PlanStep.of(OneExample.schedule(body)).stream()
        .map(PlanStep::vector)
        .flatMap(List::stream)
        .map(KernelCall::role)
        .toList();
  }

  /** The tiles of the form for one example, in order. */
  private static List<Role.Tiles> tiles(String body) {
    return OneExample.schedule(body).calls().stream()
        .map(Call::kernels)
        .flatMap(List::stream)
        .map(KernelCall::role)
        .filter(Role.Tiles.class::isInstance)
        .map(Role.Tiles.class::cast)
        .toList();
  }

  // ---------- images ----------

  /** Two convolutions, so that the first one's result and the second one's factor have channels last. */
  private static String image(int height, int width, String first, String second) {
    return "input x[3, " + height + ", " + width + "]\nlet a = " + first + "\nlet b = " + second
        + "\nlet fc = dense(5)\np = x |> a |> relu |> b |> relu |> global_avg_pool |> fc\noutput p"
        + "\nloss e = sum[k] p[k]^2";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // channels: less than a vector, one, one and a part, several panels with an overlap
        "7; 9; conv2d(15, 3, padding = 1); conv2d(17, 3, padding = 1)",
        "7; 7; conv2d(16, 3, padding = 1); conv2d(24, 3, padding = 1)",
        "5; 11; conv2d(40, 3); conv2d(33, 3, padding = 1)",
        // pixels merged into one axis, and not: a stride, a border
        "6; 7; conv2d(20, 1); conv2d(18, 1)",
        "9; 8; conv2d(20, 1, stride = 2); conv2d(18, 1)",
        "6; 7; conv2d(20, 1, padding = 1); conv2d(16, 1)",
        // strides, dilation, windows of two sizes, an image of one row
        "11; 13; conv2d(19, 3, stride = 2, padding = 1); conv2d(21, 3, stride = 2, padding = 1)",
        "13; 12; conv2d(18, 3, dilation = 2, padding = 2); conv2d(17, 3, dilation = 3)",
        "9; 9; conv2d(16, 3, KW = 5, padding = 1, padding_w = 2); conv2d(16, 1, KW = 3)",
        "1; 19; conv2d(16, 1, KW = 3); conv2d(19, 1, KW = 4)",
        // groups, as many as channels, more channels out than in
        "8; 8; conv2d(32, 3); conv2d(48, 3, groups = 2)",
        "8; 9; conv2d(32, 3); depthwise_conv2d(3, padding = 1)",
        "8; 9; conv2d(35, 3); depthwise_conv2d(3, stride = 2, padding = 1)",
        "9; 8; conv2d(17, 3); depthwise_conv2d(5, dilation = 2, padding = 4)",
        "8; 8; conv2d(16, 3); conv2d(32, 3, groups = 16)",
        // windows whose columns share what they read, in tiles of 7, of two heights, of two vectors; too wide ones
        "7; 14; conv2d(33, 3, padding = 1); depthwise_conv2d(3, padding = 1)",
        "9; 11; conv2d(32, 3); depthwise_conv2d(5, stride = 2, padding = 2)",
        "5; 4; conv2d(48, 3); depthwise_conv2d(3, padding = 1)",
        "9; 9; conv2d(32, 3, padding = 1); depthwise_conv2d(9, padding = 4)",
        // a reader that does not reach all pixels, one that reaches more than the border
        "9; 9; conv2d(32, 3); depthwise_conv2d(3, stride = 4, padding = 1)",
        "9; 9; conv2d(32, 3); conv2d(16, 3, padding = 3)"
      })
  void imagesAgree(int height, int width, String first, String second) {
    OneExample.agrees(image(height, width, first, second));
  }

  @Test
  void weightsThatExceedTheCacheAgree() {
    OneExample.agrees(
        """
        input x[130, 5, 4]
        let a = conv2d(96, 3, padding = 1)
        p = x |> a |> global_avg_pool
        output p
        loss e = sum[k] p[k]^2
        """);
  }

  /** The next step reads the result with a border and without: it must be there as itself, too. */
  @Test
  void bothFactorsOfTheNextStepAgree() {
    OneExample.agrees(
        """
        input x[32, 20]
        param w[20, 32] ~ glorot_uniform
        h[i, j] = sum[k] x[i, k] * w[k, j]
        g[i in 33, j in 32] = sum[k] h[i-1, k else 0] * h[k, j]
        p[j] = sum[i] g[i, j]
        output p
        loss e = sum[j] p[j]^2
        """);
  }

  /** One row's large weight is read panel beside panel; the last panels hold zeros, or no result at all. */
  @ParameterizedTest
  @ValueSource(ints = {470, 512, 449})
  void weightsFromMemoryAgree(int units) {
    String body =
        "input x[600]\nlet d = dense(" + units + ")\np = x |> d\noutput p\nloss e = sum[k] p[k]^2";
    OneExample.agrees(body);
    Role.Tiles tile = tiles(body).getFirst();
    assertEquals(List.of(1, 4, 2), List.of(tile.rows(), tile.columns(), tile.vectors()), tile::toString);
  }

  /** The pool and the sum read channels last, the second convolution adds to what the first one made. */
  @Test
  void residualsNormsAndPoolsAgree() {
    OneExample.agrees(
        """
        input x[3, 12, 10]
        let c1 = conv2d(18, 3, padding = 1, use_bias = false)
        let n1 = batch_norm2d()
        let c2 = conv2d(18, 3, padding = 1)
        h = x |> c1 |> n1 |> relu |> max_pool2d(3, stride = 2, padding = 1)
        g = (h |> c2) + h
        a = g |> avg_pool2d(2)
        f[(i, j, k)] = a[k, i, j]
        let fc = dense(4)
        p = f |> fc
        output p
        output q = g
        loss e = sum[k] p[k]^2
        """);
  }

  // ---------- epilogues ----------

  /** What follows the convolution asks for its rows and columns in every way; 1×1 merges them, 3×3 does not. */
  private static String followed(String convolution, int channels, String line) {
    return "input x[2, 6, 7]\nparam m[6, 7] ~ glorot_uniform\nparam r[7] ~ zeros\nparam s[" + channels
        + "] ~ zeros\nlet c = " + convolution + "\nh = x |> c\ng[k, i, j] = " + line
        + "\np = g |> global_avg_pool\noutput p\noutput g\nloss e = sum[k] p[k]^2";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "max(h[k, i, j] + s[k], 0) * m[i, j]",
        "h[k, i, j] + r[j]",
        "h[k, i, j] * (if j > 2 then m[i, j] else s[k])",
        "h[k, i, j] + i - 2 * j",
        "h[k, i, j] + m[5 - i, j]",
        "h[k, i, j] + m[i, j - 1 else 2]",
        "if h[k, i, j] > s[k] then h[k, i, j] else exp(h[k, i, j])"
      })
  void whatFollowsAConvolutionAgrees(String line) {
    for (int channels : new int[] {16, 20}) {
      OneExample.agrees(followed("conv2d(" + channels + ", 1)", channels, line));
    }
    OneExample.agrees(followed("conv2d(33, 3, padding = 1)", 33, line));
    OneExample.agrees(
        followed("conv2d(18, 3, padding = 1)", 18, line)
            .replace("h = x |> c\n", "let d = depthwise_conv2d(3, padding = 1)\nh = x |> c |> d\n"));
  }

  /** The norm, the activation and the sum with what went round the convolution take no pass of their own. */
  @Test
  void normsAndActivationsAreComputedBehindTheTiles() {
    String body =
        """
        input x[3, 12, 10]
        let c1 = conv2d(32, 3, padding = 1, use_bias = false)
        let n1 = batch_norm2d()
        let c2 = conv2d(32, 3, padding = 1, use_bias = false)
        let n2 = batch_norm2d()
        h = x |> c1 |> n1 |> relu
        g = (h |> c2 |> n2) + h
        a = g |> relu6 |> global_avg_pool
        p[c] = a[c] + (mean[i, j] g[c, i, j])
        output p
        """;
    OneExample.agrees(body);
    long behind =
        PlanStep.of(OneExample.schedule(body)).stream().filter(step -> step.vector().isEmpty()).count();
    assertEquals(2, behind);
  }

  /** Where there are 32 registers, no kernel goes over the sums again; where there are 16, one does. */
  @Test
  void tilesFinishTheirSumsWhereThereAreRegisters() {
    String kernel =
        OneExample.schedule(
                "input x[3, 12, 10]\nlet a = conv2d(48, 3)\nlet b = conv2d(16, 1)\n"
                    + "h = x |> a |> batch_norm2d() |> relu6\noutput p = h |> b")
            .calls().stream()
            .flatMap(call -> call.kernels(true).stream())
            .filter(call -> call.role() instanceof Role.Tiles)
            .map(call -> Printer.print(call.kernel()))
            .findFirst()
            .orElseThrow();
    List<String> choice = List.of(kernel.split("\n  } else \\{\n"));
    assertEquals(2, choice.size());
    String secondLoop = "lane0 < lanes";
    assertTrue(choice.getFirst().contains(secondLoop), kernel);
    assertFalse(choice.getLast().contains(secondLoop), kernel);
    assertTrue(choice.getLast().contains("max(min("), kernel);
  }

  /** Windows turned round, and with an axis along which only the weights differ. */
  @ParameterizedTest
  @ValueSource(strings = {"i + 1 - a, j + 1 - b", "i, j + b - 1", "i, j + 1 - b", "i + a - 1, j - 1"})
  void windowsOfOwnFormulasAgree(String at) {
    OneExample.agrees(
        "input x[2, 6, 7]\nparam w[18, 3, 3] ~ glorot_uniform\nlet c = conv2d(18, 1)\nh = x |> c\n"
            + "g[k, i in 6, j in 7] = sum[a, b] w[k, a, b] * h[k, " + at + " else 0]\n"
            + "p = g |> global_avg_pool\noutput p\noutput g\nloss e = sum[k] p[k]^2");
  }

  /** No copy with a margin stands between two convolutions; of the input there is one. */
  @Test
  void resultsAreWrittenWhereTheNextConvolutionReadsThem() {
    List<Role> roles = roles(image(14, 14, "conv2d(32, 3, padding = 1)", "depthwise_conv2d(3, padding = 1)"));
    assertEquals(1, roles.stream().filter(new Role.Copy(true, false)::equals).count(), roles::toString);
    assertEquals(1, roles.stream().filter(new Role.Margin()::equals).count(), roles::toString);
  }

  /** Whoever else reads the result finds it without a margin. */
  @Test
  void resultsThatOthersReadAreCopied() {
    List<Role> roles =
        roles(
            image(14, 14, "conv2d(32, 3, padding = 1)", "depthwise_conv2d(3, padding = 1)")
                .replace("p = x |> a |> relu |> b |> relu", "h = x |> a |> relu\nq = (h |> b) + h\np = q"));
    assertEquals(0, roles.stream().filter(new Role.Margin()::equals).count(), roles::toString);
  }

  @Test
  void theChannelsOfAConvolutionAreInTheLanes() {
    List<Role.Tiles> tiles = tiles(image(14, 14, "conv2d(64, 3)", "conv2d(96, 1)"));
    assertTrue(tiles.size() >= 2, tiles::toString);
    for (Role.Tiles tile : tiles.subList(0, 2)) {
      assertEquals(6, tile.rows() * tile.columns(), tile::toString);
      assertEquals(2, tile.vectors(), tile::toString);
    }
  }

  @Test
  void channelsOfADepthwiseConvolutionAreInTheLanes() {
    List<Role.Tiles> tiles = tiles(image(14, 14, "conv2d(64, 3)", "depthwise_conv2d(3)"));
    assertTrue(tiles.size() >= 2, tiles::toString);
    assertEquals(5, tiles.get(1).columns(), tiles::toString);
    assertEquals(1, tiles.get(1).vectors(), tiles::toString);
  }

  // ---------- sequences ----------

  private static String attention(int steps, int width, String mask) {
    return "dim T = " + steps + ", D = " + width + "\ninput x[T, D]\n"
        + "let q = dense(D)\nlet k = dense(D)\nlet v = dense(D)\n"
        + "a[t] = q(x[t])\nb[t] = k(x[t])\nc[t] = v(x[t])\n"
        + "s[t, u] = (sum[i] a[t, i] * b[u, i]) / sqrt(D)\n"
        + "m[t, u] = " + mask + "\n"
        + "p[t] = softmax(m[t])\ny[t, i] = sum[u] p[t, u] * c[u, i]\noutput y\nloss e = sum[t, i] y[t, i]^2";
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "17, 20", "24, 33", "9, 48", "40, 7"})
  void attentionAgrees(int steps, int width) {
    OneExample.agrees(attention(steps, width, "s[t, u]"));
  }

  @Test
  void maskedAttentionAgrees() {
    OneExample.agrees(attention(21, 18, "if u <= t then s[t, u] else -inf"));
  }

  /** Both products of activations and the three with weights. */
  @Test
  void attentionIsMadeOfTiles() {
    assertEquals(5, tiles(attention(32, 32, "s[t, u]")).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"attention(3)", "attention(3, causal = true)", "transformer_encoder_layer(3, ff = 37)"})
  void layersOfSequencesAgree(String layer) {
    OneExample.agrees(
        "input x[19, 54]\nlet l = " + layer + "\ny = x |> l\noutput y\nloss e = sum[t, i] y[t, i]^2");
  }
}

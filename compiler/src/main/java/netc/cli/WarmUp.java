package netc.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the launcher runs once, so that the JVM can archive the classes that commands load: the usual
 * commands on a small net, without a word.
 */
final class WarmUp {
  static final String NET =
      """
      package warm
      /// Reads most of the language.
      net Up {
        input x[6, 6]
        target y : index(3)
        h = stack(x) |> conv2d(2, 3, act = relu) |> max_pool2d(2) |> flatten |> dense(4, tanh)
        z = h |> dense(3)
        output p = softmax(z)
        loss nll = cross_entropy(z, y)
        param z0[3] ~ normal(0, 1)
        penalty small = 1e-4 * sum[c] z0[c]^2
        metric hit = if argmax[k] z[k] == y then 1 else 0
        train { optimizer = adam(lr = 1e-2)  batch_size = 8  epochs = 2 }
      }
      fn stack(x[H, W]) -> y[1, H, W] { y[c, i, j] = x[i, j] }
      """;

  private WarmUp() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Files.createTempFile("netc", ".net");
    try {
      Files.writeString(file, NET);
      run("--help");
      run("check", "--shapes", file.toString());
      Path jar = Files.createTempFile("netc", ".jar");
      run("compile", file.toString(), "-o", jar.toString());
      Files.deleteIfExists(jar);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void run(String... arguments) {
    var nowhere = new PrintWriter(Writer.nullWriter());
    Main.commandLine(arguments).setOut(nowhere).setErr(nowhere).execute(arguments);
  }
}

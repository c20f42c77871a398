package netc.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import netc.io.SafeTensors;
import netc.runtime.Tensor;
import netc.source.SourceFile;

/**
 * One case of the reference values: tensors that PyTorch computed, a {@code .net} text that should
 * compute the same, and tolerances relative to the largest magnitude of a tensor.
 *
 * @param names how the net calls the case's parameters and states, from the text's lines {@code //= path
 *     = param.w} (several: stacked along the first axis); others keep their names
 */
record ReferenceCase(
    String name,
    String folder,
    double tolerance,
    double tolerancef,
    Map<String, Tensor> tensors,
    SourceFile source,
    Map<String, List<String>> names) {
  /** The project's own cases: see make_cases.py there. */
  static final String TORCH = "/netc/torch/";

  /** Cases that were given. */
  static final String GIVEN = "/netc/refs/";

  private static final String AFTER = "after.";

  private static final Pattern ENTRY =
      Pattern.compile(
          "\"name\": \"(\\w+)\".*?\"rtol_f32\": ([^,\\s]+),\\s*\"rtol_f64\": ([^,\\s]+)", Pattern.DOTALL);
  private static final Pattern RENAMING = Pattern.compile("(?m)^//= (\\S+) = (.+)$");

  /** Name, rtol_f32 and rtol_f64 of every case of the index. */
  static Map<String, double[]> index(String folder) {
    var index = new LinkedHashMap<String, double[]>();
    var matcher = ENTRY.matcher(new String(bytes(folder + "index.json"), StandardCharsets.UTF_8));
    while (matcher.find()) {
      double[] tolerances = {Double.parseDouble(matcher.group(2)), Double.parseDouble(matcher.group(3))};
      index.put(matcher.group(1), tolerances);
    }
    return index;
  }

  static ReferenceCase read(String folder, String name) {
    double[] tolerances = index(folder).get(name);
    String file = name + ".safetensors";
    var tensors = new LinkedHashMap<>(SafeTensors.read(file, bytes(folder + file)).tensors());
    tensors.replaceAll(ReferenceCase::batchFirst);
    String text = new String(bytes(folder + name + ".net"), StandardCharsets.UTF_8);
    var names = new LinkedHashMap<String, List<String>>();
    var matcher = RENAMING.matcher(text);
    while (matcher.find()) {
      names.put(matcher.group(1), List.of(matcher.group(2).strip().split(", ")));
    }
    return new ReferenceCase(
        name, folder, tolerances[1], tolerances[0], tensors, new SourceFile(name + ".net", text), names);
  }

  /** PyTorch puts an axis of layers and directions in front of the last states; here it has one. */
  private static Tensor batchFirst(String name, Tensor tensor) {
    return name.endsWith(".c_last")
        ? tensor.reshape(tensor.size(1), tensor.size(2))
        : tensor;
  }

  private static byte[] bytes(String name) {
    try (InputStream in = ReferenceCase.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("there is no test resource " + name + ": write it");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What one step makes of a state, where the case says so: by a line {@code //= path = after.state.mean}
   * or in a tensor {@code after.path}. Such a state starts as its initialiser says.
   */
  Optional<Tensor> after(String path) {
    String name =
        names.getOrDefault(path, List.of()).stream()
            .filter(n -> n.startsWith(AFTER))
            .map(n -> n.substring(AFTER.length()))
            .findFirst()
            .orElse(AFTER + path);
    return Optional.ofNullable(tensors.get(name));
  }

  /** The tensors of the case that make up a parameter or state of the net. */
  List<Tensor> parts(String kind, String path) {
    List<String> own = names.getOrDefault(path, List.of(kind + "." + path));
    var parts = new ArrayList<Tensor>();
    for (String part : own) {
      Tensor tensor = tensors.get(part);
      if (tensor == null) {
        throw new AssertionError(name + ": no " + kind + " `" + path + "`; there is " + tensors.keySet());
      }
      parts.add(tensor);
    }
    return parts;
  }
}

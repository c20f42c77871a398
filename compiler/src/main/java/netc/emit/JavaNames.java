package netc.emit;

import java.util.Set;
import javax.lang.model.SourceVersion;

/** The Java name of a name of the language: {@code @} is {@code _}, {@code '} is {@code _prime}. */
public final class JavaNames {
  /** Methods of {@code Object} and of the generated classes, and the names of its constants. */
  private static final Set<String> TAKEN =
      Set.of(
          "clone", "equals", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString",
          "wait", "metadata", "code", "with", "weights", "load", "init", "workspace", "run",
          "gradients", "trainer", "labels", "parameter", "parameters", "state", "states",
          "withParameters", "save", "predict", "evaluate", "runner", "begin", "input", "compute",
          "output", "outputs", "end", "precision", "copyOfWeights", "outputValue", "outputIndices",
          "outputIndex", "outputFlags", "outputFlag", "rows", "reals", "indices", "flags");

  private JavaNames() {}

  public static String of(String name) {
    String java = name.replace("@", "_").replace("'", "_prime").replace(".", "_");
    return TAKEN.contains(java) || SourceVersion.isKeyword(java) ? java + "_" : java;
  }
}

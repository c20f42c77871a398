package netc.ir;

import java.util.Set;

/** The Java name of a name of the language: {@code @} is {@code _}, {@code '} is {@code _prime}. */
public final class JavaNames {
  /** Methods of {@code Object} and of the generated classes, and the names of its constants. */
  private static final Set<String> TAKEN =
      Set.of(
          "clone", "equals", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString",
          "wait", "metadata", "code", "with", "weights", "load", "init", "workspace", "run",
          "gradients", "trainer", "labels", "parameter", "parameters", "state", "states",
          "withParameters", "withFlavour", "flavour", "save", "predict", "evaluate", "runner",
          "begin", "input", "compute", "output", "outputs", "end", "precision", "copyOfWeights",
          "outputValue", "outputIndices", "outputIndex", "outputFlags", "outputFlag", "rows",
          "reals", "indices", "flags", "seed", "step", "stream");

  private static final Set<String> KEYWORDS =
      Set.of(
          "abstract", "assert", "boolean", "break", "byte", "case", "catch", "char", "class",
          "const", "continue", "default", "do", "double", "else", "enum", "extends", "false",
          "final", "finally", "float", "for", "goto", "if", "implements", "import", "instanceof",
          "int", "interface", "long", "native", "new", "null", "package", "private", "protected",
          "public", "return", "short", "static", "strictfp", "super", "switch", "synchronized",
          "this", "throw", "throws", "transient", "true", "try", "void", "volatile", "while", "_");

  private JavaNames() {}

  public static String of(String name) {
    String java = name.replace("@", "_").replace("'", "_prime").replace(".", "_");
    return TAKEN.contains(java) || KEYWORDS.contains(java) ? java + "_" : java;
  }
}

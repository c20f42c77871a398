package netc.runtime;

import java.util.Locale;

/**
 * The flavours of generated code: the same equations as other loops. Which one is taken is a pure
 * function of the JVM and of the property {@code netc.flavour}, never of a timing, since their sums
 * differ in the last bits.
 */
public enum Flavour {
  /** Kernels of {@code jdk.incubator.vector}: for JVMs started with {@code --add-modules} of it. */
  VECTOR,
  /** Plain loops, which every JVM runs. */
  PORTABLE;

  /** The system property that overrides the table: {@code vector} or {@code portable}. */
  public static final String PROPERTY = "netc.flavour";

  private static final String MODULE = "jdk.incubator.vector";

  /**
   * The flavour of blocks made from now on.
   *
   * @throws IllegalStateException when the property names no flavour, or vectors where there are none
   */
  public static Flavour current() {
    String wanted = System.getProperty(PROPERTY);
    boolean hasModule = ModuleLayer.boot().findModule(MODULE).isPresent();
    if (wanted == null) {
      return hasModule && translatesVectors() ? VECTOR : PORTABLE;
    }
    switch (wanted.toLowerCase(Locale.ROOT)) {
      case "portable":
        return PORTABLE;
      case "vector":
        if (!hasModule) {
          throw new IllegalStateException(
              PROPERTY + " is `vector`, and the JVM was started without --add-modules " + MODULE);
        }
        return VECTOR;
      default:
        throw new IllegalStateException(
            PROPERTY + " is `" + wanted + "`; it can be `vector` or `portable`");
    }
  }

  /**
   * Whether the JVM's compiler turns vectors into instructions: HotSpot's on the processors below. Others
   * allocate an object for each, which is slower than plain loops by orders of magnitude.
   */
  private static boolean translatesVectors() {
    String vm = System.getProperty("java.vm.name", "");
    String vendor = System.getProperty("java.vendor.version", "");
    String mode = System.getProperty("java.vm.info", "");
    String processor = System.getProperty("os.arch", "");
    return (vm.contains("OpenJDK") || vm.contains("HotSpot"))
        && vm.contains("Server")
        && !vendor.contains("GraalVM")
        && !mode.contains("interpreted")
        && (processor.equals("amd64") || processor.equals("x86_64") || processor.equals("aarch64"));
  }
}

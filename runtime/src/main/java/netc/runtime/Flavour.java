package netc.runtime;

import java.util.List;
import java.util.Locale;

/**
 * The flavours of generated code: the same equations as other loops. Which one a network takes is what
 * {@link Network#withFlavour} says; else a pure function of the JVM and of the property {@code
 * netc.flavour}, decided when the network is made; never of a timing, since their sums differ in the
 * last bits.
 */
public enum Flavour {
  /**
   * Kernels of {@code jdk.incubator.vector}: for JVMs started with {@code --add-modules} of it. A {@linkplain
   * Form#isTiny tiny} form has them only where they are asked for.
   */
  VECTOR,
  /** Plain loops, which every JVM runs. */
  PORTABLE;

  /** The system property for networks that nobody chose a flavour for: {@code vector} or {@code portable}. */
  public static final String PROPERTY = "netc.flavour";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String NO_MODULE = "the JVM was started without --add-modules " + MODULE;

  /**
   * The flavour of networks made from now on, unless they are told another.
   *
   * @throws IllegalStateException when the property names no flavour, or vectors where there are none
   */
  public static Flavour current() {
    String wanted = System.getProperty(PROPERTY);
    if (wanted == null) {
      return obstacle() == null ? VECTOR : PORTABLE;
    }
    switch (wanted.toLowerCase(Locale.ROOT)) {
      case "portable":
        return PORTABLE;
      case "vector":
        VECTOR.check("-D" + PROPERTY + "=" + wanted);
        return VECTOR;
      default:
        throw new IllegalStateException(
            "-D" + PROPERTY + "=" + wanted + ": there is no flavour `" + wanted + "`"
                + Names.guess(wanted, List.of("vector", "portable"))
                + " (there are: vector, portable; left out, what suits the JVM)");
    }
  }

  /**
   * Checks that this JVM can run it.
   *
   * @param place where it is asked for
   * @throws IllegalStateException when it cannot
   */
  void check(String place) {
    if (this == VECTOR && !hasModule()) {
      throw new IllegalStateException(
          place + ": vectors need the module " + MODULE + ", and " + NO_MODULE
              + "; start it so, or take PORTABLE, plain loops that every JVM runs");
    }
  }

  /** Why {@link #current} is what it is, to be read behind "because". */
  public static String reason() {
    if (System.getProperty(PROPERTY) != null) {
      return "-D" + PROPERTY + "=" + System.getProperty(PROPERTY) + " asks for it";
    }
    String obstacle = obstacle();
    return obstacle == null
        ? "the JVM has the module " + MODULE + ", and its compiler translates vectors"
        : obstacle;
  }

  /** Whether the property asks for one. */
  static boolean isAskedFor() {
    return System.getProperty(PROPERTY) != null;
  }

  private static boolean hasModule() {
    for (Module module : ModuleLayer.boot().modules()) {
      if (module.getName().equals(MODULE)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What speaks against vectors in this JVM; null where nothing does. HotSpot's compiler turns them into
   * instructions on the processors below; others allocate an object for each, which is slower than plain
   * loops by orders of magnitude.
   */
  private static String obstacle() {
    String vm = System.getProperty("java.vm.name", "");
    String vendor = System.getProperty("java.vendor.version", "");
    String mode = System.getProperty("java.vm.info", "");
    String processor = System.getProperty("os.arch", "");
    if (!hasModule()) {
      return NO_MODULE;
    }
    if (!vm.contains("OpenJDK") && !vm.contains("HotSpot") || !vm.contains("Server")) {
      return "the compiler of `" + vm + "` does not translate vectors";
    }
    if (vendor.contains("GraalVM")) {
      return "the compiler of " + vendor + " does not translate vectors";
    }
    if (mode.contains("interpreted")) {
      return "the JVM interprets, and would make an object of each vector";
    }
    return processor.equals("amd64") || processor.equals("x86_64") || processor.equals("aarch64")
        ? null
        : "vectors on the processor " + processor + " are unknown";
  }
}

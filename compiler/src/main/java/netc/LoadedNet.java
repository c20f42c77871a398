package netc;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import netc.emit.KernelClock;
import netc.runtime.Metadata;
import netc.runtime.Network;

/** A net whose class was defined in memory: the factories that an application would call by name. */
public record LoadedNet(Class<? extends Network> type, Metadata metadata) {

  /** A network with weights drawn by the initialisers. */
  public Network init(long seed) {
    return make("init", long.class, seed);
  }

  /**
   * A network with the weights of a file.
   *
   * @throws netc.io.CheckpointException when there is no such file or it does not fit
   */
  public Network load(Path weights) {
    return make("load", Path.class, weights);
  }

  /**
   * How long each kernel of the class has taken since it was loaded, and how often it was called: an
   * array that goes on counting, of a class compiled {@linkplain CompileOptions#withClocks with clocks}.
   *
   * @throws IllegalArgumentException when it was compiled without
   */
  public long[] kernelTimes() {
    return KernelClock.times(type);
  }

  private Network make(String factory, Class<?> parameter, Object argument) {
    try {
      return (Network) type.getMethod(factory, parameter).invoke(null, argument);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(e.getCause());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the class lacks " + factory, e);
    }
  }
}

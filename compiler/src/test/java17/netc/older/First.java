package netc.older;

import java.nio.file.Path;
import netc.runtime.Network;

/** The least that an application does to predict once. Arguments: the class, and a file of its weights. */
public final class First {
  private First() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    Class<?> type = Class.forName(arguments[0]);
    Network network = (Network) type.getMethod("load", Path.class).invoke(null, Path.of(arguments[1]));
    Object z = type.getMethod("p", float[].class).invoke(network, (Object) new float[20]);
    System.out.println(((float[]) z).length + " outputs");
  }
}

package netc.older;

import netc.runtime.Flavour;
import netc.runtime.Network;

/**
 * An application that chooses the flavour of a network by itself, on whatever Java it is started with.
 * Arguments: the class, then flavours. Prints a line for each: what it got, or why it got none.
 */
public final class Chooser {
  private Chooser() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    Network network =
        (Network) Class.forName(arguments[0]).getMethod("init", long.class).invoke(null, 7L);
    System.out.println("of itself " + network.flavour());
    for (int i = 1; i < arguments.length; i++) {
      try {
        Network chosen = network.withFlavour(Flavour.valueOf(arguments[i]));
        float[] x = {1, 2, 3, 4};
        Object z = chosen.getClass().getMethod("z", float[].class).invoke(chosen, (Object) x);
        System.out.println("chosen " + chosen.flavour() + ", " + ((float[]) z).length + " outputs");
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}

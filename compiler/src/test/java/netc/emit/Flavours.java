package netc.emit;

import netc.runtime.Flavour;

/** Runs a proof in flavours of code: that of the networks made in it, and of no others. */
final class Flavours {
  private Flavours() {}

  /** What may fail as it likes. */
  interface Proof<E extends Throwable> {
    void run() throws E;
  }

  /** With vectors and without. */
  static <E extends Throwable> void each(Proof<E> proof) throws E {
    for (Flavour flavour : Flavour.values()) {
      in(flavour, proof);
    }
  }

  static <E extends Throwable> void in(Flavour flavour, Proof<E> proof) throws E {
    String before = System.getProperty(Flavour.PROPERTY);
    System.setProperty(Flavour.PROPERTY, flavour.name());
    try {
      proof.run();
    } finally {
      if (before == null) {
        System.clearProperty(Flavour.PROPERTY);
      } else {
        System.setProperty(Flavour.PROPERTY, before);
      }
    }
  }
}

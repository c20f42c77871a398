package netc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a JVM without the module of vectors answers to what is asked of it. */
class FlavourTest {
  private static final String NEEDS =
      ": vectors need the module jdk.incubator.vector, and the JVM was started without --add-modules"
          + " jdk.incubator.vector; start it so, or take PORTABLE, plain loops that every JVM runs";

  @BeforeEach
  void thisJvmHasNoVectors() {
    Assumptions.assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty());
  }

  @AfterEach
  void forget() {
    System.clearProperty(Flavour.PROPERTY);
  }

  private static Network network() {
    return Lesson.Net32.init(7);
  }

  @Test
  void plainLoopsAreTakenAndMayBeChosen() {
    assertEquals(Flavour.PORTABLE, Flavour.current());
    assertEquals(Flavour.PORTABLE, network().flavour());
    assertEquals(Flavour.PORTABLE, network().withFlavour(Flavour.PORTABLE).flavour());
    assertEquals("the JVM was started without --add-modules jdk.incubator.vector", Flavour.reason());
  }

  @Test
  void vectorsThatAreNotThereCannotBeChosen() {
    Network network = network();
    var failure = assertThrows(IllegalStateException.class, () -> network.withFlavour(Flavour.VECTOR));
    assertEquals("demo.Lesson.withFlavour(VECTOR)" + NEEDS, failure.getMessage());
  }

  @Test
  void norAskedForByTheProperty() {
    System.setProperty(Flavour.PROPERTY, "vector");
    var failure = assertThrows(IllegalStateException.class, FlavourTest::network);
    assertEquals("-Dnetc.flavour=vector" + NEEDS, failure.getMessage());
  }

  @Test
  void anUnknownNameIsSaidToBeOne() {
    System.setProperty(Flavour.PROPERTY, "portabel");
    var failure = assertThrows(IllegalStateException.class, FlavourTest::network);
    assertEquals(
        "-Dnetc.flavour=portabel: there is no flavour `portabel`; did you mean `portable`?"
            + " (there are: vector, portable; left out, what suits the JVM)",
        failure.getMessage());
  }
}

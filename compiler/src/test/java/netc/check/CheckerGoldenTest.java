package netc.check;

import java.util.Map;
import java.util.stream.Stream;
import netc.Netc;
import netc.golden.Goldens;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CheckerGoldenTest {
  @TestFactory
  Stream<DynamicTest> messages() {
    return Goldens.tests(
        code -> !code.startsWith("E0"), file -> Netc.check(file, Map.of()).diagnostics());
  }
}

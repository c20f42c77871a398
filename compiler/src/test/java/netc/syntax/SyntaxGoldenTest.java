package netc.syntax;

import java.util.stream.Stream;
import netc.golden.Goldens;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SyntaxGoldenTest {
  @TestFactory
  Stream<DynamicTest> messages() {
    return Goldens.tests(
        code -> code.startsWith("E0"), file -> Parser.parse(file).diagnostics());
  }
}

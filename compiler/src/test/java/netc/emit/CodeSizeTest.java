package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.Netc;
import netc.loop.CodeSize;
import netc.loop.Kernel;
import netc.loop.Printer;
import netc.runtime.Precision;
import netc.schedule.Schedule;
import netc.source.SourceFile;
import netc.syntax.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The length of a method is known before it is written. */
class CodeSizeTest {
  @ParameterizedTest
  @EnumSource(Precision.class)
  void isNeverLessThanWhatIsWrittenAndLittleMore(Precision precision) {
    List<Kernel> kernels =
        Stream.of("rewrite", "scans", "emit", "fuzz")
            .flatMap(Texts::folder)
            .flatMap(source -> schedules(source, precision).stream())
            .flatMap(schedule -> schedule.calls().stream())
            .flatMap(call -> call.kernels().stream())
            .map(call -> call.kernel())
            .distinct()
            .toList();
    assertTrue(kernels.size() > 500, kernels.size() + " kernels");
    for (Kernel kernel : kernels) {
      int written = written(kernel);
      int known = CodeSize.of(kernel);
      assertTrue(
          written <= known && known <= 1.3 * written + 10,
          () -> known + " bytes, but " + written + " are written:\n" + Printer.print(kernel));
      assertTrue(known <= CodeSize.LARGEST, () -> known + " bytes:\n" + Printer.print(kernel));
    }
  }

  /** Formulas of many levels are split until every method fits, however small the parts must become. */
  @Test
  void aLongFormulaIsSplitUntilItFits() {
    var condition = "x[i+%d else 0] > y[clamp(2*i-%d), mod(3*i+%d, 9)]";
    var formula = new StringBuilder("x[i]");
    for (int level = 0; level < 40; level++) {
      String test = condition.formatted(level % 7, level % 5, level % 4);
      formula.insert(0, "(if " + test + " then sin(x[wrap(i+" + level + ")]) else ").append(")");
    }
    String text =
        "net Deep {\n  input x[9]\n  input y[9, 9]\n  output z[i] = " + formula
            + "\n  loss l = sum[i] z[i]^2\n}\n";
    var result = Netc.compile(new SourceFile("deep.net", text), CompileOptions.DEFAULT);
    assertEquals(List.of(), result.diagnostics().stream().filter(d -> d.isError()).toList());
    ClassFiles.verify(result.nets().getFirst().classes());
  }

  private static List<Schedule> schedules(SourceFile source, Precision precision) {
    return Netc.check(source, Map.of()).models().stream()
        .flatMap(
            model -> Netc.schedules(model, new CompileOptions(precision, Map.of(), true)).stream())
        .toList();
  }

  private static int written(Kernel kernel) {
    var kernels = new KernelClass("test.Kernels", "test.net", false);
    String name = kernels.method(kernel, 1);
    return ClassFile.of().parse(kernels.bytes()).methods().stream()
        .filter(method -> method.methodName().equalsString(name))
        .map(method -> (CodeAttribute) method.code().orElseThrow())
        .mapToInt(CodeAttribute::codeLength)
        .sum();
  }
}

package netc.emit;

import java.util.Map;
import netc.ir.JavaNames;
import netc.ir.Model;
import netc.loop.ScalarType;

/**
 * What a class carries besides its equations.
 *
 * @param real the element type of the class, FLOAT or DOUBLE
 * @param sourceName the file name shown in stack traces and messages
 * @param sourceSha256 of the source text, in hexadecimal
 * @param overrides sizes set on the command line
 * @param clocked whether each kernel adds up how long it takes: {@link KernelClock}
 */
public record EmitOptions(
    ScalarType real,
    String sourceName,
    String sourceSha256,
    String compilerVersion,
    Map<String, Double> overrides,
    boolean clocked) {

  /** The internal name of a net's class. */
  String className(Model model) {
    String name = JavaNames.of(model.name());
    return model.packageName().isEmpty()
        ? name
        : model.packageName().replace('.', '/') + "/" + name;
  }
}

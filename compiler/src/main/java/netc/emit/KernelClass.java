package netc.emit;

import java.util.HashMap;
import java.util.Map;
import netc.loop.Kernel;
import org.objectweb.asm.Opcodes;

/** The kernels of a net, each written once whatever the number of its uses. */
final class KernelClass {
  private final String name;
  private final ClassFile file;
  private final Map<Kernel, String> methods = new HashMap<>();

  KernelClass(String name, String source) {
    this.name = name;
    this.file = new ClassFile(Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC, name, null, "java/lang/Object", source);
    file.emptyConstructor(Opcodes.ACC_PRIVATE);
  }

  String name() {
    return name;
  }

  /** The method of a kernel; {@code line} becomes its line when this is the first use. */
  String method(Kernel kernel, int line) {
    String known = methods.get(kernel);
    if (known != null) {
      return known;
    }
    String method = "kernel" + methods.size();
    methods.put(kernel, method);
    KernelToMethod.write(file, method, kernel, line);
    return method;
  }

  byte[] bytes() {
    return file.bytes();
  }
}

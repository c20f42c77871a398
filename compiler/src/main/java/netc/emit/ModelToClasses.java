package netc.emit;

import java.util.LinkedHashMap;
import java.util.List;
import netc.ir.Model;
import netc.runtime.Form;
import netc.runtime.Metadata;
import netc.schedule.Schedule;

/** From a model and the schedules of its forms to class files. */
public final class ModelToClasses {
  private ModelToClasses() {}

  /** The class files by class name ({@code demo.Iris}, {@code demo.Iris$Code}, …). */
  public static Emitted emit(
      Model model, List<Schedule> schedules, EmitOptions options) {
    String name = options.className(model);
    List<Form> forms = FormSlots.of(schedules);
    Metadata metadata = ModelToMetadata.of(model, forms, options);
    var kernels = new KernelClass(name + "$Kernels", options.sourceName(), false);
    var vectors = new KernelClass(name + "$Vectors", options.sourceName(), true);
    KernelClock clock =
        options.clocked() ? KernelClock.of(name + "$Code", schedules) : KernelClock.NONE;
    byte[] code =
        new CodeClass(name + "$Code", options.sourceName(), kernels, vectors, clock)
            .bytes(schedules, forms);
    var classes = new LinkedHashMap<String, byte[]>();
    classes.put(name, new NetworkClass(name, metadata, options).bytes());
    classes.put(name + "$Workspace", new WorkspaceClass(name, metadata, options).bytes());
    classes.put(name + "$Code", code);
    classes.put(name + "$Kernels", kernels.bytes());
    if (!vectors.isEmpty()) {
      classes.put(name + "$Vectors", vectors.bytes());
    }
    var named = new LinkedHashMap<String, byte[]>();
    classes.forEach((internal, bytes) -> named.put(internal.replace('/', '.'), bytes));
    return new Emitted(metadata, named);
  }
}

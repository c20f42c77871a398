package netc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import netc.emit.GeneratedClasses;
import netc.emit.ModelToStub;
import netc.ir.Model;
import netc.runtime.Metadata;
import netc.runtime.Network;

/**
 * One net as class files.
 *
 * @param model what the checker knows of it
 * @param metadata what its class knows of it
 * @param classes the class files by class name ({@code demo.Iris}, {@code demo.Iris$Code}, …)
 */
public record CompiledNet(Model model, Metadata metadata, Map<String, byte[]> classes) {
  public CompiledNet {
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
  }

  /** The class as Java source without bodies, documented: for editors and the javadoc tool. */
  public String stub() {
    return ModelToStub.of(model, metadata);
  }

  /** Defines the classes in a loader of their own, which is collected with them. */
  public LoadedNet load() {
    try {
      Class<?> type = new GeneratedClasses(classes).loadClass(metadata.className());
      return new LoadedNet(type.asSubclass(Network.class), metadata);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the emitter made no " + metadata.className(), e);
    }
  }
}

package netc.emit;

import java.util.Map;

/** Defines generated classes in memory, in a loader of its own, so that they can be unloaded. */
public final class GeneratedClasses extends ClassLoader {
  private final Map<String, byte[]> classes;

  public GeneratedClasses(Map<String, byte[]> classes) {
    super("netc", netc.runtime.Network.class.getClassLoader());
    this.classes = Map.copyOf(classes);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }
}

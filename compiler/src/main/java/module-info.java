/** The compiler from {@code .net} files to class files, and its command line. */
module netc.compiler {
  requires netc.grammar;
  requires netc.runtime;
  requires org.objectweb.asm;
  requires info.picocli;

  exports netc.source;
}

/** The compiler from {@code .net} files to class files, and its command line. */
module netc.compiler {
  requires netc.grammar;
  requires transitive netc.runtime;
  requires org.objectweb.asm;
  requires info.picocli;
  requires com.google.gson;
  requires me.tongfei.progressbar;
  requires java.management;

  exports netc;
  exports netc.check;
  exports netc.explain;
  exports netc.ir;
  exports netc.source;

  opens netc.cli to
      info.picocli,
      com.google.gson;
  opens netc.source to
      com.google.gson;
}

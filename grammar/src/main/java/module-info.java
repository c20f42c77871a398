/** The generated lexer and parser of the {@code .net} language. */
module netc.grammar {
  requires transitive org.antlr.antlr4.runtime;

  exports netc.grammar;
}

/**
 * The façade. In: a {@code .net} file. Out: class files, or a class in memory. Everything that compiles,
 * the command line, tests and tools, goes through {@link netc.Netc}; nobody strings the phases together
 * a second time. May use every room but {@code netc.cli}. Open {@link netc.Netc} first.
 */
package netc;

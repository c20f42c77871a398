/**
 * The command line, one class a command, on picocli. In: arguments. Out: text, files, an exit code.
 * Guaranteed: bad input gives a message and exit code 1, never a stack trace. May use every room; all
 * compiling goes through {@link netc.Netc}. Open {@link netc.cli.Main} first.
 */
package netc.cli;

/**
 * Source files, places in them, and messages about them. In: text. Out: {@link
 * netc.source.Diagnostic}s as data and as text or JSON. Uses nothing; every other room may use it.
 * Open {@link netc.source.Diagnostic} first.
 */
package netc.source;

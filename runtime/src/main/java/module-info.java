/** What generated classes and applications need: no dependency beyond {@code java.base}. */
module netc.runtime {
  exports netc.runtime;
  exports netc.io;
  exports netc.data;
  exports netc.train;
}

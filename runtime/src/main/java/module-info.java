/** What generated classes and applications need: no dependency beyond {@code java.base}. */
module netc.runtime {
  exports netc.runtime;
}

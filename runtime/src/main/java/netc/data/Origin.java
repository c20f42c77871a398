package netc.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Where the values of an input or target come from. */
sealed interface Origin {

  /**
   * Columns of the table of rows.
   *
   * @param selections which, in order; they fill a tensor row-major
   * @param labels the class names of an index, or none
   * @param missing what stands for a missing value, if that is allowed
   * @param place of the setting, for messages
   */
  record Columns(
      List<Selection> selections, List<String> labels, OptionalDouble missing, String place)
      implements Origin {}

  /** A file of its own, in the IDX format, with those of the other splits. */
  record Idx(String file, Optional<String> valid, Optional<String> test, String place)
      implements Origin {}

  /** One column, or several that stand together. */
  sealed interface Selection {
    record Named(String name) implements Selection {}

    record At(long position) implements Selection {}

    record NamedRange(String first, String last, boolean inclusive) implements Selection {}

    /** {@code first} to {@code end}, without it. */
    record Between(long first, long end) implements Selection {}
  }
}

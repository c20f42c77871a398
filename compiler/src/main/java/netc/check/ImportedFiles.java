package netc.check;

import netc.source.SourceFile;

/** Finds the files that a file imports. */
@FunctionalInterface
public interface ImportedFiles {

  /** For texts that are no files: nothing can be imported but the library. */
  ImportedFiles NONE =
      (importer, target, isFile) -> {
        throw new netc.source.SourceException("there is no file " + target, null);
      };

  /**
   * The text of an imported file; one and the same file has one and the same name.
   *
   * @param importer the file in which the import stands
   * @param target what is imported: a path relative to the importer, or a dotted name
   * @param isFile whether it was written as a path
   * @throws netc.source.SourceException when it cannot be read; the message says why
   */
  SourceFile find(SourceFile importer, String target, boolean isFile);
}

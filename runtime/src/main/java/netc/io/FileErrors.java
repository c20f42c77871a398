package netc.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What an IOException means to a user. */
public final class FileErrors {
  private FileErrors() {}

  public static String reading(Path file, IOException e) {
    return "cannot read " + file + ": " + reason(file, e);
  }

  public static String writing(Path file, IOException e) {
    return "cannot write " + file + ": " + reason(file, e) + "; what was there before is unchanged";
  }

  private static String reason(Path file, IOException e) {
    if (e instanceof NoSuchFileException missing) {
      if (missing.getReason() != null) {
        return missing.getReason();
      }
      Path folder = file.toAbsolutePath().getParent();
      return folder != null && !java.nio.file.Files.isDirectory(folder)
          ? "the folder " + folder + " does not exist"
          : "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}

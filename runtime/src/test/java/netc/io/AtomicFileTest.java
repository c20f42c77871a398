package netc.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import netc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is replaced whole or not at all. */
class AtomicFileTest {
  @TempDir private Path folder;

  private static AtomicFile.Content text(String text) {
    return channel -> channel.write(ByteBuffer.wrap(text.getBytes()));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void aFullDiskLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.writeString(file, "old");
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[1000]));
                      throw new IOException("No space left on device");
                    }));
    assertEquals(
        "cannot write " + file + ": No space left on device; what was there before is unchanged",
        FileErrors.writing(file, failure));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void nothingHasTheNameBeforeTheCommit() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Files.writeString(first, "old");
    try (AtomicFile one = AtomicFile.stage(first, text("new"));
        AtomicFile two = AtomicFile.stage(second, text("new"))) {
      assertEquals("old", Files.readString(first));
      assertFalse(Files.exists(second));
      one.commit();
      assertFalse(Files.exists(second), "two was not committed");
      assertEquals("new", Files.readString(first));
      assertTrue(two != null);
    }
    assertEquals(List.of(first), files());
  }

  @Test
  void aDeviceIsWrittenToAndNotReplaced() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "a device of Linux");
    String message =
        assertThrows(
                CheckpointException.class,
                () -> SafeTensors.write(full, Map.of("w", Tensor.of(new float[4], 4)), Map.of()))
            .getMessage();
    assertEquals(
        "cannot write /dev/full: No space left on device; what was there before is unchanged",
        message);
    assertFalse(Files.isRegularFile(full));
    SafeTensors.write(Path.of("/dev/null"), Map.of("w", Tensor.of(new float[4], 4)), Map.of());
    assertFalse(Files.isRegularFile(Path.of("/dev/null")));
  }
}

package netc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import netc.runtime.DType;
import netc.runtime.Lesson;
import netc.runtime.Metadata;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.runtime.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  @TempDir Path folder;

  private static byte[] idx(int type, byte[] data, int... shape) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * shape.length + data.length);
    file.putInt(type << 8 | shape.length);
    for (int size : shape) {
      file.putInt(size);
    }
    return file.put(data).array();
  }

  private static Tensor read(byte[] bytes) {
    return IdxReader.read("t.idx", new ByteArrayInputStream(bytes));
  }

  private static String error(byte[] bytes) {
    return assertThrows(DataException.class, () -> read(bytes)).getMessage();
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(zipped)) {
      zip.write(bytes);
    }
    return zipped.toByteArray();
  }

  @Test
  void plainAndZippedBytes() throws IOException {
    byte[] bytes = idx(8, new byte[] {0, 1, 2, -1, 4, 5}, 2, 3);
    Tensor tensor = read(bytes);
    assertEquals(DType.U8, tensor.dtype());
    assertArrayEquals(new int[] {2, 3}, tensor.shape());
    assertEquals(255, tensor.get(3));
    assertEquals(tensor, read(zipped(bytes)));
  }

  @Test
  void widerTypesAreBigEndian() {
    byte[] four = ByteBuffer.allocate(4).putInt(-70_000).array();
    assertEquals(-70_000, read(idx(0x0C, four, 1)).get(0));
    byte[] real = ByteBuffer.allocate(8).putDouble(1e-300).array();
    assertEquals(1e-300, read(idx(0x0E, real, 1)).get(0));
    assertEquals(-300, read(idx(0x0B, new byte[] {-2, -44}, 1)).get(0));
  }

  @Test
  void hostileHeadersAreRefused() throws IOException {
    assertTrue(error(new byte[0]).contains("it ends too early"));
    assertTrue(error(new byte[] {1, 2, 3, 4, 5}).contains("does not start like an IDX file"));
    assertTrue(error(idx(8, new byte[0])).contains("does not start like"));
    assertTrue(error(idx(8, new byte[3], 4)).contains("4 bytes, but only 3 follow"));
    assertTrue(error(idx(8, new byte[5], 4)).contains("more than the 4 bytes"));
    assertTrue(error(idx(8, new byte[0], -1)).contains("more than fit"));
    int huge = Integer.MAX_VALUE;
    assertTrue(error(idx(0x0E, new byte[0], huge, huge, huge, huge)).contains("more than fit"));
    assertTrue(error(idx(8, new byte[9], huge)).contains("but only 9 follow"));
    byte[] zipped = zipped(idx(8, new byte[1000], 1000));
    assertTrue(error(java.util.Arrays.copyOf(zipped, zipped.length - 9)).startsWith("t.idx: "));
  }

  @Test
  void filesFillInputsAndTargets() throws IOException {
    Files.write(folder.resolve("x.idx"), idx(8, new byte[] {1, 2, 3, 4, 5, 6}, 2, 3));
    Files.write(folder.resolve("c.idx"), idx(8, new byte[] {3, 0}, 2));
    Files.write(folder.resolve("y.idx"), zipped(idx(8, new byte[4], 2, 2)));
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : new String[] {"x", "c", "y"}) {
      files.put(name, name + ".idx");
      files.put(name + ".test", name + ".idx");
    }
    var data = new Metadata.Data(files, Map.of(), ",", Map.of());
    DataSpec spec = DataSpec.of(Lesson.metadata(Precision.F32, data, Training.DEFAULTS));
    Splits splits = spec.load(folder, 1);
    assertEquals(2, splits.train().rows());
    assertEquals(6, splits.test().orElseThrow().tensor("x").get(5));
    Path wrong = folder.resolve("wrong.idx");
    Files.write(wrong, idx(8, new byte[] {3, 4}, 2));
    assertEquals(
        wrong + " row 2: 4 is not in 0..3 (input c : index(4), lesson.net:5)",
        assertThrows(DataException.class, () -> spec.withFile("c", wrong).load(folder, 1))
            .getMessage());
    assertTrue(
        assertThrows(DataException.class, () -> spec.withFile("x", wrong).load(folder, 1))
            .getMessage()
            .contains("each row of input `x` has 3 elements"));
    Files.write(wrong, idx(8, new byte[] {3}, 1));
    assertEquals(
        "x has 2 rows, but c has 1",
        assertThrows(DataException.class, () -> spec.withFile("c", wrong).load(folder, 1))
            .getMessage());
  }
}

package netc.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import netc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  @TempDir Path folder;

  private static byte[] file(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    return file.putLong(text.length).put(text).array();
  }

  private static String entry(String dtype, String shape, long begin, long end) {
    return "{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + ","
        + end + "]}";
  }

  private static String error(byte[] bytes) {
    return assertThrows(CheckpointException.class, () -> SafeTensors.read("w.safetensors", bytes))
        .getMessage();
  }

  @Test
  void whatIsWrittenIsRead() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    float[] many = new float[100_003]; // more than one chunk
    for (int i = 0; i < many.length; i++) {
      many[i] = i * 0.5f;
    }
    tensors.put("größe \"∑\"\n\ud83d\ude00", Tensor.of(many, 100_003));
    tensors.put("d", Tensor.of(new double[] {-0.0, Double.NaN, 1e300}, 3, 1));
    tensors.put("l", Tensor.of(new long[] {Long.MIN_VALUE, 7}, 2));
    tensors.put("i", Tensor.of(new int[] {-1, 2}, 2));
    tensors.put("u", Tensor.of(new byte[] {-1}, 1));
    tensors.put("t", Tensor.of(new boolean[] {true, false}, 2));
    tensors.put("scalar", Tensor.of(new float[] {3}));
    tensors.put("none", Tensor.of(new float[0], 0, 5));
    Path file = folder.resolve("w.safetensors");
    SafeTensors.write(file, tensors, Map.of("a", "b\\\u0001"));
    SafeTensors.Content content = SafeTensors.read(file);
    assertEquals(tensors, content.tensors());
    assertEquals(Map.of("a", "b\\\u0001"), content.metadata());
    assertEquals(255, content.tensors().get("u").get(0));
  }

  @Test
  void narrowTypesAreWidened() {
    String header =
        "{\"h\":" + entry("F16", "[4]", 0, 8) + ",\"b\":" + entry("BF16", "[1]", 8, 10) + ",\"s\":"
            + entry("I16", "[1]", 10, 12) + ",\"o\":" + entry("I8", "[1]", 12, 13) + "}";
    byte[] bytes = file(header, 13);
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    data.position(bytes.length - 13);
    data.putShort((short) 0x3C00).putShort((short) 0xC000).putShort((short) 1);
    data.putShort((short) 0x7C00).putShort((short) 0x3FC0).putShort((short) -5).put((byte) -7);
    Map<String, Tensor> tensors = SafeTensors.read("w", bytes).tensors();
    assertArrayEquals(
        new float[] {1, -2, 0x1p-24f, Float.POSITIVE_INFINITY}, tensors.get("h").floats());
    assertEquals(1.5, tensors.get("b").get(0));
    assertEquals(-5, tensors.get("s").get(0));
    assertEquals(-7, tensors.get("o").get(0));
  }

  @Test
  void damagedLengthsAreRefused() {
    assertTrue(error(new byte[3]).startsWith("w.safetensors: it has only 3 bytes"));
    byte[] bytes = file("{}", 0);
    for (long length : new long[] {-1, Long.MAX_VALUE, 3, 0, 200_000_000}) {
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      assertTrue(error(bytes).contains("its header would be"), error(bytes));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32 | [2]                   | 0 | 4  | needs 8 bytes",
        "F32 | [2]                   | 4 | 12 | leaves a gap",
        "F32 | [3]                   | 0 | 12 | ends at byte 12, but there are only 8",
        "F32 | [1]                   | 0 | 4  | but 8 follow the header",
        "F32 | [2]                   | 8 | 0  | needs 8 bytes",
        "F32 | [4294967296,4294967296] | 0 | 0 | more than 2^31-1 elements",
        "F32 | [65536,65536]         | 0 | 0  | more than 2^31-1 elements",
        "F32 | [-1]                  | 0 | 8  | a whole number was expected",
        "F32 | [1.5]                 | 0 | 8  | `]` was expected",
        "F32 | [99999999999999999999] | 0 | 8 | a number below 2^63 was expected",
        "C64 | [1]                   | 0 | 8  | dtype `C64`",
        "F32 | [[[[[[2]]]]]]         | 0 | 8  | a whole number was expected",
      })
  void wrongTensorsAreRefused(String dtype, String shape, long begin, long end, String wanted) {
    String message = error(file("{\"w\":" + entry(dtype, shape, begin, end) + "}", 8));
    assertTrue(message.startsWith("w.safetensors: "), message);
    assertTrue(message.contains(wanted), message);
  }

  @Test
  void hostileHeadersAreRefused() {
    String w = "\"w\":" + entry("F32", "[2]", 0, 8);
    assertTrue(error(file("{" + w + "," + w + "}", 8)).contains("`w` stands twice"));
    String v = "\"v\":" + entry("F32", "[2]", 4, 12);
    assertTrue(error(file("{" + w + "," + v + "}", 12)).contains("overlaps the tensor before it"));
    assertTrue(error(file("{" + w, 8)).contains("`}` was expected, but there is its end"));
    assertTrue(error(file("{" + w + "}x", 8)).contains("the end of the header"));
    assertTrue(error(file("[".repeat(1_000_000), 0)).contains("`{` was expected"));
    assertTrue(error(file("{\"w\":{\"dtype\":\"F32\"}}", 0)).contains("lacks dtype, shape"));
    assertTrue(error(file("{\"w\":{\"x\":1}}", 0)).contains("unknown property `x`"));
    String twice = "{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F64\"}}";
    assertTrue(error(file(twice, 0)).contains("stands twice"));
    byte[] latin = file("{\"?\":1}", 0);
    latin[10] = (byte) 0xE4;
    assertTrue(error(latin).contains("not UTF-8"));
    byte[] truth = file("{\"t\":" + entry("BOOL", "[1]", 0, 1) + "}", 1);
    truth[truth.length - 1] = 2;
    assertTrue(error(truth).contains("has the byte 2"));
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] whole = file("{\"w\":" + entry("F32", "[2]", 0, 8) + "}", 8);
    for (int length = 0; length < whole.length; length++) {
      error(java.util.Arrays.copyOf(whole, length));
    }
  }

  @Test
  void missingFilesAreNamed() {
    Path file = folder.resolve("none.safetensors");
    assertEquals(
        "cannot read " + file + ": there is no such file",
        assertThrows(CheckpointException.class, () -> SafeTensors.read(file)).getMessage());
    assertEquals(
        "cannot read " + folder + ": it is a folder",
        assertThrows(CheckpointException.class, () -> SafeTensors.read(folder)).getMessage());
  }

  @Test
  void foldersAreChecked() {
    Path file = folder.resolve("none/w.safetensors");
    assertEquals(
        "cannot write " + file + ": the folder " + folder.resolve("none")
            + " does not exist; what was there before is unchanged",
        assertThrows(
                CheckpointException.class, () -> SafeTensors.write(file, Map.of(), Map.of()))
            .getMessage());
  }
}

package netc.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.Tensor;

/** Reads a file that may be damaged or hostile: nothing is allocated before its size was checked. */
final class SafeTensorsReader {
  static final String REMEDY = "the file is damaged or no safetensors file: copy or make it again";
  private static final long LONGEST_HEADER = 100_000_000;
  private static final int CHUNK = 1 << 16;

  private final String file;
  private final Source source;

  SafeTensorsReader(String file, Source source) {
    this.file = file;
    this.source = source;
  }

  SafeTensors.Content read() throws IOException {
    long size = source.size();
    if (size < 8) {
      throw new CheckpointException(file + ": it has only " + size + " bytes; " + REMEDY);
    }
    long length = buffer(0, 8).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
      throw new CheckpointException(
          file + ": its header would be " + Long.toUnsignedString(length) + " bytes long, but "
              + (size - 8) + " bytes follow (at most " + LONGEST_HEADER + " are allowed); " + REMEDY);
    }
    var header = new SafeTensorsHeader(file, buffer(8, (int) length));
    header.parse();
    List<SafeTensorsHeader.Entry> entries = new ArrayList<>(header.entries.values());
    entries.sort(
        Comparator.comparingLong(SafeTensorsHeader.Entry::begin)
            .thenComparingLong(SafeTensorsHeader.Entry::end));
    check(entries, size - 8 - length);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (SafeTensorsHeader.Entry entry : entries) {
      tensors.put(entry.name(), tensor(entry, 8 + length + entry.begin()));
    }
    return new SafeTensors.Content(tensors, header.metadata);
  }

  /** The tensors' bytes must follow each other without gap or overlap and fill the file. */
  private void check(List<SafeTensorsHeader.Entry> entries, long available) {
    long expected = 0;
    for (SafeTensorsHeader.Entry entry : entries) {
      long bytes = elements(entry) * bytes(entry);
      if (entry.end() < entry.begin() || entry.end() - entry.begin() != bytes) {
        throw wrong(
            entry,
            "of shape " + entry.shape() + " needs " + bytes + " bytes, but its data_offsets are ["
                + entry.begin() + ", " + entry.end() + "]");
      }
      if (entry.begin() != expected) {
        String what = entry.begin() < expected ? "overlaps the tensor before it" : "leaves a gap";
        throw wrong(entry, "begins at byte " + entry.begin() + " instead of " + expected + ": it " + what);
      }
      if (entry.end() > available) {
        throw wrong(entry, "ends at byte " + entry.end() + ", but there are only " + available);
      }
      expected = entry.end();
    }
    if (expected != available) {
      throw new CheckpointException(
          file + ": its tensors have " + expected + " bytes, but " + available + " follow the header; "
              + REMEDY);
    }
  }

  private long elements(SafeTensorsHeader.Entry entry) {
    long product = 1;
    for (long size : entry.shape()) {
      if (size > Integer.MAX_VALUE || (product *= size) > Integer.MAX_VALUE) {
        throw wrong(entry, "of shape " + entry.shape() + " has more than 2^31-1 elements");
      }
    }
    return product;
  }

  private long bytes(SafeTensorsHeader.Entry entry) {
    return switch (entry.dtype()) {
      case "F64", "I64" -> 8;
      case "F32", "I32" -> 4;
      case "F16", "BF16", "I16" -> 2;
      case "I8", "U8", "BOOL" -> 1;
      default ->
          throw new CheckpointException(
              file + ": tensor `" + SafeTensorsHeader.shown(entry.name()) + "` has dtype `"
                  + SafeTensorsHeader.shown(entry.dtype())
                  + "`, which is not supported; convert it to F32 or F64"
                  + " (supported: F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL)");
    };
  }

  private Tensor tensor(SafeTensorsHeader.Entry entry, long start) throws IOException {
    int count = (int) elements(entry);
    int[] shape = entry.shape().stream().mapToInt(Long::intValue).toArray();
    int width = (int) bytes(entry);
    return switch (entry.dtype()) {
      case "F64" -> {
        double[] data = new double[count];
        chunks(start, count, width, (b, at, n) -> b.asDoubleBuffer().get(data, at, n));
        yield Tensor.of(data, shape);
      }
      case "F32" -> {
        float[] data = new float[count];
        chunks(start, count, width, (b, at, n) -> b.asFloatBuffer().get(data, at, n));
        yield Tensor.of(data, shape);
      }
      case "F16", "BF16" -> {
        float[] data = new float[count];
        boolean brain = entry.dtype().equals("BF16");
        chunks(start, count, width, (b, at, n) -> {
          for (int i = 0; i < n; i++) {
            short bits = b.getShort(2 * i);
            data[at + i] = brain ? Float.intBitsToFloat(bits << 16) : half(bits);
          }
        });
        yield Tensor.of(data, shape);
      }
      case "I64" -> {
        long[] data = new long[count];
        chunks(start, count, width, (b, at, n) -> b.asLongBuffer().get(data, at, n));
        yield Tensor.of(data, shape);
      }
      case "I32" -> {
        int[] data = new int[count];
        chunks(start, count, width, (b, at, n) -> b.asIntBuffer().get(data, at, n));
        yield Tensor.of(data, shape);
      }
      case "I16", "I8" -> {
        int[] data = new int[count];
        chunks(start, count, width, (b, at, n) -> {
          for (int i = 0; i < n; i++) {
            data[at + i] = width == 2 ? b.getShort(2 * i) : b.get(i);
          }
        });
        yield Tensor.of(data, shape);
      }
      case "U8" -> Tensor.of(octets(start, count), shape);
      default -> truths(entry, octets(start, count), shape);
    };
  }

  private byte[] octets(long start, int count) throws IOException {
    byte[] data = new byte[count];
    chunks(start, count, 1, (b, at, n) -> b.get(data, at, n));
    return data;
  }

  private Tensor truths(SafeTensorsHeader.Entry entry, byte[] data, int[] shape) {
    for (byte value : data) {
      if (value != 0 && value != 1) {
        throw wrong(entry, "of dtype BOOL has the byte " + (value & 255) + ", not only 0 and 1");
      }
    }
    return Tensor.ofTruths(data, shape);
  }

  /** Takes {@code count} elements from the buffer to position {@code at} on. */
  private interface Taker {
    void take(ByteBuffer buffer, int at, int count);
  }

  private void chunks(long start, int count, int width, Taker taker) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    int step = CHUNK / width;
    int taken;
    for (int at = 0; at < count; at += taken) {
      taken = Math.min(step, count - at);
      chunk.clear().limit(taken * width);
      source.read(start + (long) at * width, chunk);
      chunk.flip();
      taker.take(chunk, at, taken);
    }
  }

  private ByteBuffer buffer(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    source.read(position, buffer);
    return buffer.flip();
  }

  /** IEEE 754 binary16. */
  static float half(short bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 0x3FF;
    float magnitude;
    if (exponent == 31) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else {
      magnitude = Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
    }
    return bits < 0 ? -magnitude : magnitude;
  }

  private CheckpointException wrong(SafeTensorsHeader.Entry entry, String what) {
    return new CheckpointException(
        file + ": tensor `" + SafeTensorsHeader.shown(entry.name()) + "` " + what + "; " + REMEDY);
  }
}

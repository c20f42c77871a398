package netc.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.DType;
import netc.runtime.Tensor;

/** Reads a file that may be damaged or hostile: nothing is allocated before its size was checked. */
final class SafeTensorsReader {
  static final String REMEDY = "the file is damaged or no safetensors file: copy or make it again";
  private static final long LONGEST_HEADER = 100_000_000;
  private static final int CHUNK = 1 << 16;

  private final String file;
  private final ReadableByteChannel source;
  private final long size;

  /**
   * @param source read once, from its start to its end
   * @param size its bytes
   */
  SafeTensorsReader(String file, ReadableByteChannel source, long size) {
    this.file = file;
    this.source = source;
    this.size = size;
  }

  SafeTensors.Content read() throws IOException {
    if (size < 8) {
      throw damaged("it has only " + size + " bytes");
    }
    long length = buffer(8).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
      throw damaged(
          "its header would be " + Long.toUnsignedString(length) + " bytes long, but " + (size - 8)
              + " bytes follow (at most " + LONGEST_HEADER + " are allowed)");
    }
    var header = new SafeTensorsHeader(file, buffer((int) length));
    header.parse();
    List<SafeTensorsHeader.Entry> entries = new ArrayList<>(header.entries.values());
    entries.sort(null);
    check(entries, size - 8 - length);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (SafeTensorsHeader.Entry entry : entries) {
      tensors.put(entry.name(), tensor(entry));
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
      throw damaged(
          "its tensors have " + expected + " bytes, but " + available + " follow the header");
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

  private Tensor tensor(SafeTensorsHeader.Entry entry) throws IOException {
    int count = (int) elements(entry);
    int[] shape = new int[entry.shape().size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = entry.shape().get(i).intValue();
    }
    DType type =
        switch (entry.dtype()) {
          case "F32", "F16", "BF16" -> DType.F32;
          case "F64" -> DType.F64;
          case "I64" -> DType.I64;
          case "I32", "I16", "I8" -> DType.I32;
          case "U8" -> DType.U8;
          case "BOOL" -> DType.BOOL;
          default -> throw new IllegalStateException(entry.dtype()); // bytes() has refused it
        };
    Object data = type.array(count);
    int width = (int) bytes(entry);
    int step = CHUNK / width;
    int taken;
    for (int at = 0; at < count; at += taken) {
      taken = Math.min(step, count - at);
      take(buffer(taken * width), entry.dtype(), data, at, taken);
    }
    if (type == DType.BOOL) {
      checkTruths(entry, (byte[]) data);
    }
    return Tensor.of(type, data, shape);
  }

  /** Takes elements from the buffer to position {@code at} of the data on. */
  private static void take(ByteBuffer buffer, String type, Object data, int at, int count) {
    if (data instanceof double[] doubles) {
      buffer.asDoubleBuffer().get(doubles, at, count);
    } else if (data instanceof long[] longs) {
      buffer.asLongBuffer().get(longs, at, count);
    } else if (data instanceof byte[] bytes) {
      buffer.get(bytes, at, count);
    } else if (data instanceof float[] floats) {
      if (type.equals("F32")) {
        buffer.asFloatBuffer().get(floats, at, count);
        return;
      }
      boolean brain = type.equals("BF16");
      for (int i = 0; i < count; i++) {
        short bits = buffer.getShort(2 * i);
        floats[at + i] = brain ? Float.intBitsToFloat(bits << 16) : half(bits);
      }
    } else {
      int[] ints = (int[]) data;
      for (int i = 0; i < count; i++) {
        ints[at + i] =
            switch (type) {
              case "I32" -> buffer.getInt(4 * i);
              case "I16" -> buffer.getShort(2 * i);
              default -> buffer.get(i);
            };
      }
    }
  }

  private void checkTruths(SafeTensorsHeader.Entry entry, byte[] data) {
    for (byte value : data) {
      if (value != 0 && value != 1) {
        throw wrong(entry, "of dtype BOOL has the byte " + (value & 255) + ", not only 0 and 1");
      }
    }
  }

  /** The next bytes of the file. */
  private ByteBuffer buffer(int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (source.read(buffer) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
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
    return damaged("tensor `" + SafeTensorsHeader.shown(entry.name()) + "` " + what);
  }

  private CheckpointException damaged(String what) {
    return new CheckpointException(file + ": " + what + "; " + REMEDY);
  }
}

package netc.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import netc.runtime.Tensor;

/**
 * Reads the IDX format of the MNIST data sets, plain or gzipped: two zero bytes, the element type, the
 * number of axes, each axis's size and the elements, big-endian.
 */
final class IdxReader {
  private static final String REMEDY = "; the file is damaged or no IDX file: fetch it again";
  private static final int MOST_AXES = 8;

  private IdxReader() {}

  /** The whole file as a tensor; bytes stay bytes. The stream is closed. */
  static Tensor read(String file, InputStream stream) {
    try (InputStream buffered = new BufferedInputStream(stream, 1 << 16)) {
      buffered.mark(2);
      boolean gzip = buffered.read() == 0x1F && buffered.read() == 0x8B;
      buffered.reset();
      return read(
          file, new DataInputStream(gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered));
    } catch (EOFException e) {
      throw new DataException(file + ": it ends too early" + REMEDY, e);
    } catch (IOException e) {
      throw new DataException(file + ": " + e.getMessage() + REMEDY, e);
    }
  }

  private static Tensor read(String file, DataInputStream in) throws IOException {
    int magic = in.readInt();
    int type = magic >> 8 & 255;
    int axes = magic & 255;
    int width =
        switch (type) {
          case 0x08, 0x09 -> 1;
          case 0x0B -> 2;
          case 0x0C, 0x0D -> 4;
          case 0x0E -> 8;
          default -> 0;
        };
    if (magic >>> 16 != 0 || width == 0 || axes < 1 || axes > MOST_AXES) {
      throw new DataException(
          file + ": it does not start like an IDX file (its first bytes are "
              + String.format("%08x", magic) + ")" + REMEDY);
    }
    int[] shape = new int[axes];
    long elements = 1;
    for (int i = 0; i < axes; i++) {
      shape[i] = in.readInt();
      elements = shape[i] < 0 ? Long.MAX_VALUE : elements * shape[i];
      if (elements > Integer.MAX_VALUE / width) {
        throw new DataException(
            file + ": its header says " + Arrays.toString(Arrays.copyOf(shape, i + 1))
                + " elements, more than fit" + REMEDY);
      }
    }
    int needed = (int) elements * width;
    byte[] bytes = in.readNBytes(needed);
    if (bytes.length != needed) {
      throw new DataException(
          file + ": its header says " + Arrays.toString(shape) + ", " + needed
              + " bytes, but only " + bytes.length + " follow" + REMEDY);
    }
    if (in.read() >= 0) {
      throw new DataException(
          file + ": there is more than the " + needed + " bytes that its header says" + REMEDY);
    }
    return tensor(type, bytes, (int) elements, shape);
  }

  private static Tensor tensor(int type, byte[] bytes, int elements, int[] shape) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
    switch (type) {
      case 0x08 -> {
        return Tensor.of(bytes, shape);
      }
      case 0x0D -> {
        float[] data = new float[elements];
        buffer.asFloatBuffer().get(data);
        return Tensor.of(data, shape);
      }
      case 0x0E -> {
        double[] data = new double[elements];
        buffer.asDoubleBuffer().get(data);
        return Tensor.of(data, shape);
      }
      default -> {
        int[] data = new int[elements];
        for (int i = 0; i < elements; i++) {
          data[i] =
              type == 0x09
                  ? bytes[i]
                  : type == 0x0B ? buffer.getShort(2 * i) : buffer.getInt(4 * i);
        }
        return Tensor.of(data, shape);
      }
    }
  }
}

package netc.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import netc.runtime.Tensor;

/** Writes tensors in the order given; the header is padded so that their bytes start at a multiple of 8. */
final class SafeTensorsWriter {
  private static final int CHUNK = 1 << 16;

  private SafeTensorsWriter() {}

  static void write(
      WritableByteChannel channel, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = header(tensors, metadata).getBytes(StandardCharsets.UTF_8);
    int padded = (header.length + 7) / 8 * 8;
    ByteBuffer start = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    start.putLong(padded).put(header);
    while (start.hasRemaining()) {
      start.put((byte) ' ');
    }
    drain(start, channel);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : tensors.values()) {
      write(tensor, chunk, channel);
    }
  }

  private static String header(Map<String, Tensor> tensors, Map<String, String> metadata) {
    var json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      json.append("\"__metadata__\":{");
      for (Map.Entry<String, String> fact : metadata.entrySet()) {
        quote(fact.getKey(), json);
        json.append(':');
        quote(fact.getValue(), json);
        json.append(',');
      }
      json.setLength(json.length() - 1);
      json.append("},");
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      long end = offset + (long) tensor.elements() * tensor.dtype().bytes();
      quote(entry.getKey(), json);
      json.append(":{\"dtype\":\"").append(tensor.dtype()).append("\",\"shape\":");
      json.append(Arrays.toString(tensor.shape()).replace(" ", ""));
      json.append(",\"data_offsets\":[").append(offset).append(',').append(end).append("]},");
      offset = end;
    }
    if (json.length() > 1) {
      json.setLength(json.length() - 1);
    }
    return json.append('}').toString();
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  private static void write(Tensor tensor, ByteBuffer chunk, WritableByteChannel channel)
      throws IOException {
    int step = CHUNK / tensor.dtype().bytes();
    int count;
    for (int from = 0; from < tensor.elements(); from += count) {
      count = Math.min(step, tensor.elements() - from);
      chunk.clear();
      Object array = tensor.array();
      if (array instanceof float[] floats) {
        chunk.asFloatBuffer().put(floats, from, count);
      } else if (array instanceof double[] doubles) {
        chunk.asDoubleBuffer().put(doubles, from, count);
      } else if (array instanceof long[] longs) {
        chunk.asLongBuffer().put(longs, from, count);
      } else if (array instanceof int[] ints) {
        chunk.asIntBuffer().put(ints, from, count);
      } else {
        chunk.duplicate().put((byte[]) array, from, count);
      }
      chunk.limit(count * tensor.dtype().bytes());
      drain(chunk, channel);
    }
  }

  private static void drain(ByteBuffer buffer, WritableByteChannel channel) throws IOException {
    buffer.position(0);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}

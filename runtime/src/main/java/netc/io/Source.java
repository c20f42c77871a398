package netc.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Bytes at positions: a file, or an array that was read from a jar. */
interface Source extends AutoCloseable {
  long size() throws IOException;

  /** Fills the buffer from a position on. */
  void read(long position, ByteBuffer buffer) throws IOException;

  @Override
  void close() throws IOException;

  static Source of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new NoSuchFileException(file.toString(), null, "it is a folder");
    }
    FileChannel channel = FileChannel.open(file);
    return new Source() {
      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public void read(long position, ByteBuffer buffer) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
          int count = channel.read(buffer, at);
          if (count < 0) {
            throw new EOFException("the file became shorter while it was read");
          }
          at += count;
        }
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  static Source of(byte[] bytes) {
    return new Source() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void read(long position, ByteBuffer buffer) {
        buffer.put(bytes, (int) position, buffer.remaining());
      }

      @Override
      public void close() {}
    };
  }
}

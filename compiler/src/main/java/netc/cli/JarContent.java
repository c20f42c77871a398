package netc.cli;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import netc.Netc;
import netc.io.AtomicFile;

/**
 * A jar whose bytes depend on its entries alone: no time of day, no order of a file system, and nothing
 * compressed, since two versions of the compression library need not give the same bytes.
 */
final class JarContent implements AtomicFile.Content {
  private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  JarContent() {
    String manifest = "Manifest-Version: 1.0\r\nCreated-By: netc " + Netc.VERSION + "\r\n\r\n";
    entries.put("META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
  }

  void add(String name, byte[] bytes) {
    entries.put(name, bytes);
  }

  @Override
  public void writeTo(WritableByteChannel channel) throws IOException {
    var zip = new ZipOutputStream(Channels.newOutputStream(channel)); // the channel is not ours to close
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      byte[] bytes = entry.getValue();
      var sum = new CRC32();
      sum.update(bytes);
      var header = new ZipEntry(entry.getKey());
      header.setTimeLocal(ALWAYS);
      header.setMethod(ZipEntry.STORED);
      header.setSize(bytes.length);
      header.setCrc(sum.getValue());
      zip.putNextEntry(header);
      zip.write(bytes);
      zip.closeEntry();
    }
    zip.finish();
    zip.flush();
  }
}

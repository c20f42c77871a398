package netc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import netc.Netc;
import netc.source.Renderer;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;

/**
 * The picture of the README shows the sample and the compiler as they are. {@code
 * -Dpicture.write=true} draws it anew.
 */
class PictureTest {
  private static final Path PICTURE = Path.of("../docs/lesson.svg");

  @Test
  void thePictureIsTrue() throws Exception {
    String source = Files.readString(Path.of("lesson/lesson.net"));
    String drawn =
        Picture.of("lesson.net", source.lines().toList(), "netc check lesson.net     # with w2[k,j] in line 14", message(source));
    if (Boolean.getBoolean("picture.write")) {
      Files.writeString(PICTURE, drawn);
    }
    assertEquals(Files.readString(PICTURE), drawn, "draw it anew with -Dpicture.write=true, and look at it");
  }

  /** What is said about the mistake that every student makes once. */
  private static List<String> message(String source) {
    String wrong = source.replace("w2[j,k] * a1[k]", "w2[k,j] * a1[k]");
    assertNotEquals(source, wrong);
    var checked = Netc.check(new SourceFile("lesson.net", wrong), Map.of());
    return Renderer.plain().render(checked.diagnostics()).lines().toList();
  }
}

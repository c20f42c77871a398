package netc.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import netc.check.Prelude;
import netc.syntax.Declaration;
import netc.syntax.Unit;
import org.junit.jupiter.api.Test;

/** {@code docs/prelude.md} is what the library's texts say; {@code -Dgolden.write=true} writes it anew. */
class PreludePageTest {
  private static final Path PAGE = Path.of("../docs/prelude.md").toAbsolutePath().normalize();

  @Test
  void thePageIsUpToDate() throws IOException {
    String page = page();
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(Files.readString(PAGE), page, "write it anew with -Dgolden.write=true");
  }

  private static String page() {
    var page =
        new StringBuilder(
            """
            # The prelude

            The library `std` that every `.net` file sees, written in the language itself. Names, settings,
            defaults, parameter names, layouts and numerics are PyTorch's, so that a state dict loads by path.
            `netc doc NAME` prints the text of a declaration. This page is made from the `///` comments:
            functions are shown whole, layers by their settings, data and results.
            """);
    for (String name : Prelude.FILES) {
      Unit file = Prelude.file(name);
      String title = name.replaceFirst(".*/", "").replace(".net", "");
      page.append("\n## ").append(Character.toUpperCase(title.charAt(0))).append(title.substring(1));
      page.append("\n\n[`").append(name).append("`](../compiler/src/main/resources/netc/");
      page.append(name).append(")\n");
      file.declarations().forEach(declaration -> section(declaration, page));
    }
    return page.toString();
  }

  private static void section(Declaration declaration, StringBuilder page) {
    page.append("\n### ").append(declaration.title()).append("\n\n");
    page.append(declaration.documentation().replace("*", "\\*")).append("\n\n```\n");
    page.append(head(declaration)).append("\n```\n");
  }

  private static String head(Declaration declaration) {
    String text = declaration.span().text();
    return switch (declaration) {
      case Declaration.Layer layer ->
          text.substring(0, layer.body().span().start() - layer.span().start()).strip();
      case Declaration.Function _,
          Declaration.Constant _,
          Declaration.Dimensions _,
          Declaration.Net _ ->
          text;
    };
  }
}

package netc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import netc.check.errors.Code;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netc explain}: the page of an error code. */
@Command(
    name = "explain",
    description = "Explains the code of an error or a warning, such as E102.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CODE", description = "the code in brackets behind `error` or `warning`")
  private String code;

  @Override
  public Integer call() {
    String name = code.strip().toUpperCase(Locale.ROOT);
    String text =
        page(name)
            .or(() -> summary(name))
            .orElseThrow(
                () ->
                    new InputException(
                        "there is no code `" + code + "` (there are: "
                            + String.join(", ", known()) + ")"));
    Console.of(spec).print(text.stripTrailing());
    return 0;
  }

  private static Optional<String> page(String name) {
    if (!name.matches("[EW][0-9]{3}")) {
      return Optional.empty();
    }
    try (InputStream in = ExplainCommand.class.getResourceAsStream("/netc/errors/" + name + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> summary(String name) {
    return Arrays.stream(Code.values())
        .filter(known -> known.name().equals(name))
        .findFirst()
        .map(known -> known + ": " + known.summary());
  }

  /** Those of the checker, and those of the parser, which have pages only. */
  private static List<String> known() {
    var known = new ArrayList<String>();
    for (int number = 1; number < 100; number++) {
      String name = "E%03d".formatted(number);
      if (page(name).isPresent()) {
        known.add(name);
      }
    }
    Arrays.stream(Code.values()).map(Code::name).forEach(known::add);
    return known;
  }
}

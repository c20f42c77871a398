package netc.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import netc.CompileException;
import netc.Netc;
import netc.check.Prelude;
import netc.data.DataException;
import netc.io.CheckpointException;
import netc.runtime.Flavour;
import netc.source.SourceException;
import netc.train.TrainingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code netc}. Exit codes: 0 well, 1 an error in the input, 2 usage, 3 a fault of netc. */
@Command(
    name = "netc",
    description = "Compiles neural networks written in .net files to Java classes, and trains them.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main implements Runnable {
  static final int INPUT_ERROR = 1;
  private static final int USAGE = 2;
  private static final int FAULT = 3;

  private static final Set<String> WITHOUT_PRELUDE = Set.of("explain", "fmt");
  private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("bench", BenchCommand.class);
    COMMANDS.put("check", CheckCommand.class);
    COMMANDS.put("compile", CompileCommand.class);
    COMMANDS.put("completion", CompletionCommand.class);
    COMMANDS.put("doc", DocCommand.class);
    COMMANDS.put("dump", DumpCommand.class);
    COMMANDS.put("eval", EvalCommand.class);
    COMMANDS.put("explain", ExplainCommand.class);
    COMMANDS.put("fmt", FmtCommand.class);
    COMMANDS.put("predict", PredictCommand.class);
    COMMANDS.put("run", RunCommand.class);
    COMMANDS.put("train", TrainCommand.class);
  }

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** What {@code main} does, without ending the JVM. */
  static int run(String... arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println(new Version().getVersion()[0]); // needs none of the commands
      return 0;
    }
    try {
      Flavour.current();
    } catch (IllegalStateException e) { // the launcher's NETC_JAVA_OPTS ask for what is not there
      System.err.println("error: " + e.getMessage());
      return USAGE;
    }
    if (arguments.length > 1 && !WITHOUT_PRELUDE.contains(arguments[0])) {
      Thread.ofPlatform().daemon().start(Prelude::unit); // read while the command is set up
    }
    try {
      return commandLine(arguments).execute(arguments);
    } catch (OutOfMemoryError e) {
      System.err.println(
          "error: the memory does not suffice; give more with NETC_JAVA_OPTS=-Xmx8g, or take less: a"
              + " smaller batch_size, fewer rows, a smaller net");
      return INPUT_ERROR;
    } catch (Error e) {
      fault(e, new PrintWriter(System.err, true));
      return FAULT;
    }
  }

  /**
   * The parser of these arguments. When they begin with a command only that one is set up, since picocli
   * takes longer over all of them than a small command does over its work.
   */
  static CommandLine commandLine(String... arguments) {
    var root = new CommandLine(new Main());
    String first = arguments.length == 0 ? "" : arguments[0];
    COMMANDS.forEach(
        (name, type) -> {
          if (name.equals(first) || !COMMANDS.containsKey(first)) {
            root.addSubcommand(name, type);
          }
        });
    return root
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::usage)
        .setExecutionExceptionHandler(Main::failed);
  }

  /** Without a command. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing, such as `train`");
  }

  private static int usage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String message = failure.getMessage().replaceFirst("^Error: ", "");
    err.println("error: " + message.replace("option option", "option")); // picocli says it twice
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("`" + command.getCommandSpec().qualifiedName() + " --help` shows what there is");
    return USAGE;
  }

  private static int failed(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    PrintWriter err = command.getErr();
    switch (failure) {
      case CompileException e -> Console.of(command.getCommandSpec()).show(e.diagnostics());
      case SourceException e -> err.println("error: " + e.getMessage());
      case DataException e -> err.println("data error: " + e.getMessage());
      case CheckpointException e -> err.println("weights error: " + e.getMessage());
      case TrainingException e -> err.println("training error: " + e.getMessage());
      case InputException e -> err.println("error: " + e.getMessage());
      case OptionException e -> {
        err.println("error: " + e.getMessage());
        return USAGE;
      }
      case ToldException _ -> {} // nothing is left to say
      default -> {
        fault(failure, err);
        return FAULT;
      }
    }
    err.flush();
    return INPUT_ERROR;
  }

  private static void fault(Throwable failure, PrintWriter err) {
    err.println("This is a fault of netc, not of your input. Please report it with this text:");
    failure.printStackTrace(err);
    err.flush();
  }

  /** {@code netc 0.1.0}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"netc " + Netc.VERSION};
    }
  }
}

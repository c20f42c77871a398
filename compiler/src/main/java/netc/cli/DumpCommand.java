package netc.cli;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import netc.Netc;
import netc.ir.Printer;
import netc.ir.Program;
import netc.rewrite.Forms;
import netc.rewrite.Pipeline;
import netc.runtime.Names;
import netc.schedule.Call;
import netc.schedule.KernelCall;
import netc.schedule.Schedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netc dump}: what the compiler makes of a net, stage by stage. */
@Command(
    name = "dump",
    description = "Prints a form of a net as equations before and after each pass, or as loops.",
    mixinStandardHelpOptions = true)
final class DumpCommand implements Callable<Integer> {
  /** The form as it goes into the passes. */
  private static final String START = "start";

  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source;

  @Option(
      names = "--form",
      paramLabel = "NAME",
      description = "predict, evaluate, train, penalty, metric.NAME, …; predict unless given")
  private String form = "predict";

  @Option(
      names = "--after",
      paramLabel = "PASS",
      description = "only the equations after this pass, such as fuse, or `start` for those before the first")
  private String pass;

  @Option(names = "--loops", description = "instead the kernels that are emitted, as Java would have them")
  private boolean loops;

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    SourceOptions.CheckedNet net = source.check(console);
    if (loops) {
      List<Schedule> schedules = Netc.schedules(net.model(), source.compileOptions());
      List<String> names = schedules.stream().map(Schedule::form).toList();
      printLoops(schedules.get(position("form", form, names)), console);
    } else {
      Map<String, Program> forms = Forms.of(net.model(), false);
      List<String> names = List.copyOf(forms.keySet());
      printPrograms(forms.get(names.get(position("form", form, names))), console);
    }
    return 0;
  }

  private void printPrograms(Program start, Console console) {
    SequencedMap<String, Program> stages = Pipeline.dump(start);
    stages.putFirst("0-" + START, start);
    List<String> passes = stages.keySet().stream().map(DumpCommand::withoutNumber).toList();
    int only = pass == null ? -1 : position("pass", pass, passes);
    Program before = null;
    int at = 0;
    for (Map.Entry<String, Program> stage : stages.entrySet()) {
      Program program = stage.getValue();
      if (only < 0) {
        boolean isSame = program.equals(before);
        console.print("// " + stage.getKey() + (isSame ? ": nothing changed" : ""));
        if (!isSame) {
          console.print(Printer.print(program));
        }
      } else if (only == at) {
        console.print(Printer.print(program).stripTrailing());
      }
      before = program;
      at++;
    }
  }

  private void printLoops(Schedule schedule, Console console) {
    int phase = 0;
    for (var part : schedule.phases()) {
      if (schedule.phases().size() > 1) {
        console.print("// phase " + phase++ + ": all blocks of the batch, before any goes on");
      }
      part.calls().forEach(call -> printCall(call, console));
    }
  }

  private void printCall(Call call, Console console) {
    if (call instanceof Call.TimeLoop loop) {
      console.print(
          "// " + loop.steps() + " steps of a scan" + (loop.isReverse() ? ", the last first" : "")
              + ": at each, the next " + loop.body().size() + " kernels");
    }
    List<? extends Call> parts = call instanceof Call.TimeLoop loop ? loop.body() : List.of(call);
    for (Call part : parts) {
      if (part instanceof Call.Flavoured(var vector, var portable)) {
        console.print("// with vectors, the next " + vector.size() + " kernels");
        vector.forEach(kernel -> printKernel(kernel, console));
        console.print("// without, the next " + portable.size());
        portable.forEach(kernel -> printKernel(kernel, console));
      } else {
        part.kernels().forEach(kernel -> printKernel(kernel, console));
      }
    }
  }

  private static void printKernel(KernelCall kernel, Console console) {
    console.print("// " + kernel.place());
    console.print(netc.loop.Printer.print(kernel.kernel()));
  }

  private static String withoutNumber(String stage) {
    return stage.substring(stage.indexOf('-') + 1);
  }

  static int position(String what, String name, List<String> known) {
    int at = known.indexOf(name);
    if (at < 0) {
      String near = Names.nearest(name, known).map(n -> "; did you mean `" + n + "`?").orElse("");
      throw new InputException(
          "there is no " + what + " `" + name + "`" + near + " (there are: "
              + String.join(", ", known) + ")");
    }
    return at;
  }
}

package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import netc.loop.ArrayType;
import netc.loop.Kernel;
import netc.loop.Printer;
import netc.loop.ScalarType;
import netc.loop.Verifier;

/** The rules of a schedule: good kernels, called with arrays of their types, none written twice. */
final class CallRules {
  private final Schedule schedule;
  private final List<String> errors = new ArrayList<>();

  private CallRules(Schedule schedule) {
    this.schedule = schedule;
  }

  /** What is wrong, with the kernel it is wrong with; empty for a good schedule. */
  static List<String> check(Schedule schedule) {
    var rules = new CallRules(schedule);
    for (Call call : schedule.calls()) {
      call.kernels().forEach(rules::call);
      rules.timeIsKnown(call);
      rules.runsWithoutVectors(call);
    }
    return List.copyOf(rules.errors);
  }

  private void call(KernelCall call) {
    int before = errors.size();
    errors.addAll(Verifier.check(call.kernel()));
    List<Kernel.Argument> wanted = call.kernel().arrays();
    if (call.arrays().size() != wanted.size()) {
      errors.add(call.arrays().size() + " arrays are passed for " + wanted.size());
    } else {
      for (int i = 0; i < wanted.size(); i++) {
        hasType(call.arrays().get(i), wanted.get(i));
      }
      noneIsWrittenTwice(call);
    }
    if (errors.size() > before) {
      errors.add("in " + schedule.form() + ", " + call.place() + ":\n" + Printer.print(call.kernel()));
    }
  }

  /** What is called in each flavour has no vectors, which a JVM need not have. */
  private void runsWithoutVectors(Call call) {
    switch (call) {
      case KernelCall kernel when kernel.kernel().usesVectors() ->
          errors.add("vectors in every flavour, in " + schedule.form() + ", " + call);
      case Call.TimeLoop loop -> loop.body().forEach(this::runsWithoutVectors);
      case KernelCall _, Call.Flavoured _ -> {}
    }
  }

  private void timeIsKnown(Call call) {
    if (call instanceof Call.Once && call.kernels().stream().anyMatch(k -> k.kernel().usesTime())) {
      errors.add("a kernel for one step of a scan is called outside of a loop over time");
    }
  }

  private void hasType(ArrayReference passed, Kernel.Argument wanted) {
    switch (passed) {
      case ArrayReference.InBuffer(int buffer) -> {
        ArrayType type = schedule.buffers().get(buffer).type();
        if (!type.equals(wanted.type())) {
          errors.add(
              "`" + wanted.name() + "` is " + wanted.type().javaName() + " and gets a buffer of "
                  + type.javaName());
        }
      }
      case ArrayReference.InWeights _ -> {
        if (!wanted.type().equals(new ArrayType(schedule.real(), 1))) {
          errors.add("`" + wanted.name() + "` is " + wanted.type().javaName() + " and gets a weight");
        }
      }
      case ArrayReference.InPacked packed -> {
        if (!wanted.type().equals(new ArrayType(ScalarType.FLOAT, packed.rowLength() == 0 ? 1 : 2))) {
          errors.add("`" + wanted.name() + "` is " + wanted.type().javaName() + " and gets a packed weight");
        }
      }
      case ArrayReference.InTable _ -> {
        if (!wanted.type().equals(new ArrayType(ScalarType.INT, 1))) {
          errors.add("`" + wanted.name() + "` is " + wanted.type().javaName() + " and gets a table");
        }
      }
    }
  }

  /** A kernel may read what it writes under one name only, or element by element where it writes it. */
  private void noneIsWrittenTwice(KernelCall call) {
    Set<String> written = Touch.written(call.kernel());
    List<Kernel.Argument> arguments = call.kernel().arrays();
    for (int i = 0; i < arguments.size(); i++) {
      for (int j = i + 1; j < arguments.size(); j++) {
        boolean isWritten =
            written.contains(arguments.get(i).name()) || written.contains(arguments.get(j).name());
        if (isWritten
            && call.arrays().get(i).equals(call.arrays().get(j))
            && !InPlace.allows(call.kernel(), arguments.get(i).name(), arguments.get(j).name())
            && !InPlace.allows(call.kernel(), arguments.get(j).name(), arguments.get(i).name())) {
          errors.add(
              "`" + arguments.get(i).name() + "` and `" + arguments.get(j).name()
                  + "` are one array, which is written");
        }
      }
    }
  }
}

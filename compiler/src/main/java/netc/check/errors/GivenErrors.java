package netc.check.errors;

import java.util.List;
import netc.source.Diagnostic;
import netc.source.Span;

/** What can be given to an output instead of the inputs. */
public final class GivenErrors {
  private GivenErrors() {}

  public static Diagnostic notComputed(Span span, String name, String what) {
    return Report.of(Code.E607, "`" + name + "` cannot be given: it is " + what)
        .at(span)
        .note("behind `given` stand definitions, samples and inputs that differ per example")
        .build();
  }

  public static Diagnostic weight(Span span, String name, boolean isState) {
    String what = isState ? "a state" : "a parameter";
    return Report.of(Code.E607, "`" + name + "` cannot be given: it is " + what)
        .at(span)
        .note("a network with other weights is made by `withParameters`")
        .build();
  }

  public static Diagnostic shared(Span span, String name) {
    return Report.of(Code.E607, "`" + name + "` cannot be given: it is the same for all examples")
        .at(span)
        .note("it depends on weights alone; behind `given` stands what differs per example")
        .build();
  }

  public static Diagnostic notFromZero(Span span, String name, long low, long high) {
    return Report.of(Code.E607, "`" + name + "` cannot be given: its values do not begin at 0")
        .at(span, "here they are " + Wording.range(low, high))
        .note("integers that come from outside are 0..N-1, as those of an `index(N)`")
        .help("give what it is computed from, or shift it")
        .build();
  }

  public static Diagnostic twice(Span span, String name, Span first) {
    return Report.of(Code.E607, "`" + name + "` is given already")
        .at(span)
        .context(first, "here")
        .build();
  }

  /** @param last the last name behind `given` */
  public static Diagnostic stillNeeds(Span span, String output, List<String> inputs, Span last) {
    String names = String.join(", ", inputs);
    return Report.of(
            Code.E607,
            "output `" + output + "` still needs " + (inputs.size() == 1 ? "input " : "inputs ")
                + Wording.list(inputs))
        .at(span)
        .context(last, "only this is given")
        .note("an output with `given` takes what is given and no input beside it")
        .fix("give that, too:   " + last.text() + ", " + names, last, last.text() + ", " + names)
        .build();
  }

  public static Diagnostic notNeeded(Span span, String name, String output) {
    return Report.of(Code.E607, "output `" + output + "` does not depend on `" + name + "`")
        .at(span, "whatever is given here, the output is the same")
        .help("leave it out, or give what the output is computed from")
        .build();
  }

  public static Diagnostic itself(Span span, String output) {
    return Report.of(Code.E607, "output `" + output + "` is given itself, so there is nothing to compute")
        .at(span)
        .build();
  }
}

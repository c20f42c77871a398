package netc.check.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import netc.ir.Extent;
import netc.source.Diagnostic;
import netc.source.Diagnostic.Edit;
import netc.source.Span;

/** Calls that do not fit what is called, in the terms of the caller. */
public final class CallErrors {
  private CallErrors() {}

  /** A call that led to a mistake, the innermost first. */
  public record Step(String title, Span call) {}

  /**
   * A message from inside a layer or function, with the calls that lead there. What the user cannot
   * edit, because it stands in another file, comes second: the call in the user's own file heads it.
   */
  public static Diagnostic inside(Diagnostic diagnostic, List<Step> chain) {
    if (chain.isEmpty()) {
      return diagnostic;
    }
    var own = chain.getLast().call.file();
    boolean isOwn = diagnostic.span().file() == own;
    var labels = new ArrayList<>(diagnostic.labels());
    var steps = new ArrayList<>(chain);
    if (!isOwn) {
      Step call = chain.stream().filter(s -> s.call.file() == own).findFirst().orElseThrow();
      labels.addFirst(new Diagnostic.Label(call.call, "in this call of " + call.title));
      steps.remove(call);
    }
    var notes = new ArrayList<>(diagnostic.notes());
    if (diagnostic.code().equals(Code.E107.name())) {
      steps.subList(0, steps.size() - 1).clear(); // the same calls over and over
    }
    int shown = Math.min(steps.size(), 4);
    for (Step step : steps.subList(0, shown)) {
      notes.add("in " + step.title + ", called at " + step.call);
    }
    if (steps.size() > shown) {
      notes.add("… and " + (steps.size() - shown) + " calls around it");
    }
    return new Diagnostic(
        diagnostic.severity(),
        diagnostic.code(),
        diagnostic.title(),
        labels,
        notes,
        diagnostic.helps());
  }

  // ---------- arguments ----------

  public static Diagnostic unknownArgument(
      Span span, String title, String name, Optional<String> similar, List<String> known) {
    var report = Report.of(Code.E204, "`" + title + "` has no parameter called `" + name + "`");
    return report
        .at(span)
        .note(known.isEmpty() ? "its arguments have no names" : "it has " + Wording.list(known))
        .meant(span, similar)
        .build();
  }

  public static Diagnostic tooMany(Span span, String title, List<String> parameters) {
    return Report.of(Code.E204, "too many arguments for `" + title + "`")
        .at(span, "no parameter is left for this one")
        .note(parameters.isEmpty() ? "it takes none here" : "it takes " + Wording.list(parameters))
        .build();
  }

  public static Diagnostic givenTwice(Span span, String title, String name, Span first) {
    return Report.of(Code.E204, "`" + name + "` of `" + title + "` is given twice")
        .at(span, "given again")
        .context(first, "this is `" + name + "` already")
        .build();
  }

  public static Diagnostic missing(Span call, String title, String name, Span declared) {
    return Report.of(Code.E204, "`" + title + "` needs `" + name + "`")
        .at(call, "not given here")
        .context(declared, "has no default value")
        .build();
  }

  public static Diagnostic wrongCount(Span span, String name, int wanted, int given) {
    return Report.of(
            Code.E204,
            "`" + name + "` takes " + Wording.count(wanted, "argument") + ", not " + given)
        .at(span)
        .build();
  }

  // ---------- shapes of arguments ----------

  /** What is given for a parameter: where, and of which shape. */
  public record Given(Span span, List<Integer> shape) {}

  /**
   * @param flattened edits that flatten the argument, if there is a simple way
   */
  public static Diagnostic wrongAxes(
      Span call, String title, Span parameter, Given argument, int wanted, List<Edit> flattened) {
    List<Integer> shape = argument.shape;
    String what = Wording.named(argument.span);
    String text = Wording.text(argument.span);
    var report =
        Report.of(
                Code.E201,
                title + " expects " + Wording.kind(wanted) + ", but " + what + " is "
                    + Wording.kind(shape.size()))
            .at(argument.span, shape.isEmpty() ? "a single number" : "has shape " + shape)
            .at(call, "needs " + Wording.text(parameter) + ", " + Wording.axes(wanted))
            .context(parameter, "declared here");
    if (!flattened.isEmpty()) {
      report.fix("flatten it first:   " + flattened.getFirst().replacement().strip(), flattened);
    }
    if (wanted == 3 && shape.size() == 2) {
      report.fix("give it an axis for its one channel:   [" + text + "]", argument.span, "[" + argument.span.text() + "]");
    } else if (wanted == 1 && shape.isEmpty()) {
      report.fix("make it a vector of one:   [" + text + "]", argument.span, "[" + argument.span.text() + "]");
    } else if (wanted >= 1 && wanted == shape.size() - 1) {
      report.note("to apply it along the first axis, name an index:   y[t] = " + title + "(…)(x[t])");
    }
    return report.build();
  }

  public static Diagnostic wrongSize(
      Span call, String title, Span parameter, Span axis, long wanted, Given argument, int position) {
    int size = argument.shape.get(position);
    return Report.of(
            Code.E201,
            "the " + Wording.ordinal(position) + " axis of " + Wording.named(argument.span) + " is "
                + size + ", but " + title + " needs " + wanted)
        .at(argument.span, "has shape " + argument.shape)
        .context(call, "called here")
        .context(parameter, "`" + Wording.text(axis) + "` is " + wanted + " in this call")
        .build();
  }

  public static Diagnostic wrongIndexSize(
      Span call, String title, Span parameter, long wanted, Span argument, int size, long low, long high) {
    String given = size > 0 ? "an index(" + size + ")" : "can be " + Wording.range(low, high);
    String wantedType = wanted > 0 ? "an index(" + wanted + ")" : "an index";
    return Report.of(Code.E201, title + " needs " + wantedType + " here")
        .at(argument, given)
        .context(call, "called here")
        .context(parameter, "declared here")
        .build();
  }

  public static Diagnostic liftedShapes(Span call, String title, Given first, Given other) {
    return Report.of(Code.E302, title + " works element by element, but these shapes differ")
        .at(other.span, "has shape " + other.shape)
        .at(first.span, "has shape " + first.shape)
        .context(call, "")
        .build();
  }

  // ---------- settings ----------

  public static Diagnostic badSetting(
      Span span, String title, String name, String kind, Optional<String> value, boolean isRunTime, Span declared) {
    String what =
        switch (kind) {
          case "fn" -> "a function";
          case "layer" -> "a layer";
          case "bool" -> "true or false";
          case "real" -> "a number";
          default -> "a whole number";
        };
    String found = value.map(v -> "this is " + v).orElse(isRunTime ? "this is data" : "");
    var report =
        Report.of(Code.E201, "the setting `" + name + "` of " + title + " must be " + what)
            .at(span, found)
            .context(declared, "declared here");
    if (isRunTime) {
      report
          .note("a setting is known when the net is compiled; data is not")
          .help("if it is the data, it has a list of its own:   " + title + "(…)(" + Wording.text(span) + ")");
    }
    return report.build();
  }

  public static Diagnostic needsCallable(Span span, String title, String name, boolean isLayer) {
    return Report.of(
            Code.E205,
            "`" + name + "` of " + title + " must be " + (isLayer ? "a layer" : "a function"))
        .at(span)
        .build();
  }

  // ---------- what is called ----------

  public static Diagnostic notCallable(Span span, boolean isPiped) {
    var report =
        Report.of(Code.E205, Wording.named(span) + " is a value, not a function or layer").at(span);
    return isPiped
        ? report.note("behind `|>` stands what is applied").build()
        : report.note("a product is written with `*`").build();
  }

  public static Diagnostic notAValue(Span span, String title, boolean isLayer) {
    var report =
        Report.of(
                Code.E205,
                "`" + title + "` is a " + (isLayer ? "layer" : "function") + ", not a value")
            .at(span);
    if (!isLayer) {
      return report.note("it needs its arguments:   " + title + "(…)").build();
    }
    return report
        .note("it is applied to data:   x |> " + Wording.text(span))
        .note("or named, to be used later:   let f = " + Wording.text(span))
        .build();
  }

  public static Diagnostic notATensor(Span span, String title, boolean isLayer) {
    return Report.of(
            Code.E205, "`" + title + "` is a " + (isLayer ? "layer" : "function") + " and has no elements")
        .at(span)
        .note(
            isLayer
                ? "apply it first, and index the result"
                : "along an axis it is written   " + title + "[u](x[u]),   element by element   " + title + "(x[u])")
        .build();
  }

  public static Diagnostic badPipeTarget(Span span) {
    return Report.of(Code.E205, "after `|>` stands a name with argument lists").at(span).build();
  }

  public static Diagnostic axisNeedsFunction(Span span) {
    return Report.of(Code.E205, "only a function of a vector can be applied along an axis")
        .at(span, "this is none")
        .note("such as   softmax[u](s[t,u])")
        .note("a layer is applied to each vector:   y[t] = layer_norm()(x[t])")
        .build();
  }

  public static Diagnostic oneAxis(Span span) {
    return Report.of(Code.E205, "a function is applied along one axis, named by one index")
        .at(span)
        .note("as in   p[t,u] = softmax[u](s[t,u])")
        .build();
  }

  public static Diagnostic axisResult(Span span, List<Integer> shape, int size) {
    return Report.of(
            Code.E205,
            "along an axis, a function gives a single number or a vector of the same size")
        .at(span, "this gives shape " + shape + ", the axis has " + size)
        .build();
  }

  public static Diagnostic layerInFunction(Span span, String title) {
    return Report.of(Code.E208, "a function cannot contain the layer `" + title + "`")
        .at(span)
        .note("functions have no parameters to train; make the function a `layer`")
        .build();
  }

  public static Diagnostic letTakesLayers(Span let, Span name, Span value) {
    return Report.of(Code.E205, "`let` names a layer, but this is a value")
        .at(value)
        .fix(
            "define values with `=` alone:   " + Wording.text(name) + " = " + Wording.text(value),
            let,
            name.text() + " = " + value.text())
        .build();
  }

  public static Diagnostic instanceShape(
      Span span, String path, List<Extent> first, List<Extent> now) {
    return Report.of(Code.E208, "`" + path + "` has shape " + first + " from its first use")
        .at(span, "here it would be " + now)
        .note("all uses of one `let` share their parameters")
        .build();
  }

  // ---------- results ----------

  public static Diagnostic resultMissing(Span span, String name, Optional<String> similar) {
    var report =
        Report.of(Code.E204, "the result `" + name + "` is never defined")
            .at(span, "promised here");
    similar.ifPresent(s -> report.note("the body defines `" + s + "`"));
    return report.build();
  }

  public static Diagnostic resultShape(
      Span span, Span promised, List<Integer> wanted, List<Integer> actual) {
    return Report.of(
            Code.E302,
            "the result " + Wording.has(actual) + ", but "
                + (wanted.isEmpty() ? "a single number" : "shape " + wanted) + " was promised")
        .at(span, Wording.has(actual))
        .context(promised, "promised here")
        .build();
  }

  public static Diagnostic wrongResults(Span span, Span left, int given, int wanted) {
    return Report.of(
            Code.E204,
            "there " + (given == 1 ? "is 1 result" : "are " + given + " results") + ", but " + wanted
                + " names")
        .at(left, Wording.count(wanted, "name"))
        .at(span, Wording.count(given, "result"))
        .note("`_` stands for a result that is not needed")
        .build();
  }

  public static Diagnostic severalWithAxes(Span span, List<Edit> plain) {
    return Report.of(Code.E210, "several results are named as a whole, without indices or shapes")
        .at(span)
        .fix(
            "write   " + plain.stream().map(Edit::replacement).collect(Collectors.joining(", ")),
            plain)
        .build();
  }
}

package netc.check.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.Extent;
import netc.source.Diagnostic;
import netc.source.Span;

/** Calls that do not fit what is called, in the terms of the caller. */
public final class CallErrors {
  private CallErrors() {}

  /** A call that led to a mistake, the innermost first. */
  public record Step(String title, Span call) {}

  /** A message from inside a layer or function, with the calls that lead there. */
  public static Diagnostic inside(Diagnostic diagnostic, List<Step> chain) {
    if (chain.isEmpty()) {
      return diagnostic;
    }
    var notes = new ArrayList<>(diagnostic.notes());
    int shown = Math.min(chain.size(), 4);
    for (Step step : chain.subList(0, shown)) {
      notes.add("in " + step.title + ", called at " + step.call);
    }
    if (chain.size() > shown) {
      notes.add("… and " + (chain.size() - shown) + " calls around it");
    }
    return new Diagnostic(
        diagnostic.severity(),
        diagnostic.code(),
        diagnostic.title(),
        diagnostic.labels(),
        notes,
        diagnostic.helps());
  }

  // ---------- arguments ----------

  public static Diagnostic unknownArgument(
      Span span, String title, String name, Optional<String> similar, List<String> known) {
    var report =
        Report.of(Code.E204, "`" + title + "` has no parameter called `" + name + "`").at(span);
    similar.ifPresent(s -> report.help("did you mean `" + s + "`?"));
    if (!known.isEmpty()) {
      report.note("it has " + Wording.list(known));
    }
    return report.build();
  }

  public static Diagnostic tooMany(Span span, String title, List<String> parameters) {
    return Report.of(Code.E204, "too many arguments for `" + title + "`")
        .at(span, "nothing is left to take this one")
        .note(
            parameters.isEmpty()
                ? "it takes none here"
                : "it takes " + Wording.list(parameters))
        .build();
  }

  public static Diagnostic givenTwice(Span span, String title, String name) {
    return Report.of(Code.E204, "`" + name + "` of `" + title + "` is given twice").at(span).build();
  }

  public static Diagnostic missing(Span call, String title, String name, Span declared) {
    return Report.of(Code.E204, "`" + title + "` needs `" + name + "`")
        .at(call, "it is not given here")
        .at(declared, "declared without a default")
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

  public static Diagnostic wrongAxes(
      Span call, String title, Span parameter, Span argument, int wanted, List<Integer> shape) {
    var report =
        Report.of(
                Code.E201,
                title
                    + " expects "
                    + Wording.kind(wanted)
                    + ", but this is "
                    + Wording.kind(shape.size()))
            .at(argument, "has " + Wording.shape(shape))
            .at(
                call,
                "needs `" + Wording.text(parameter) + "`, " + Wording.axes(wanted))
            .at(parameter, "declared here");
    if (wanted == 1 && shape.size() == 2) {
      report.help("flatten it first:   v[(i,j)] = " + Wording.text(argument) + "[i,j]");
    } else if (wanted == 1 && shape.size() == 3) {
      report.help("flatten it first:   " + Wording.text(argument) + " |> flatten");
    } else if (wanted == shape.size() - 1) {
      report.help("to apply it along the first axis, name an index:   y[t] = …(x[t])");
    }
    return report.build();
  }

  public static Diagnostic wrongSize(
      Span call,
      String title,
      Span parameter,
      Span axis,
      long wanted,
      Span argument,
      int position,
      List<Integer> shape) {
    return Report.of(
            Code.E201,
            "axis " + (position + 1) + " given to " + title + " is " + shape.get(position) + ", but must be " + wanted)
        .at(argument, "has " + Wording.shape(shape))
        .at(call, "called here")
        .at(parameter, "`" + axis.text() + "` is " + wanted + " here")
        .build();
  }

  public static Diagnostic wrongIndexSize(
      Span call, String title, Span parameter, long wanted, Span argument, int size, long low, long high) {
    String given =
        size > 0 ? "is an index(" + size + ")" : "can be " + low + ".." + high;
    return Report.of(Code.E201, title + " expects an index(" + wanted + ")")
        .at(argument, given)
        .at(call, "called here")
        .at(parameter, "declared here")
        .build();
  }

  public static Diagnostic liftedShapes(
      Span call, String title, Span first, List<Integer> shape, Span other, List<Integer> otherShape) {
    return Report.of(Code.E302, title + " works element by element, but the shapes differ")
        .at(first, "has " + Wording.shape(shape))
        .at(other, "has " + Wording.shape(otherShape))
        .at(call)
        .build();
  }

  // ---------- settings ----------

  public static Diagnostic badSetting(
      Span span, String title, String name, String kind, Optional<String> value, boolean isRunTime) {
    String what =
        switch (kind) {
          case "fn" -> "a function";
          case "layer" -> "a layer";
          case "bool" -> "true or false";
          case "real" -> "a number";
          default -> "a whole number";
        };
    var report =
        Report.of(Code.E201, "the setting `" + name + "` of " + title + " must be " + what)
            .at(span, value.map(v -> "this is " + v).orElse(isRunTime ? "this is data" : ""));
    if (isRunTime) {
      report
          .note("settings are known when the net is compiled")
          .help("give the settings first, then the data:   " + title + "(…)(x)");
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

  public static Diagnostic notCallable(Span span) {
    return Report.of(Code.E205, "this is a value, not a function or layer")
        .at(span)
        .help("write `*` to multiply")
        .build();
  }

  public static Diagnostic notAValue(Span span, String title, boolean isLayer) {
    String kind = isLayer ? "layer" : "function";
    var report =
        Report.of(Code.E205, "`" + title + "` is a " + kind + ", not a value")
            .at(span)
            .help("apply it:   " + (isLayer ? "x |> " + title + "(…)" : title + "(x)"));
    if (isLayer) {
      report.help("or name an instance with `let`");
    }
    return report.build();
  }

  public static Diagnostic notATensor(Span span, String title, boolean isLayer) {
    return Report.of(
            Code.E205, "`" + title + "` is a " + (isLayer ? "layer" : "function") + " and has no elements")
        .at(span)
        .help(isLayer ? "apply it first" : "along an axis it is written   " + title + "[u](x[u])")
        .build();
  }

  public static Diagnostic badPipeTarget(Span span) {
    return Report.of(Code.E205, "after `|>` stands a name with argument lists").at(span).build();
  }

  public static Diagnostic axisNeedsFunction(Span span) {
    return Report.of(Code.E205, "only a function of one vector can be applied along an axis")
        .at(span)
        .build();
  }

  public static Diagnostic oneAxis(Span span) {
    return Report.of(Code.E205, "a function is applied along one axis, named by one index")
        .at(span)
        .help("write it as   softmax[u](x[t,u])")
        .build();
  }

  public static Diagnostic axisResult(Span span, List<Integer> shape, int size) {
    return Report.of(
            Code.E205,
            "along an axis, a function gives a single number or a vector of the same size")
        .at(span, "this gives " + Wording.shape(shape) + ", the axis has " + size)
        .build();
  }

  public static Diagnostic layerInFunction(Span span, String title) {
    return Report.of(Code.E208, "a function cannot contain the layer `" + title + "`")
        .at(span)
        .note("functions have no parameters to train")
        .help("make the function a `layer`")
        .build();
  }

  public static Diagnostic letTakesLayers(Span span) {
    return Report.of(Code.E205, "`let` names a layer; this is a value")
        .at(span)
        .help("define values with `=` alone")
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

  public static Diagnostic resultMissing(Span span, String name, Span call) {
    return Report.of(Code.E204, "the result `" + name + "` is never defined")
        .at(span, "promised here")
        .at(call, "needed here")
        .build();
  }

  public static Diagnostic resultShape(
      Span span, Span promised, List<Integer> wanted, List<Integer> actual) {
    return Report.of(
            Code.E302, "this has " + Wording.shape(actual) + ", but " + Wording.shape(wanted) + " was promised")
        .at(span)
        .at(promised, "promised here")
        .build();
  }

  public static Diagnostic wrongResults(Span span, int given, int wanted) {
    return Report.of(
            Code.E204,
            "this has " + Wording.count(given, "result") + ", but " + wanted + " are named on the left")
        .at(span)
        .help("write `_` for a result that you do not need")
        .build();
  }

  public static Diagnostic severalWithAxes(Span span) {
    return Report.of(Code.E210, "several results are bound as a whole: without indices or shapes")
        .at(span)
        .build();
  }
}

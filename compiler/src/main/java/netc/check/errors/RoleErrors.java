package netc.check.errors;

import netc.source.Diagnostic;
import netc.source.Span;
import netc.syntax.Statement;

/** Inputs, outputs, objectives, and what differs per example. */
public final class RoleErrors {
  private RoleErrors() {}

  public static Diagnostic onlyInNet(Span span, Statement statement) {
    String what =
        switch (statement) {
          case Statement.Data data -> data.isTarget() ? "target" : "input";
          case Statement.Output _ -> "output";
          case Statement.Objective objective ->
              objective.kind().name().toLowerCase(java.util.Locale.ROOT);
          case Statement.Settings settings -> settings.isTrain() ? "train" : "data";
          default -> "this statement";
        };
    String instead =
        switch (statement) {
          case Statement.Data _ -> "a layer or function gets its data as arguments";
          case Statement.Output _ -> "a layer or function says its results behind `->`";
          case Statement.Objective _ -> "give the value as a result, and make it a " + what + " in the net";
          default -> "move it to the net";
        };
    return Report.of(Code.E210, "`" + what + "` stands in the body of a net only")
        .at(firstLine(span))
        .note(instead)
        .build();
  }

  private static Span firstLine(Span span) {
    int end = span.text().indexOf('\n');
    return end < 0 ? span : new Span(span.file(), span.start(), span.start() + span.text().substring(0, end).stripTrailing().length());
  }

  public static Diagnostic noVariablesInFunction(Span span) {
    return Report.of(Code.E210, "a function has no parameters to train, and no state")
        .at(span)
        .note("make the function a `layer`")
        .build();
  }

  public static Diagnostic dataHasNoDefault(Span span, Span name, Span value, boolean isTarget) {
    return Report.of(Code.E604, (isTarget ? "a target" : "an input") + " has no default value")
        .at(value)
        .note("it comes with the data; what is always the same is a `const`")
        .fix(
            "remove it:   " + name.text(),
            new Span(span.file(), span.start(), value.end()),
            new Span(span.file(), span.start(), value.start()).text().replaceAll("\\s*=\\s*$", ""))
        .build();
  }

  public static Diagnostic badDataType(Span span) {
    return Report.of(Code.E604, "data is `real`, `int`, `bool` or `index(N)`")
        .at(span)
        .note("sizes, functions and layers are settings of a layer")
        .build();
  }

  public static Diagnostic nothingWanted(Span span, String net) {
    return Report.of(Code.E604, "net `" + net + "` has neither an output nor a loss")
        .at(span)
        .note("say what it computes:   output y = …")
        .build();
  }

  public static Diagnostic outputNeedsValue(Span span, String name) {
    return Report.of(Code.E604, "an output with indices needs a formula")
        .at(span)
        .fix("for all of it write   " + name, span, name)
        .build();
  }

  public static Diagnostic outputTwice(Span span, String name, Span first) {
    return Report.of(Code.E604, "`" + name + "` is an output already")
        .at(span)
        .context(first, "the first time")
        .build();
  }

  public static Diagnostic outputNeedsTarget(Span span, String output, String target) {
    return Report.of(Code.E602, "output `" + output + "` needs the target `" + target + "`")
        .at(span)
        .note("targets are known in training and evaluation, not when predicting")
        .build();
  }

  public static Diagnostic penaltyPerExample(Span keyword, String name, Span value) {
    return Report.of(
            Code.E601, "`penalty " + name + "` needs a value shared by the batch, but this differs per example")
        .at(value)
        .note("a penalty counts once a step, whatever the batch")
        .fix("what differs per example is a loss:   loss " + name + " = …", keyword, "loss")
        .build();
  }

  public static Diagnostic penaltyOfData(Span keyword, String name, Span value) {
    return Report.of(Code.E601, "`penalty " + name + "` depends on the data")
        .at(value)
        .note("a penalty is computed from weights alone, once a step")
        .fix("what depends on data is a loss, also when the rows share it:   loss " + name + " = …", keyword, "loss")
        .build();
  }

  public static Diagnostic mixedMetric(Span span, String name) {
    return Report.of(
            Code.E601, "`metric " + name + "` mixes a reduction over the batch with a single example")
        .at(span)
        .note("with `batch` a metric is one number for the whole set; put all that differs per example inside")
        .build();
  }

  public static Diagnostic mustBeShared(Span span, String statement, String name, Span value) {
    return Report.of(
            Code.E601,
            "`" + statement + " " + name + "` needs a value shared by the batch, but this differs per example")
        .at(value)
        .fix(
            "did you forget the batch?   mean[batch] (" + Wording.text(value) + ")",
            value,
            "mean[batch] (" + value.text() + ")")
        .build();
  }

  public static Diagnostic changeNeedsState(Span span, String statement, String name) {
    return Report.of(
            Code.E606, "`" + statement + "` needs a declared state, but `" + name + "` is none")
        .at(span)
        .note("a state is declared like a parameter:   state " + name + "[3] ~ zeros")
        .build();
  }

  public static Diagnostic changedTwice(Span span, String statement, String name) {
    return Report.of(
            Code.E606, "state `" + name + "` has its `" + statement + "` already")
        .at(span)
        .build();
  }

  public static Diagnostic changeUsedTwice(Span span, String statement, String name) {
    String done = statement.equals("fit") ? "fitted to" : "updated with";
    return Report.of(Code.E606, "a layer with `" + statement + "` can be used once only")
        .at(span, "`" + name + "` would be " + done + " two things")
        .build();
  }

  public static Diagnostic changeUnderIndex(Span span, String statement, String name) {
    return Report.of(Code.E606, "a layer with `" + statement + "` cannot be used under an index")
        .at(span, "`" + name + "` would differ per index value")
        .build();
  }

  public static Diagnostic predictsOverBatch(Span span, String output, int line) {
    return Report.of(Code.E603, "output `" + output + "` depends on the other rows of the batch")
        .at(span)
        .note("line " + line + " looks at the whole batch also when predicting")
        .note("one row's prediction never depends on its neighbours")
        .help("use it in training only:   if training then … else …, with a `state` for predicting")
        .build();
  }

  public static Diagnostic fitDraws(Span span, String name) {
    return Report.of(Code.E606, "`fit " + name + "` depends on a `sample`")
        .at(span)
        .note("a fitted state is computed once, from the training data alone")
        .build();
  }

  public static Diagnostic productOverBatch(Span span) {
    return Report.of(Code.E603, "`prod` cannot run over the minibatch")
        .at(span, "it stands in metrics only")
        .help("for positive factors   exp(sum[batch] log(…))")
        .build();
  }

  public static Diagnostic argmaxOverBatch(Span span, String reduction) {
    return Report.of(Code.E603, "`" + reduction + "` cannot run over the batch")
        .at(span, "a row number has no range known at compile time")
        .build();
  }

  public static Diagnostic batchBoundTwice(Span span) {
    return Report.of(Code.E603, "`batch` is bound once in a reduction").at(span).build();
  }

  public static Diagnostic emptyOverBatch(Span span) {
    return Report.of(Code.E603, "this reduces over nothing").at(span).build();
  }

  public static Diagnostic nestedBatch(Span span) {
    return Report.of(Code.E603, "reductions over the whole set do not nest")
        .at(span, "this depends on another one")
        .note("write it with sums that do not: the mean of squares minus the square of the mean, for a variance")
        .build();
  }

  public static Diagnostic alreadyShared(Span span, Span body) {
    return Report.of(Code.E603, "this is the same for all examples already")
        .at(body)
        .context(span, "so there is nothing to reduce over the batch")
        .fix("leave it as it is:   " + Wording.text(body), span, body.text())
        .build();
  }

  public static Diagnostic alreadyStacked(Span span, Span value) {
    return Report.of(Code.E603, "this is the same for all examples already")
        .at(value)
        .context(span, "so there is nothing to stack")
        .fix("leave it as it is:   " + Wording.text(value), span, value.text())
        .build();
  }

  public static Diagnostic stackOverSet(Span span) {
    return Report.of(Code.E603, "`batch_stack` has the rows of a minibatch, not of the whole set")
        .at(span)
        .help("define it outside, where it has those of each minibatch:   rows = " + Wording.text(span))
        .build();
  }

  /** A value of all rows in a branch, or behind a filter, that looks at the own row. */
  public static Diagnostic rowsInBranch(Span span, String what) {
    return Report.of(Code.E603, what + " stands in a branch that not every row takes")
        .at(span)
        .note("it is of all rows, whichever branch they take")
        .help("define it in front of the branch:   rows = " + Wording.text(span))
        .build();
  }

  public static Diagnostic rowsInMetric(Span span) {
    return Report.of(Code.E603, "a reduction over the whole set has no axis over the rows of a minibatch")
        .at(span, "this has one value for each row")
        .note("minibatches differ in their number of rows; reduce over it inside")
        .build();
  }

  public static Diagnostic outputOverRows(Span span, String output) {
    return Report.of(Code.E603, "output `" + output + "` has an axis over the rows of the batch")
        .at(span)
        .note("one row's prediction never depends on its neighbours, nor on how many they are")
        .build();
  }

  public static Diagnostic onlyInSubscript(Span span) {
    return Report.of(Code.E108, "`wrap` is a border rule: it stands in a subscript only")
        .at(span)
        .note("as in   x[wrap(i+1)];   a remainder is   mod(a, c)")
        .build();
  }
}

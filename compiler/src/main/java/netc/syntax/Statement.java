package netc.syntax;

import java.util.List;
import java.util.Optional;
import netc.source.Span;

/** What may stand in a body. {@code documentation} is the text behind {@code ///}, or empty. */
public sealed interface Statement extends Node {

  String documentation();

  /** {@code input x[4], t} or {@code target y : index(3)}. */
  record Data(boolean isTarget, List<Parameter> items, String documentation, Span span)
      implements Statement {
    public Data {
      items = List.copyOf(items);
    }
  }

  enum VariableKind {
    PARAM,
    STATE,
    SAMPLE
  }

  /** {@code param w[3], v[3] ~ zeros}. */
  record Variables(
      VariableKind kind,
      List<Item> items,
      Expression initializer,
      String documentation,
      Span span)
      implements Statement {
    public record Item(Name name, List<Expression> shape, Span span) {}

    public Variables {
      items = List.copyOf(items);
    }
  }

  /** {@code output p [= e] [given z]}. */
  record Output(
      LeftSide left,
      Optional<Expression> value,
      List<Name> given,
      String documentation,
      Span span)
      implements Statement {
    public Output {
      given = List.copyOf(given);
    }
  }

  enum ObjectiveKind {
    LOSS,
    METRIC,
    PENALTY
  }

  record Objective(
      ObjectiveKind kind, Name name, Expression value, String documentation, Span span)
      implements Statement {}

  /** {@code update mu[c] = …} or {@code fit mu[c] = …}. */
  record StateChange(
      boolean isFit, LeftSide left, Expression value, String documentation, Span span)
      implements Statement {}

  record Let(Name name, Expression value, String documentation, Span span) implements Statement {}

  /** A {@code const} or {@code dim} in a body. */
  record Local(Declaration declaration, Span span) implements Statement {
    @Override
    public String documentation() {
      return declaration.documentation();
    }
  }

  /** {@code for l in 1..=N { … }}; a constant list stands in {@code range.first()} as a {@link Expression.Stack}. */
  record For(
      Name variable, Range range, Declaration.Block body, String documentation, Span span)
      implements Statement {}

  record Scan(Name variable, Range range, Declaration.Block body, String documentation, Span span)
      implements Statement {}

  record Assert(Expression condition, Optional<String> text, String documentation, Span span)
      implements Statement {}

  /** {@code train { … }} or {@code data { … }}. */
  record Settings(boolean isTrain, List<Setting> settings, String documentation, Span span)
      implements Statement {
    public record Setting(Name name, Expression value) {}

    public Settings {
      settings = List.copyOf(settings);
    }
  }

  /** {@code z[j] = e} or {@code h, c = lstm(H)(x)}; {@code _} drops a result. */
  record Definition(List<LeftSide> left, Expression value, String documentation, Span span)
      implements Statement {
    public Definition {
      left = List.copyOf(left);
    }
  }
}

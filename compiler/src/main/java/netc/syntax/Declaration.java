package netc.syntax;

import java.util.List;
import java.util.Optional;
import netc.source.Span;

/** What may stand at the top level of a file. {@code documentation} is the text behind {@code ///}, or empty. */
public sealed interface Declaration extends Node {

  String documentation();

  /** Its name; of several sizes the first one's. */
  default String title() {
    return switch (this) {
      case Constant constant -> constant.name().text();
      case Dimensions sizes -> sizes.items().getFirst().name().text();
      case Function function -> function.name().text();
      case Layer layer -> layer.name().text();
      case Net net -> net.name().text();
    };
  }

  /** {@code const c = e}; also a statement of a body. */
  record Constant(Name name, Expression value, String documentation, Span span)
      implements Declaration {}

  /** {@code dim A = 3, B = 2*A}; also a statement of a body. */
  record Dimensions(List<Item> items, String documentation, Span span) implements Declaration {
    public record Item(Name name, Expression value) {}

    public Dimensions {
      items = List.copyOf(items);
    }
  }

  /** A function: an expression body (with its optional {@code deriv}) or a block. */
  record Function(
      Name name,
      List<Parameter> parameters,
      List<Parameter> results,
      Body body,
      String documentation,
      Span span)
      implements Declaration {
    public Function {
      parameters = List.copyOf(parameters);
      results = List.copyOf(results);
    }
  }

  sealed interface Body {}

  record ExpressionBody(Expression value, Optional<Expression> derivative) implements Body {}

  record Block(List<Statement> statements, Span span) implements Body {
    public Block {
      statements = List.copyOf(statements);
    }
  }

  /** A layer; with one parameter list in the text, {@code settings} is empty. */
  record Layer(
      Name name,
      List<Parameter> settings,
      List<Parameter> data,
      List<Parameter> results,
      Block body,
      String documentation,
      Span span)
      implements Declaration {
    public Layer {
      settings = List.copyOf(settings);
      data = List.copyOf(data);
      results = List.copyOf(results);
    }
  }

  record Net(Name name, Block body, String documentation, Span span) implements Declaration {}
}

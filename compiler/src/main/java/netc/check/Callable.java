package netc.check;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.ir.Primitive;
import netc.source.Span;
import netc.syntax.Declaration;

/** What can stand before an argument list. */
sealed interface Callable extends Value {

  /** {@code exp}, {@code clamp}: a scalar operation of the IR. */
  record Operation(String name, Primitive primitive) implements Callable {}

  /** A function that is part of the language but no scalar operation. */
  record Special(Kind kind) implements Callable {
    enum Kind {
      CONCAT,
      WRAP,
      DIFF,
      BATCH_STACK,
      BATCH_INDEX
    }
  }

  record UserFunction(Declaration.Function declaration, Scope home) implements Callable {}

  /** Inside a {@code deriv}, the function itself: at its own argument it is already computed. */
  record Itself(UserFunction function, Term argument, Term value) implements Callable {}

  /**
   * A layer that is not instantiated yet.
   *
   * @param settings empty until its first list is given
   * @param given the names of the settings that a call gives
   */
  record Template(
      Declaration.Layer declaration,
      Scope home,
      Optional<Map<String, Value>> settings,
      Set<String> given,
      Span span)
      implements Callable {}

  /** A layer with a name of its own: all its uses share their parameters. */
  record Instance(Template template, Shared shared) implements Callable {}

  /** {@code A |> B}, not instantiated yet. */
  record Chain(Callable first, Callable second) implements Callable {}

  /** The name of the callable as the user wrote it. */
  default String title() {
    return switch (this) {
      case Operation(String name, _) -> name;
      case Special(Special.Kind kind) -> kind.name().toLowerCase(java.util.Locale.ROOT);
      case UserFunction(Declaration.Function declaration, _) -> declaration.name().text();
      case Itself itself -> itself.function.title();
      case Template template -> template.declaration.name().text();
      case Instance instance -> instance.template.title();
      case Chain(Callable first, Callable second) -> first.title() + " |> " + second.title();
    };
  }

  default boolean isLayer() {
    return this instanceof Template || this instanceof Instance || this instanceof Chain;
  }
}

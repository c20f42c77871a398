package netc.schedule;

import java.util.List;
import java.util.Map;
import netc.loop.Kernel;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * Whether a kernel may write its result over an operand: it reads an element of the operand only where,
 * and only just before, it writes the result's element at the same position.
 */
final class InPlace {
  private final String target;
  private final String source;
  private final Map<String, Statement.LetRow> rows;

  private InPlace(String target, String source, Kernel kernel) {
    this.target = target;
    this.source = source;
    this.rows = Touch.rows(kernel);
  }

  /**
   * @param target the name of the argument that is written
   * @param source the name of another one that is read, of the same type
   */
  static boolean allows(Kernel kernel, String target, String source) {
    List<Touch> touches =
        Touch.of(kernel).stream()
            .filter(t -> t.array().equals(target) || t.array().equals(source))
            .toList();
    return touches.stream().anyMatch(Touch::isStore)
        && touches.stream().anyMatch(t -> !t.isStore())
        && touches.stream().allMatch(t -> t.isStore() == t.array().equals(target))
        && touches.stream().allMatch(t -> t.isSamePlace(touches.getFirst()))
        && new InPlace(target, source, kernel).isAtOnce(kernel.body());
  }

  /**
   * Whether the elements are touched in one statement of the block, apart from the values named in front of
   * it; so every element is read and written in the same round of the loops around it. Or in several loops of
   * the same rounds, of which the last one writes.
   */
  private boolean isAtOnce(List<Statement> block) {
    List<Statement> touching =
        block.stream().filter(s -> !(s instanceof Statement.Let)).filter(this::touches).toList();
    return (touching.size() <= 1 || areSameRounds(touching))
        && touching.stream()
            .allMatch(
                statement ->
                    switch (statement) {
                      case Statement.For loop -> isAtOnce(loop.body());
                      case Statement.ForVectors loop -> !overlaps(loop) && isAtOnce(loop.body());
                      case Statement.If(_, var then, var otherwise) ->
                          isAtOnce(then) && isAtOnce(otherwise);
                      case Statement.Store _, Statement.StoreLane _, Statement.StoreVector _ -> true;
                      case Statement.Let _, Statement.LetRow _, Statement.Assign _,
                          Statement.Invoke _ ->
                          false;
                    });
  }

  private boolean areSameRounds(List<Statement> statements) {
    return statements.getLast() instanceof Statement.For last
        && statements.stream().allMatch(s -> s instanceof Statement.For loop && hasRoundsOf(last, loop))
        && statements.subList(0, statements.size() - 1).stream().noneMatch(this::stores);
  }

  private static boolean hasRoundsOf(Statement.For loop, Statement.For other) {
    return other.equals(loop.with(other.body()));
  }

  private boolean stores(Statement statement) {
    return Touch.of(statement, rows).stream().anyMatch(t -> t.isStore() && t.array().equals(target));
  }

  /** Whether vectors may come back to elements: their position is not that of the loop. */
  private static boolean overlaps(Statement.ForVectors loop) {
    return loop.body().stream()
        .anyMatch(s -> s instanceof Statement.Let let && let.value().type() == ScalarType.INT);
  }

  private boolean touches(Statement statement) {
    return Touch.of(statement, rows).stream()
        .anyMatch(t -> t.array().equals(target) || t.array().equals(source));
  }
}

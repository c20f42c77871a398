package netc.schedule;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import netc.loop.Statement;

/** Statements with other ones in place of some of their loops, wherever these stand. */
final class ChangedLoops {
  private final Function<Statement.For, Optional<List<Statement>>> change;

  private ChangedLoops(Function<Statement.For, Optional<List<Statement>>> change) {
    this.change = change;
  }

  /** @param change what a loop becomes; where it is empty, those inside of the loop are asked for */
  static List<Statement> of(
      List<Statement> statements, Function<Statement.For, Optional<List<Statement>>> change) {
    return new ChangedLoops(change).block(statements);
  }

  private List<Statement> block(List<Statement> statements) {
    return statements.stream().flatMap(statement -> statement(statement).stream()).toList();
  }

  private List<Statement> statement(Statement statement) {
    return switch (statement) {
      case Statement.For loop ->
          change.apply(loop).orElseGet(() -> List.of(loop.with(block(loop.body()))));
      case Statement.If(var condition, var then, var otherwise) ->
          List.of(new Statement.If(condition, block(then), block(otherwise)));
      case Statement.ForVectors _,
          Statement.Invoke _,
          Statement.Let _,
          Statement.LetRow _,
          Statement.Assign _,
          Statement.Store _,
          Statement.StoreLane _,
          Statement.StoreVector _ ->
          List.of(statement);
    };
  }
}

package netc.check;

import netc.syntax.LeftSide;
import netc.syntax.Name;
import netc.syntax.Statement;

/** What a wrong statement would have defined: its users stay silent. */
final class Poison {
  private final Body body;

  Poison(Body body) {
    this.body = body;
  }

  void definitions(Statement statement) {
    switch (statement) {
      case Statement.Definition definition ->
          definition.left().forEach(left -> name(left.name()));
      case Statement.Data data -> data.items().forEach(i -> name(i.name()));
      case Statement.Variables variables -> variables.items().forEach(i -> name(i.name()));
      case Statement.Output(LeftSide left, var value, _, _, _) -> {
        if (value.isPresent()) {
          name(left.name());
        }
      }
      case Statement.Objective objective -> name(objective.name());
      case Statement.Let let -> name(let.name());
      case Statement.Local local -> {
        switch (local.declaration()) {
          case netc.syntax.Declaration.Constant constant -> name(constant.name());
          case netc.syntax.Declaration.Dimensions dimensions ->
              dimensions.items().forEach(i -> name(i.name()));
          default -> {}
        }
      }
      case Statement.Scan scan -> scan.body().statements().forEach(this::definitions);
      case Statement.For loop -> loop.body().statements().forEach(this::definitions);
      case Statement.StateChange _, Statement.Assert _, Statement.Settings _ -> {}
    }
  }

  private void name(Name name) {
    try {
      if (body.context().scope().local(body.elaborator().key(name, body.context())).isEmpty()) {
        body.define(name, new Entity.Broken(name.span()));
      }
    } catch (CheckFailure _) {
      body.poisonFamily(name);
    }
  }
}

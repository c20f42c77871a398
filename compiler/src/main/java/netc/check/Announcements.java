package netc.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.check.Scope.Announced;
import netc.source.Span;
import netc.syntax.Declaration;
import netc.syntax.Name;
import netc.syntax.Parameter;
import netc.syntax.Statement;

/** What the statements of a body define, so that a use above its definition can be told from a slip. */
final class Announcements {
  private final Map<String, Announced> found = new LinkedHashMap<>();

  private Announcements() {}

  static Map<String, Announced> of(List<Statement> statements) {
    var announcements = new Announcements();
    statements.forEach(announcements::add);
    return announcements.found;
  }

  /** The names of a list of parameters: a default may use earlier ones. */
  static Map<String, Announced> ofParameters(List<Parameter> parameters) {
    var announcements = new Announcements();
    parameters.forEach(p -> announcements.add(p.name(), p.span()));
    return announcements.found;
  }

  private void add(Statement statement) {
    switch (statement) {
      case Statement.Data data -> data.items().forEach(i -> add(i.name(), i.span()));
      case Statement.Variables variables ->
          variables.items().forEach(i -> add(i.name(), i.span()));
      case Statement.Output output ->
          output.value().ifPresent(_ -> add(output.left().name(), output.span()));
      case Statement.Objective objective -> add(objective.name(), objective.span());
      case Statement.Let let -> add(let.name(), let.span());
      case Statement.Definition definition ->
          definition.left().forEach(left -> add(left.name(), definition.span()));
      case Statement.Local local -> {
        switch (local.declaration()) {
          case Declaration.Constant constant -> add(constant.name(), constant.span());
          case Declaration.Dimensions dimensions ->
              dimensions.items().forEach(i -> add(i.name(), i.value().span().to(i.name().span())));
          case Declaration.Function _, Declaration.Layer _, Declaration.Net _ -> {}
        }
      }
      case Statement.For _, Statement.Scan _, Statement.StateChange _ -> {}
      case Statement.Assert _, Statement.Settings _ -> {}
    }
  }

  private void add(Name name, Span statement) {
    if (name.superscripts().isEmpty()) {
      found.putIfAbsent(name.text(), new Announced(name.span(), statement));
    }
  }
}

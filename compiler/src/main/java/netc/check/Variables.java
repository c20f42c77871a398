package netc.check;

import java.util.List;
import netc.check.errors.CallErrors;
import netc.check.errors.NameErrors;
import netc.check.errors.RoleErrors;
import netc.ir.Extent;
import netc.ir.Tensor;
import netc.syntax.Statement;
import netc.syntax.Statement.VariableKind;

/** {@code param w[3, 4] ~ glorot_uniform}, {@code state mu[3] ~ zeros}. */
final class Variables {
  private final Body body;
  private final Elaborator elaborator;

  Variables(Body body) {
    this.body = body;
    this.elaborator = body.elaborator();
  }

  void declare(Statement.Variables variables) {
    if (body.kind() == Body.Kind.FUNCTION || body.context().isInFunction()) {
      throw new CheckFailure(RoleErrors.noVariablesInFunction(variables.span()));
    }
    for (Statement.Variables.Item item : variables.items()) {
      body.requireNew(item.name());
      if (variables.kind() == VariableKind.SAMPLE) {
        new Samples(body).declare(variables, item);
      } else {
        declare(variables, item);
      }
    }
  }

  private void declare(Statement.Variables variables, Statement.Variables.Item item) {
    Context context = body.atDefinition(item.name());
    var initializer = Initializers.initializer(variables.initializer(), elaborator, context);
    List<Integer> sizes = elaborator.shape(item.shape(), context);
    boolean isParameter = variables.kind() == VariableKind.PARAM;
    String path = body.path(item.name());
    var tensor =
        Tensor.real(
            path,
            isParameter ? Tensor.Role.PARAMETER : Tensor.Role.STATE,
            sizes.stream().map(Extent::of).toList());
    var all = isParameter ? elaborator.build.parameters() : elaborator.build.states();
    ParameterDraft existing = all.get(path);
    if (existing != null) {
      checkSame(existing, tensor, item);
    } else {
      if (elaborator.build.parameters().containsKey(path) || elaborator.build.states().containsKey(path)) {
        throw new CheckFailure(NameErrors.duplicatePath(item.span(), path, item.span()));
      }
      elaborator.build.equations().names().unique(path);
      all.put(
          path,
          new ParameterDraft(
              tensor,
              initializer.kind(),
              initializer.first(),
              initializer.second(),
              body.mentions(item.name().text()),
              variables.documentation(),
              item.span(),
              context.place(item.span())));
    }
    var labels =
        item.shape().stream()
            .map(s -> Signatures.label(s, n -> isShapeVariable(n)))
            .toList();
    Term whole = context.out().view(tensor, List.of(), Type.REAL);
    body.define(item.name(), new Entity.Bound(whole, item.name().span(), labels));
  }

  /** In a layer an upper-case name that is no setting is a shape variable of the signature. */
  private boolean isShapeVariable(String name) {
    return body.kind() == Body.Kind.LAYER && body.isShapeVariable(name);
  }

  private void checkSame(
      ParameterDraft existing, Tensor tensor, Statement.Variables.Item item) {
    if (!body.isReuse()) {
      throw new CheckFailure(
          NameErrors.duplicatePath(item.span(), tensor.name(), existing.span()));
    }
    if (!existing.tensor().shape().equals(tensor.shape())) {
      throw new CheckFailure(
          CallErrors.instanceShape(
              item.span(), tensor.name(), existing.tensor().shape(), tensor.shape()));
    }
  }
}

package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.Body.Promise;
import netc.check.errors.ExpressionErrors;
import netc.check.errors.RoleErrors;
import netc.ir.Expr;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.syntax.Statement;

/** {@code fit mu[d] = mean[batch] x[d]}: computed once over the training data. */
final class StateChanges {
  private final Body body;
  private final Elaborator elaborator;

  StateChanges(Body body) {
    this.body = body;
    this.elaborator = body.elaborator();
  }

  void check(Statement.StateChange change) {
    if (!change.isFit()) {
      throw new CheckFailure(ExpressionErrors.notSupported(change.span(), "`update`"));
    }
    var left = change.left();
    var entity = body.context().scope().find(elaborator.key(left.name(), body.context()));
    if (entity.orElse(null) instanceof Entity.Broken) {
      throw CheckFailure.poisoned();
    }
    if (!(entity.orElse(null) instanceof Entity.Bound(Term state, var declared, var labels))
        || !(state.body() instanceof Expr.Read(Tensor tensor, var _, var _))
        || tensor.role() != Tensor.Role.STATE) {
      throw new CheckFailure(RoleErrors.fitNeedsState(left.span(), left.name().text()));
    }
    if (body.isReuse()) {
      throw new CheckFailure(RoleErrors.fitUsedTwice(change.span(), left.name().text()));
    }
    if (elaborator.build.fits().stream().anyMatch(f -> f.state().equals(tensor))) {
      throw new CheckFailure(RoleErrors.fittedTwice(change.span(), left.name().text()));
    }
    var accumulations = new Accumulations(body.context().out());
    Context context =
        body.atDefinition(left.name())
            .to(accumulations)
            .with(new Context.Mode(false, Optional.of(accumulations), false));
    var shape = new Promise(state.shape(), labels(state, labels), declared);
    Value value = new Definitions(body).value(left, change.value(), Optional.of(shape), context);
    add(change, tensor, value, accumulations);
  }

  private static List<Optional<Entity.AxisLabel>> labels(
      Term state, List<Optional<Entity.AxisLabel>> labels) {
    return labels.size() == state.axes().size()
        ? labels
        : state.axes().stream().map(_ -> Optional.<Entity.AxisLabel>empty()).toList();
  }

  private void add(
      Statement.StateChange change, Tensor state, Value value, Accumulations accumulations) {
    Term term =
        Operators.real(
            Operators.term(new Operators.Operand(value, change.value().span())),
            change.value().span(),
            body.context());
    var free = FreeIndices.of(term.body());
    free.removeAll(term.axes());
    if (free.contains(FreshIndices.BATCH)) {
      throw new CheckFailure(
          RoleErrors.mustBeShared(change.span(), "fit", change.left().name().text(), change.value().span()));
    }
    if (!free.isEmpty()) {
      throw new CheckFailure(RoleErrors.fitUnderIndex(change.span(), change.left().name().text()));
    }
    Tensor whole = WholeTensor.of(term, body.path(change.left().name()) + ".fit", accumulations, change.span().place());
    elaborator
        .build
        .fits()
        .add(
            new FitDraft(
                state,
                List.copyOf(accumulations.all()),
                new ArrayList<Step.Equation>(accumulations.steps()),
                whole,
                change.span().place()));
  }
}

package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.Body.Promise;
import netc.check.errors.RoleErrors;
import netc.ir.Expr;
import netc.ir.Model;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.syntax.Statement;

/**
 * {@code fit mu[d] = mean[batch] x[d]}, computed once over the training data, and {@code update mu[d] =
 * …}, computed in each step of training.
 */
final class StateChanges {
  private final Body body;
  private final Elaborator elaborator;

  StateChanges(Body body) {
    this.body = body;
    this.elaborator = body.elaborator();
  }

  void check(Statement.StateChange change) {
    String statement = change.isFit() ? "fit" : "update";
    var left = change.left();
    String name = left.name().text();
    var entity = body.context().scope().find(elaborator.key(left.name(), body.context()));
    if (entity.orElse(null) instanceof Entity.Broken) {
      throw CheckFailure.poisoned();
    }
    if (!(entity.orElse(null) instanceof Entity.Bound(Term state, var declared, var labels))
        || !(state.body() instanceof Expr.Read(Tensor tensor, var _, var _))
        || tensor.role() != Tensor.Role.STATE) {
      throw new CheckFailure(RoleErrors.changeNeedsState(left.span(), statement, name));
    }
    if (body.isReuse()) {
      throw new CheckFailure(RoleErrors.changeUsedTwice(change.span(), statement, name));
    }
    if (!body.context().enclosing().isEmpty()) {
      throw new CheckFailure(RoleErrors.changeUnderIndex(change.span(), statement, name));
    }
    if (isChanged(tensor, change.isFit())) {
      throw new CheckFailure(RoleErrors.changedTwice(change.span(), statement, name));
    }
    var shape = new Promise(state.shape(), labels(state, labels), declared);
    if (change.isFit()) {
      fit(change, tensor, shape);
    } else {
      update(change, tensor, shape);
    }
  }

  private boolean isChanged(Tensor state, boolean isFit) {
    return isFit
        ? elaborator.build.fits().stream().anyMatch(f -> f.state().equals(state))
        : elaborator.build.updates().stream().anyMatch(u -> u.state().equals(state));
  }

  private static List<Optional<Entity.AxisLabel>> labels(
      Term state, List<Optional<Entity.AxisLabel>> labels) {
    return labels.size() == state.axes().size()
        ? labels
        : state.axes().stream().map(_ -> Optional.<Entity.AxisLabel>empty()).toList();
  }

  private void fit(Statement.StateChange change, Tensor state, Promise shape) {
    var accumulations = new Accumulations(body.context().out());
    Context context =
        body.atDefinition(change.left().name())
            .to(accumulations)
            .with(new Context.Mode(false, Optional.of(accumulations), false, false));
    Tensor whole = whole(change, "fit", shape, context);
    elaborator
        .build
        .fits()
        .add(
            new FitDraft(
                state,
                List.copyOf(accumulations.all()),
                new ArrayList<Step>(accumulations.steps()),
                whole,
                context.place(change.span()),
                change.left().span()));
  }

  private void update(Statement.StateChange change, Tensor state, Promise shape) {
    Context context = body.atDefinition(change.left().name());
    Tensor whole = whole(change, "update", shape, context);
    elaborator.build.updates().add(new Model.Update(state, whole, context.place(change.span())));
  }

  /** The new value as a tensor: real, and the same for all examples. */
  private Tensor whole(
      Statement.StateChange change, String statement, Promise shape, Context context) {
    var left = change.left();
    Value value =
        new Definitions(body).value(left, change.value(), Optional.of(shape), context);
    Term term =
        Operators.real(
            Operators.term(new Operators.Operand(value, change.value().span())),
            change.value().span(),
            body.context());
    var free = FreeIndices.of(term.body());
    free.removeAll(term.axes());
    if (free.contains(FreshIndices.BATCH)) {
      throw new CheckFailure(
          RoleErrors.mustBeShared(
              change.span(), statement, left.name().text(), change.value().span()));
    }
    return WholeTensor.of(
        term, body.path(left.name()) + "." + statement, context.out(), context.place(change.span()));
  }
}

package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.NetRoles.GivenDraft;
import netc.check.errors.GivenErrors;
import netc.ir.Interval;
import netc.ir.Model;
import netc.ir.RowPositions;
import netc.ir.Tensor;
import netc.syntax.Expression;
import netc.syntax.Name;
import netc.syntax.Statement;

/** The names behind {@code given}: definitions, samples and inputs that the caller knows. */
final class GivenNames {
  private final Elaborator elaborator;
  private final Context context;

  GivenNames(Elaborator elaborator, Context context) {
    this.elaborator = elaborator;
    this.context = context;
  }

  List<GivenDraft> of(Statement.Output output) {
    var drafts = new ArrayList<GivenDraft>();
    for (Name name : output.given()) {
      Model.Given given = given(name);
      for (GivenDraft other : drafts) {
        if (other.given().original().equals(given.original())) {
          throw new CheckFailure(GivenErrors.twice(name.span(), name.text(), other.span()));
        }
      }
      drafts.add(new GivenDraft(given, name.span()));
    }
    return drafts;
  }

  private Model.Given given(Name name) {
    Value value =
        elaborator.value(new Expression.Reference(List.of(), name, name.span()), context);
    Optional<Tensor> whole = value instanceof Term term ? WholeTensor.read(term) : Optional.empty();
    if (whole.isEmpty()) {
      throw new CheckFailure(GivenErrors.notComputed(name.span(), name.text(), "no tensor of the net"));
    }
    Tensor original = whole.get();
    switch (original.role()) {
      case INPUT, SAMPLE, VALUE -> {}
      case TARGET -> throw new CheckFailure(GivenErrors.notComputed(name.span(), name.text(), "a target"));
      case PARAMETER, STATE, SEED, ACCUMULATED, STREAM ->
          throw new CheckFailure(GivenErrors.weight(name.span(), name.text(), original.role() == Tensor.Role.STATE));
    }
    if (!original.isPerExample()) {
      throw new CheckFailure(GivenErrors.shared(name.span(), name.text()));
    }
    if (original.rowAxes() > 0 || original.interval().filter(RowPositions.INTERVAL::equals).isPresent()) {
      throw new CheckFailure(GivenErrors.notComputed(name.span(), name.text(), "of the rows of a batch"));
    }
    if (original.interval().filter(i -> !canBeChecked(i)).isPresent()) {
      Interval interval = original.interval().get();
      throw new CheckFailure(
          GivenErrors.notFromZero(name.span(), name.text(), interval.low(), interval.high()));
    }
    String key = elaborator.key(name, context);
    Tensor argument =
        new Tensor(key, Tensor.Role.INPUT, original.type(), original.shape(), original.interval());
    return new Model.Given(original, new Model.Data(key, argument, "", name.span().place()));
  }

  /** Whether data can be held against it: 0 to N-1, or any int. */
  private static boolean canBeChecked(Interval values) {
    return values.low() == 0 && values.high() < Integer.MAX_VALUE
        || values.low() <= Integer.MIN_VALUE && values.high() >= Integer.MAX_VALUE;
  }
}

package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netc.check.errors.InitializerErrors;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Model;
import netc.ir.Tensor;
import netc.syntax.Statement;

/**
 * {@code sample eps[Z] ~ normal(0, 1)}: a tensor of random numbers with an axis for the batch and for
 * each index that is bound around the call, so that every example and element has a draw of its own.
 */
final class Samples {
  private final Body body;
  private final Elaborator elaborator;

  Samples(Body body) {
    this.body = body;
    this.elaborator = body.elaborator();
  }

  void declare(Statement.Variables variables, Statement.Variables.Item item) {
    Context context = body.atDefinition(item.name());
    var written = Initializers.distribution(variables.initializer(), elaborator, context);
    checkPossible(variables, written);
    var outer = new ArrayList<Index>(List.of(FreshIndices.BATCH));
    outer.addAll(context.enclosing());
    var shape = new ArrayList<Extent>();
    outer.forEach(index -> shape.add(index.extent()));
    elaborator.shape(item.shape(), context).forEach(size -> shape.add(Extent.of(size)));
    Tensor tensor = Tensor.real(path(item), Tensor.Role.SAMPLE, shape);
    elaborator.build.equations().names().unique(tensor.name());
    elaborator
        .build
        .samples()
        .put(
            tensor.name(),
            new Model.Sample(
                tensor, written.kind(), written.first(), written.second(), context.place(item.span())));
    var labels = item.shape().stream().map(s -> Signatures.label(s, _ -> false)).toList();
    Term whole = context.out().view(tensor, outer, Type.REAL);
    body.define(item.name(), new Entity.Bound(whole, item.name().span(), labels));
  }

  /** Each use of a named layer draws for itself. */
  private String path(Statement.Variables.Item item) {
    Map<String, Model.Sample> all = elaborator.build.samples();
    String path = body.path(item.name());
    String free = path;
    for (int n = 2; all.containsKey(free); n++) {
      free = path + "_" + n;
    }
    return free;
  }

  private static void checkPossible(
      Statement.Variables variables, Initializers.Written written) {
    var span = variables.initializer().span();
    switch (written.kind()) {
      case "bernoulli" -> {
        if (!(written.first() >= 0 && written.first() <= 1)) {
          throw new CheckFailure(
              InitializerErrors.impossible(span, "bernoulli", "a probability is from 0 to 1"));
        }
      }
      case "uniform" -> {
        if (!(written.first() <= written.second())) {
          throw new CheckFailure(
              InitializerErrors.impossible(span, "uniform", "the lower bound comes first"));
        }
      }
      default -> {
        if (!(written.second() >= 0)) {
          throw new CheckFailure(
              InitializerErrors.impossible(span, written.kind(), "a deviation is not negative"));
        }
      }
    }
  }
}

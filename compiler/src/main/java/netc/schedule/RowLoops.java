package netc.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.Statement;

/**
 * Changes the plain loops of one example that store a real number for each element of a row, with rows for
 * their own work beside the arrays of a kernel.
 */
final class RowLoops {
  /** What a loop becomes; empty where it stays. */
  interface Change {
    Optional<List<Statement>> of(Statement.For loop, Statement.Store store, Rows rows);
  }

  /** Arrays of their own, as long as a loop. */
  interface Rows {
    String row(int number);
  }

  private final Arrays arrays;
  private final KernelCall call;
  private final Change change;
  private int count;
  private int longest;

  private RowLoops(Arrays arrays, KernelCall call, Change change) {
    this.arrays = arrays;
    this.call = call;
    this.change = change;
  }

  static List<Phase> changed(List<Phase> phases, Arrays arrays, Change change) {
    return arrays.hasLanes()
        ? phases
        : phases.stream()
            .map(
                phase ->
                    new Phase(
                        phase.calls().stream()
                            .map(
                                c ->
                                    c.mapped(
                                        vector -> vector,
                                        plain -> new RowLoops(arrays, plain, change).changed()))
                            .toList(),
                        phase.combined()))
            .toList();
  }

  private KernelCall changed() {
    Kernel kernel = call.kernel();
    List<Statement> body = ChangedLoops.of(kernel.body(), this::alongRow);
    if (body.equals(kernel.body())) {
      return call;
    }
    var row = new ArrayType(arrays.real(), 1);
    var arguments = new ArrayList<>(kernel.arrays());
    var references = new ArrayList<>(call.arrays());
    for (int number = 0; number < count; number++) {
      arguments.add(new Kernel.Argument(name(number), row));
      references.add(arrays.scratch(row, longest));
    }
    return call.with(new Kernel(arguments, kernel.ints(), kernel.usesRows(), kernel.usesTime(), body))
        .with(references);
  }

  private String name(int number) {
    return "a" + (call.arrays().size() + number);
  }

  private Optional<List<Statement>> alongRow(Statement.For loop) {
    boolean isRow =
        loop.from().equals(Ints.of(0))
            && loop.step() == 1
            && loop.to() instanceof Scalar.IntLiteral(int length)
            && length >= LaneRuns.LINE
            && loop.body().size() == 1
            && loop.body().getFirst() instanceof Statement.Store(_, _, var value)
            && value.type() == arrays.real();
    if (!isRow) {
      return Optional.empty();
    }
    var asked = new ArrayList<Integer>();
    Optional<List<Statement>> changed =
        change.of(
            loop,
            (Statement.Store) loop.body().getFirst(),
            number -> {
              asked.add(number + 1);
              return name(number);
            });
    if (changed.isPresent()) {
      count = Math.max(count, Collections.max(asked));
      longest = Math.max(longest, ((Scalar.IntLiteral) loop.to()).value());
    }
    return changed;
  }
}

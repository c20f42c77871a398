package netc.rewrite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import netc.ir.Program;
import netc.ir.Verifier;

/** All passes, in order, each with the reason why it stands where it does. */
public final class Pipeline {
  private Pipeline() {}

  /** A pass under the name by which it is dumped. */
  public record Named(String name, Pass pass) {}

  /** Makes a form of a model: what {@code training} decides falls away before anything else. */
  static List<Named> resolving(boolean training) {
    return List.of(
        new Named("resolve-training", new ResolveTraining(training)),
        new Named("simplify", new Simplify()), // takes the branches decided by `training`
        new Named("stable-forms", new StableForms()), // finds formulas as they were written
        new Named("split-scans", new SplitScans()), // the rest of the passes sees plain equations
        new Named("dead-code", new DeadCode())); // drops what only the others needed
  }

  /** Before differentiation: what the adjoint equations shall find. */
  static final List<Named> PREPARING =
      List.of(
          new Named("inline-copies", new InlineCopies()), // no adjoint for what only moves numbers
          new Named("split-indices", new SplitIndices()), // positions that have an inverse
          new Named("common-equations", new CommonEquations()), // fewer equations to differentiate
          new Named("name-costly", new NameCostly())); // adjoints read exp instead of computing it

  /** After differentiation, or for a form that is not differentiated. */
  static final List<Named> OPTIMISING =
      List.of(
          new Named("plain-functions", new PlainFunctions()), // derivatives are taken by now
          new Named("inline-copies", new InlineCopies()), // adjoints copy, too
          new Named("drop-guards", new DropGuards()), // fewer tests in what follows
          new Named("simplify", new Simplify()), // adjoints bring constants and decided conditions
          new Named("read-bounds", new ReadBounds()), // constants are folded, choices decided
          new Named("common-equations", new CommonEquations()), // simplified steps are equal more often
          new Named("split-indices", new SplitIndices()), // affine positions once more
          new Named("read-equal-bodies", new ReadEqualBodies()), // several sums of one adjoint
          new Named("read-rectified", new ReadRectified()), // one tensor less to keep for the gradient
          new Named("split-scans", new SplitScans()), // decided conditions loosen recurrences
          new Named("own-rows", new OwnRows()), // rows are taken back, not searched for
          new Named("share-exponentials", new ShareExponentials()), // equal exponents have equal forms
          new Named("inline-placements", new InlinePlacements()), // one tensor less for each gate
          new Named("dead-code", new DeadCode()), // before uses are counted
          new Named("fuse", new Fuse()), // elementwise chains become one loop
          new Named("hoist-factors", new HoistFactors()), // sums become plain contractions
          new Named("filters", new Filters()), // conditions narrow loops, slices are summed alone
          new Named("affine-of-sums", new AffineOfSums()), // sums have their names, roots none yet
          new Named("name-operands", new NameOperands()), // of plain accesses
          new Named("order-contractions", new OrderContractions()), // two accesses at a time
          new Named("split-scans-again", new SplitScans()), // named parts are often the same at all times
          new Named("fuse-again", new Fuse()), // factors moved out of a sum meet their reader
          new Named("split-functions", new SplitFunctions()), // loops that the JIT compiler takes soon
          new Named("split-large", new SplitLarge(SplitLarge.LARGEST)), // nothing beyond one small method
          new Named("dead-code-again", new DeadCode())); // whatever the others left behind

  static Program resolve(Program program, boolean training) {
    return run(program, resolving(training), null);
  }

  /** What predicting computes, with scans as they were written. */
  static Program predicting(Program program) {
    List<Named> passes =
        resolving(false).stream().filter(named -> !(named.pass() instanceof SplitScans)).toList();
    return new PlainFunctions().apply(run(program, passes, null));
  }

  static Program prepare(Program program) {
    return run(program, PREPARING, null);
  }

  /** The program through all optimising passes. */
  public static Program optimise(Program program) {
    return run(program, OPTIMISING, null);
  }

  /** An optimised program whose formulas need about that many bytes at most. */
  static Program split(Program program, int largest) {
    return run(program, List.of(new Named("split-further", new SplitLarge(largest))), null);
  }

  /** As {@link #optimise}, with the program after each pass; verified after each. */
  public static SequencedMap<String, Program> dump(Program program) {
    var stages = new LinkedHashMap<String, Program>();
    run(program, OPTIMISING, stages);
    return stages;
  }

  private static Program run(
      Program program, List<Named> passes, SequencedMap<String, Program> stages) {
    for (Named named : passes) {
      program = named.pass().apply(program);
      if (VERIFIED || stages != null) {
        Verifier.verified(program, Verifier.Stage.FORM, named.name());
      }
      if (stages != null) {
        stages.put((stages.size() + 1) + "-" + named.name(), program);
      }
    }
    return program;
  }

  /** Assertions are on in tests: there every pass is followed by the verifier. */
  private static final boolean VERIFIED = Pipeline.class.desiredAssertionStatus();
}

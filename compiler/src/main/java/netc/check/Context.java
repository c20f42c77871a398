package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.Expr;
import netc.ir.Index;
import netc.source.Place;
import netc.source.SourceFile;
import netc.source.Span;

/**
 * What surrounds an expression.
 *
 * @param when the condition under which it is computed: {@code true} outside of every branch
 * @param facts what that condition, and the filters around, say about loop indices
 * @param enclosing the indices that are bound around it, outermost first, the batch left out
 * @param site the definition that it belongs to
 * @param out where equations go
 * @param frame the call whose body it stands in; null in a net's own body
 * @param mode what is allowed
 */
record Context(
    Scope scope,
    Expr when,
    Facts facts,
    List<Index> enclosing,
    Site site,
    Equations out,
    Frame frame,
    Mode mode) {

  /**
   * @param truthIsNumber in metrics {@code true} counts as 1
   * @param accumulations where reductions over the batch go, if they are allowed
   * @param isRow inside such a reduction, where no other may stand
   * @param inDerivative inside a {@code deriv} nothing gets an equation of its own
   */
  record Mode(
      boolean truthIsNumber,
      Optional<Accumulations> accumulations,
      boolean isRow,
      boolean inDerivative) {
    static final Mode PLAIN = new Mode(false, Optional.empty(), false, false);
  }

  static Context of(Scope scope, Equations out) {
    return new Context(
        scope, new Expr.Bool(true), Facts.NONE, List.of(), new Site(""), out, null, Mode.PLAIN);
  }

  Context in(Scope scope) {
    return new Context(scope, when, facts, enclosing, site, out, frame, mode);
  }

  Context at(Site site) {
    return new Context(scope, when, facts, enclosing, site, out, frame, mode);
  }

  Context to(Equations out) {
    return new Context(scope, when, facts, enclosing, site, out, frame, mode);
  }

  Context with(Mode mode) {
    return new Context(scope, when, facts, enclosing, site, out, frame, mode);
  }

  Context called(Frame frame) {
    return new Context(scope, when, facts, enclosing, site, out, frame, mode);
  }

  /** The inside of a branch, or of a filtered reduction. */
  Context under(Expr condition, boolean holds) {
    Expr holding = holds ? condition : Exprs.not(condition);
    return new Context(
        scope, Exprs.and(when, holding), facts.and(condition, holds), enclosing, site, out, frame, mode);
  }

  /** The inside of what binds these indices. */
  Context within(List<Index> bound) {
    var all = new ArrayList<>(enclosing);
    all.addAll(bound);
    return new Context(scope, when, facts, List.copyOf(all), site, out, frame, mode);
  }

  /**
   * The line that an equation comes from: of the innermost text, formula or call, that stands in the
   * net's own file. The user cannot look into a line of the prelude.
   */
  Place place(Span span) {
    SourceFile own = span.file();
    for (Frame call = frame; call != null; call = call.parent().orElse(null)) {
      own = call.call().file();
    }
    Span inner = span;
    Frame around = frame;
    while (inner.file() != own) {
      inner = around.call();
      around = around.parent().orElse(null);
    }
    return inner.place();
  }

  /** Where the conditions around prove nothing: a filter is computed whatever branch it stands in. */
  Context withoutFacts() {
    return new Context(scope, when, Facts.NONE, enclosing, site, out, frame, mode);
  }

  boolean isInFunction() {
    return frame != null && frame.isFunction();
  }
}

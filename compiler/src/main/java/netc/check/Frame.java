package netc.check;

import java.util.Optional;
import netc.source.Span;

/**
 * A call of a function or layer whose body is being checked.
 *
 * @param title the call as the user reads it: {@code dense(n = 3)}
 * @param caller the scope of the call
 * @param isFunction functions create no instances
 */
record Frame(
    Optional<Frame> parent, String title, Span call, Scope caller, int depth, boolean isFunction) {
  static final int DEEPEST = 60;

  static Frame of(Frame parent, String title, Span call, Scope caller, boolean isFunction) {
    int depth = parent == null ? 1 : parent.depth + 1;
    return new Frame(Optional.ofNullable(parent), title, call, caller, depth, isFunction);
  }
}

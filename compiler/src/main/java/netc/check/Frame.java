package netc.check;

import java.util.Optional;
import netc.source.Span;

/**
 * A call of a function or layer whose body is being checked.
 *
 * @param title the call as the user reads it: {@code dense(n = 3)}
 * @param caller the scope of the call
 * @param isFunction functions create no instances
 * @param isReuse whether it, or a call around it, uses a {@code let} once more: all instances in it exist
 */
record Frame(
    Optional<Frame> parent,
    String title,
    Span call,
    Scope caller,
    int depth,
    boolean isFunction,
    boolean isReuse) {
  static final int DEEPEST = 60;

  static Frame of(Frame parent, String title, Span call, Scope caller, boolean isFunction) {
    int depth = parent == null ? 1 : parent.depth + 1;
    boolean isReuse = parent != null && parent.isReuse;
    return new Frame(Optional.ofNullable(parent), title, call, caller, depth, isFunction, isReuse);
  }

  Frame again() {
    return new Frame(parent, title, call, caller, depth, isFunction, true);
  }
}

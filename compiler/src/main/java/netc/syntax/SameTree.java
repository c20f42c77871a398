package netc.syntax;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import netc.source.Span;

/** Whether two trees say the same, wherever they stand and however they are parenthesised. */
final class SameTree {
  private SameTree() {}

  static boolean test(Object a, Object b) {
    Object first = bare(a);
    Object second = bare(b);
    if (first instanceof Span) {
      return second instanceof Span;
    }
    if (first instanceof List<?> one && second instanceof List<?> other) {
      boolean isSame = one.size() == other.size();
      for (int i = 0; isSame && i < one.size(); i++) {
        isSame = test(one.get(i), other.get(i));
      }
      return isSame;
    }
    if (first instanceof Optional<?> one && second instanceof Optional<?> other) {
      return one.isPresent() == other.isPresent() && (one.isEmpty() || test(one.get(), other.get()));
    }
    if (first instanceof Record && first.getClass() == second.getClass()) {
      return haveSameComponents(first, second);
    }
    return first.equals(second);
  }

  private static Object bare(Object node) {
    Object bare = node;
    while (bare instanceof Expression.Parenthesized parenthesized) {
      bare = parenthesized.inner();
    }
    return bare;
  }

  private static boolean haveSameComponents(Object a, Object b) {
    try {
      for (RecordComponent component : a.getClass().getRecordComponents()) {
        var accessor = component.getAccessor();
        if (!test(accessor.invoke(a), accessor.invoke(b))) {
          return false;
        }
      }
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the records of this package are open to it", e);
    }
  }
}

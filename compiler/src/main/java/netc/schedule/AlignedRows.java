package netc.schedule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.Scalar.Function;
import netc.loop.Statement;

/**
 * Plain loops of one example along a row whose arrays are read and written at different places, such as an
 * image's pixel and the numbers of its channels. The JIT compiler makes vectors where every array has the
 * same index, since it cannot rule out aliasing; so what lies elsewhere is copied into a row of its own,
 * which is one call, and the result back.
 */
final class AlignedRows {
  /** Those that are one operation of a vector; the others have loops of their own ({@link FunctionsInRows}). */
  private static final Set<Function> FUNCTIONS =
      EnumSet.of(Function.MIN, Function.MAX, Function.ABS, Function.SQRT, Function.FMA);

  /** Longer rows leave the first-level cache between the copy and its use. */
  private static final int LONGEST = 4096;

  /** A copy takes as long as vectors save for so many elements. */
  private static final int SHORTEST_OF_A_COPY = 16;

  private final Statement.For loop;
  private final Statement.Store store;
  private final Scalar here;
  private final RowLoops.Rows rows;

  /** The rows of what is read elsewhere. */
  private final Map<Scalar.Load, String> copies = new LinkedHashMap<>();

  private boolean readsHere;

  private AlignedRows(Statement.For loop, Statement.Store store, RowLoops.Rows rows) {
    this.loop = loop;
    this.store = store;
    this.here = Ints.local(loop.variable());
    this.rows = rows;
  }

  /** The phases with such loops as several, all but the copies with one index. */
  static List<Phase> of(List<Phase> phases, Arrays arrays) {
    return RowLoops.changed(
        phases, arrays, (loop, store, rows) -> new AlignedRows(loop, store, rows).aligned());
  }

  private Optional<List<Statement>> aligned() {
    boolean isCopy = store.value() instanceof Scalar.Load;
    Optional<Scalar> value = isCopy || !isAlong(store.index()) ? Optional.empty() : inRows(store.value());
    return value.filter(_ -> !isAligned() && pays()).map(this::parts);
  }

  private boolean pays() {
    int length = ((Scalar.IntLiteral) loop.to()).value();
    int count = copies.size() + (store.index().equals(here) ? 0 : 1);
    return length <= LONGEST && length >= SHORTEST_OF_A_COPY * count;
  }

  /** Whether all places are the same as it is. */
  private boolean isAligned() {
    boolean readsThere = copies.keySet().stream().allMatch(load -> load.index().equals(store.index()));
    return readsHere ? copies.isEmpty() && store.index().equals(here) : readsThere;
  }

  private List<Statement> parts(Scalar value) {
    var parts = new ArrayList<Statement>();
    copies.forEach((load, row) -> parts.add(loop.with(List.of(new Statement.Store(row, here, load)))));
    if (store.index().equals(here)) {
      parts.add(loop.with(List.of(new Statement.Store(store.array(), here, value))));
      return parts;
    }
    String result = rows.row(0);
    Scalar computed = new Scalar.Load(result, here, value.type());
    parts.add(loop.with(List.of(new Statement.Store(result, here, value))));
    parts.add(loop.with(List.of(new Statement.Store(store.array(), store.index(), computed))));
    return parts;
  }

  /** Whether the next element of the row is the next one of the array. */
  private boolean isAlong(Scalar index) {
    return Ints.start(index, loop.variable()).isPresent();
  }

  /** The value with what is read elsewhere in rows; empty where the JIT compiler would make no vectors of it. */
  private Optional<Scalar> inRows(Scalar value) {
    return switch (value) {
      case Scalar.RealLiteral _ -> Optional.of(value);
      case Scalar.Local(_, var type) when type.isReal() -> Optional.of(value);
      case Scalar.Load load when load.type() == store.value().type() && isAlong(load.index()) ->
          Optional.of(row(load));
      case Scalar.Arithmetic(var operator, var left, var right) ->
          inRows(left).flatMap(a -> inRows(right).map(b -> new Scalar.Arithmetic(operator, a, b)));
      case Scalar.Negate(var inner) -> inRows(inner).map(Scalar.Negate::new);
      case Scalar.Call(var function, var arguments, var type) when FUNCTIONS.contains(function) -> {
        var changed = new ArrayList<Scalar>();
        arguments.forEach(argument -> inRows(argument).ifPresent(changed::add));
        yield changed.size() == arguments.size()
            ? Optional.of(new Scalar.Call(function, changed, type))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private Scalar row(Scalar.Load load) {
    if (load.index().equals(here)) {
      readsHere = true;
      return load;
    }
    String row = copies.computeIfAbsent(load, _ -> rows.row(copies.size()));
    return new Scalar.Load(row, here, load.type());
  }
}

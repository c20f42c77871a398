package netc.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@link Metadata} from the string constants of a class file: numbers in base 32 with a bit that says
 * whether more follows, texts with their length in front. The compiler's writer names the same parts in
 * the same order.
 */
final class MetadataReader {
  /** Changes whenever the order of the parts does. */
  private static final int VERSION = 3;

  /** The first of 64 printable characters: five bits of a number, and one for "more follows". */
  private static final char ZERO = '0';

  private final String text;
  private int at;

  MetadataReader(String text) {
    this.text = text;
  }

  Metadata metadata() {
    if (number() != VERSION) {
      throw new IllegalArgumentException(
          "this class was compiled by another version of netc than the runtime's; compile it anew");
    }
    return new Metadata(
        text(),
        text(),
        text(),
        text(),
        text(),
        Precision.values()[integer()],
        list(this::port),
        list(this::port),
        list(this::port),
        list(() -> new Metadata.Conditional(list(this::port).get(0), list(this::port))),
        list(this::variable),
        list(this::sample),
        list(this::text),
        list(this::text),
        list(this::aggregate),
        list(this::aggregate),
        new Metadata.Data(map(this::text), map(this::real), text(), map(this::columns)),
        new Training(map(this::real), map(() -> new Rule(text(), text(), map(this::real)))),
        map(this::real),
        list(this::form));
  }

  private Metadata.Port port() {
    return new Metadata.Port(
        text(),
        Metadata.Type.values()[integer()],
        integer(),
        shape(),
        truth(),
        list(this::text),
        integer());
  }

  private Metadata.Variable variable() {
    return new Metadata.Variable(
        text(), shape(), truth(), text(), real(), real(), number(), number(), integer());
  }

  private Metadata.Sample sample() {
    return new Metadata.Sample(
        text(), Metadata.Distribution.values()[integer()], real(), real(), shape(), integer());
  }

  private Metadata.Aggregate aggregate() {
    return new Metadata.Aggregate(text(), list(this::text), list(this::operator));
  }

  private Metadata.Operator operator() {
    return Metadata.Operator.values()[integer()];
  }

  private Metadata.Columns columns() {
    return new Metadata.Columns(
        list(() -> new Metadata.Range(truth(), text(), signed(), text(), signed())),
        list(this::text),
        real(),
        integer());
  }

  private Form form() {
    String name = text();
    int kind = integer();
    Precision precision = Precision.values()[kind % Precision.values().length];
    int blockRows = integer();
    var next = new EnumMap<Slot.Kind, Integer>(Slot.Kind.class);
    List<Slot> slots =
        list(
            () -> {
              int code = integer();
              Slot.Kind[] kinds = Slot.Kind.values();
              Slot.Kind slot = kinds[code % kinds.length];
              int position = (int) signed() + next.getOrDefault(slot, 0);
              next.put(slot, position + 1);
              int size = integer();
              int rowLength = integer();
              return new Slot(
                  slot,
                  position,
                  size,
                  rowLength == 0 ? blockRows : rowLength - 1,
                  code / kinds.length);
            });
    return new Form(
        name, precision, blockRows, slots, map(() -> (int) signed()), map(() -> (int) signed()),
        list(() -> list(() -> new Form.Combination(integer(), operator()))),
        kind >= Precision.values().length);
  }

  private <T> List<T> list(Supplier<T> item) {
    int count = integer();
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(item.get());
    }
    return List.copyOf(items);
  }

  private <T> Map<String, T> map(Supplier<T> item) {
    int count = integer();
    Map<String, T> items = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = text();
      items.put(name, item.get());
    }
    return Collections.unmodifiableMap(items);
  }

  private int[] shape() {
    int[] shape = new int[integer()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = integer();
    }
    return shape;
  }

  private String text() {
    int length = integer();
    String value = text.substring(at, at + length);
    at += length;
    return value;
  }

  private boolean truth() {
    return number() != 0;
  }

  private double real() {
    return truth()
        ? signed()
        : Double.longBitsToDouble(Long.parseUnsignedLong(text(), 16));
  }

  private long signed() {
    long value = number();
    return value >>> 1 ^ -(value & 1);
  }

  private int integer() {
    return (int) number();
  }

  private long number() {
    long value = 0;
    for (int shift = 0; ; shift += 5) {
      int digit = text.charAt(at++) - ZERO;
      value |= (long) (digit & 31) << shift;
      if (digit < 32) {
        return value;
      }
    }
  }
}

package netc.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** What a list or a map holds; functions in their place would take a JVM's start longer than all of the reading. */
  private static final int TEXT = 0;

  private static final int REAL = 1;
  private static final int SIGNED = 2;
  private static final int PORT = 3;
  private static final int CONDITIONAL = 4;
  private static final int VARIABLE = 5;
  private static final int SAMPLE = 6;
  private static final int AGGREGATE = 7;
  private static final int OPERATOR = 8;
  private static final int RANGE = 9;
  private static final int COLUMNS = 10;
  private static final int RULE = 11;
  private static final int FORM = 12;
  private static final int COMBINATIONS = 13;
  private static final int COMBINATION = 14;

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
        list(PORT),
        list(PORT),
        list(PORT),
        list(CONDITIONAL),
        list(VARIABLE),
        list(SAMPLE),
        list(TEXT),
        list(TEXT),
        list(AGGREGATE),
        list(AGGREGATE),
        new Metadata.Data(map(TEXT), map(REAL), text(), map(COLUMNS)),
        new Training(map(REAL), map(RULE)),
        map(REAL),
        list(FORM));
  }

  private Metadata.Port port() {
    return new Metadata.Port(
        text(),
        Metadata.Type.values()[integer()],
        integer(),
        shape(),
        truth(),
        list(TEXT),
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
    return new Metadata.Aggregate(text(), list(TEXT), list(OPERATOR));
  }

  private Metadata.Operator operator() {
    return Metadata.Operator.values()[integer()];
  }

  private Metadata.Columns columns() {
    return new Metadata.Columns(
        list(RANGE),
        list(TEXT),
        real(),
        integer());
  }

  private Form form() {
    String name = text();
    int kind = integer();
    Precision precision = Precision.values()[kind % Precision.values().length];
    int blockRows = integer();
    Slot.Kind[] kinds = Slot.Kind.values();
    int[] next = new int[kinds.length];
    int count = integer();
    List<Slot> slots = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int code = integer();
      int kindOfSlot = code % kinds.length;
      int position = (int) signed() + next[kindOfSlot];
      next[kindOfSlot] = position + 1;
      int size = integer();
      int rowLength = integer();
      int length = rowLength == 0 ? blockRows : rowLength - 1;
      slots.add(new Slot(kinds[kindOfSlot], position, size, length, code / kinds.length));
    }
    return new Form(
        name, precision, blockRows, List.copyOf(slots), map(SIGNED), map(SIGNED),
        list(COMBINATIONS),
        kind >= Precision.values().length);
  }

  private Object part(int kind) {
    return switch (kind) {
      case TEXT -> text();
      case REAL -> real();
      case SIGNED -> (int) signed();
      case PORT -> port();
      case CONDITIONAL -> new Metadata.Conditional(this.<Metadata.Port>list(PORT).get(0), list(PORT));
      case VARIABLE -> variable();
      case SAMPLE -> sample();
      case AGGREGATE -> aggregate();
      case OPERATOR -> operator();
      case RANGE -> new Metadata.Range(truth(), text(), signed(), text(), signed());
      case COLUMNS -> columns();
      case RULE -> new Rule(text(), text(), map(REAL));
      case FORM -> form();
      case COMBINATIONS -> list(COMBINATION);
      case COMBINATION -> new Form.Combination(integer(), operator());
      default -> throw new IllegalArgumentException("part " + kind);
    };
  }

  /** @param kind of the items, which are all of the type that the caller wants */
  @SuppressWarnings("unchecked")
  private <T> List<T> list(int kind) {
    int count = integer();
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add((T) part(kind));
    }
    return List.copyOf(items);
  }

  /** @param kind of the values, which are all of the type that the caller wants */
  @SuppressWarnings("unchecked")
  private <T> Map<String, T> map(int kind) {
    int count = integer();
    Map<String, T> items = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = text();
      items.put(name, (T) part(kind));
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

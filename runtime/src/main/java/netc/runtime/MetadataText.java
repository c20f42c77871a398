package netc.runtime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.Metadata.Value;

/**
 * {@link Metadata} as printable text, for the string constants of a class file: numbers in base 32 with
 * a bit that says whether more follows, texts with their length in front. {@link #write} and {@link
 * Reader} name the same parts in the same order; a slot takes three to five characters.
 */
final class MetadataText {
  /** Changes whenever the order of the parts does. */
  private static final int VERSION = 1;

  /** The first of 64 printable characters: five bits of a number, and one for "more follows". */
  private static final char ZERO = '0';

  private final StringBuilder text = new StringBuilder();

  static String write(Metadata metadata) {
    var writer = new MetadataText();
    writer.metadata(metadata);
    return writer.text.toString();
  }

  static Metadata read(String text) {
    return new Reader(text).metadata();
  }

  private void metadata(Metadata m) {
    number(VERSION);
    text(m.className());
    text(m.documentation());
    text(m.sourceName());
    text(m.sourceSha256());
    text(m.compilerVersion());
    number(m.precision().ordinal());
    ports(m.inputs());
    ports(m.targets());
    ports(m.outputs());
    number(m.variables().size());
    m.variables().forEach(this::variable);
    number(m.samples().size());
    m.samples().forEach(this::sample);
    texts(m.losses());
    texts(m.penalties());
    number(m.metrics().size());
    for (Metadata.Metric metric : m.metrics()) {
      accumulated(metric.name(), metric.accumulate(), metric.operators());
    }
    number(m.fits().size());
    for (Metadata.Fit fit : m.fits()) {
      accumulated(fit.path(), fit.accumulate(), fit.operators());
    }
    settings(m.data());
    settings(m.train());
    number(m.sizes().size());
    m.sizes()
        .forEach(
            (name, value) -> {
              text(name);
              real(value);
            });
    number(m.forms().size());
    m.forms().forEach(this::form);
  }

  private void ports(List<Metadata.Port> ports) {
    number(ports.size());
    for (Metadata.Port port : ports) {
      text(port.name());
      number(port.type().ordinal());
      number(port.bound());
      shape(port.shape());
      truth(port.perExample());
      texts(port.needs());
      number(port.line());
    }
  }

  private void variable(Metadata.Variable variable) {
    text(variable.path());
    shape(variable.shape());
    truth(variable.trained());
    text(variable.initializer());
    real(variable.first());
    real(variable.second());
    number(variable.fanIn());
    number(variable.fanOut());
    number(variable.line());
  }

  private void sample(Metadata.Sample sample) {
    text(sample.path());
    number(sample.distribution().ordinal());
    real(sample.first());
    real(sample.second());
    shape(sample.shape());
    number(sample.line());
  }

  private void accumulated(String name, List<String> results, List<Metadata.Operator> operators) {
    text(name);
    texts(results);
    number(operators.size());
    operators.forEach(operator -> number(operator.ordinal()));
  }

  private void settings(Map<String, Metadata.Setting> settings) {
    number(settings.size());
    settings.forEach(
        (name, setting) -> {
          text(name);
          value(setting.value());
          number(setting.line());
        });
  }

  private void value(Value value) {
    if (value instanceof Value.Number number) {
      number(0);
      real(number.value());
      truth(number.whole());
    } else if (value instanceof Value.Text words) {
      number(1);
      text(words.value());
    } else if (value instanceof Value.Truth truth) {
      number(2);
      truth(truth.value());
    } else if (value instanceof Value.Span span) {
      number(3);
      value(span.first());
      value(span.last());
      truth(span.inclusive());
    } else if (value instanceof Value.Many many) {
      number(4);
      values(many.values());
    } else if (value instanceof Value.Call call) {
      number(5);
      text(call.name());
      values(call.positional());
      number(call.named().size());
      call.named()
          .forEach(
              (name, argument) -> {
                text(name);
                value(argument);
              });
    }
  }

  private void values(List<Value> values) {
    number(values.size());
    values.forEach(this::value);
  }

  private void form(Form form) {
    text(form.name());
    number(form.precision().ordinal());
    number(form.blockRows());
    number(form.slots().size());
    var next = new EnumMap<Slot.Kind, Integer>(Slot.Kind.class);
    for (Slot slot : form.slots()) {
      number(slot.kind().ordinal());
      signed((long) slot.position() - next.getOrDefault(slot.kind(), 0));
      next.put(slot.kind(), slot.position() + 1);
      number(slot.size());
      number(slot.rowLength() == form.blockRows() ? 0 : slot.rowLength() + 1);
    }
    positions(form.inputs());
    positions(form.results());
    number(form.barriers().size());
    for (List<Form.Combination> barrier : form.barriers()) {
      number(barrier.size());
      for (Form.Combination combination : barrier) {
        number(combination.slot());
        number(combination.operator().ordinal());
      }
    }
  }

  private void positions(Map<String, Integer> positions) {
    number(positions.size());
    positions.forEach(
        (name, position) -> {
          text(name);
          signed(position);
        });
  }

  private void texts(List<String> texts) {
    number(texts.size());
    texts.forEach(this::text);
  }

  private void shape(int[] shape) {
    number(shape.length);
    for (int size : shape) {
      number(size);
    }
  }

  private void text(String value) {
    number(value.length());
    text.append(value);
  }

  private void truth(boolean value) {
    number(value ? 1 : 0);
  }

  /** Whole doubles, which are most, as numbers; others by their bits. */
  private void real(double value) {
    long whole = (long) value;
    boolean exact =
        Double.doubleToRawLongBits(whole) == Double.doubleToRawLongBits(value)
            && Math.abs(whole) < 1L << 53;
    truth(exact);
    if (exact) {
      signed(whole);
    } else {
      text(Long.toHexString(Double.doubleToRawLongBits(value)));
    }
  }

  private void signed(long value) {
    number(value << 1 ^ value >> 63);
  }

  private void number(long value) {
    long rest = value;
    while (rest >>> 5 != 0) {
      text.append((char) (ZERO + (rest & 31 | 32)));
      rest >>>= 5;
    }
    text.append((char) (ZERO + rest));
  }

  /** Reads what the writer wrote. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
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
          list(this::variable),
          list(this::sample),
          list(this::text),
          list(this::text),
          list(() -> new Metadata.Metric(text(), list(this::text), list(this::operator))),
          list(() -> new Metadata.Fit(text(), list(this::text), list(this::operator))),
          map(() -> new Metadata.Setting(value(), integer())),
          map(() -> new Metadata.Setting(value(), integer())),
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

    private Metadata.Operator operator() {
      return Metadata.Operator.values()[integer()];
    }

    private Value value() {
      int kind = integer();
      return switch (kind) {
        case 0 -> new Value.Number(real(), truth());
        case 1 -> new Value.Text(text());
        case 2 -> new Value.Truth(truth());
        case 3 -> new Value.Span(value(), value(), truth());
        case 4 -> new Value.Many(list(this::value));
        case 5 -> new Value.Call(text(), list(this::value), map(this::value));
        default -> throw new IllegalArgumentException("damaged metadata: value kind " + kind);
      };
    }

    private Form form() {
      String name = text();
      Precision precision = Precision.values()[integer()];
      int blockRows = integer();
      var next = new EnumMap<Slot.Kind, Integer>(Slot.Kind.class);
      List<Slot> slots =
          list(
              () -> {
                Slot.Kind kind = Slot.Kind.values()[integer()];
                int position = (int) signed() + next.getOrDefault(kind, 0);
                next.put(kind, position + 1);
                int size = integer();
                int rowLength = integer();
                return new Slot(
                    kind, position, size, rowLength == 0 ? blockRows : rowLength - 1);
              });
      return new Form(
          name, precision, blockRows, slots, map(() -> (int) signed()), map(() -> (int) signed()),
          list(() -> list(() -> new Form.Combination(integer(), operator()))));
    }

    private <T> List<T> list(java.util.function.Supplier<T> item) {
      int count = integer();
      List<T> items = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        items.add(item.get());
      }
      return List.copyOf(items);
    }

    private <T> Map<String, T> map(java.util.function.Supplier<T> item) {
      int count = integer();
      Map<String, T> items = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        String name = text();
        items.put(name, item.get());
      }
      return java.util.Collections.unmodifiableMap(items);
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
}

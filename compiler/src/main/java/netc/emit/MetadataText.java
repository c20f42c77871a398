package netc.emit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import netc.runtime.Form;
import netc.runtime.Metadata;
import netc.runtime.Precision;
import netc.runtime.Rule;
import netc.runtime.Slot;

/**
 * {@link Metadata} as printable texts that each fit a string constant of a class file: numbers in base 32
 * with a bit that says whether more follows, texts with their length in front. The runtime reads the
 * same parts in the same order; a slot takes three to five characters.
 */
final class MetadataText {
  /** Changes, here and in the runtime, whenever the order of the parts does. */
  private static final int VERSION = 3;

  /** The longest constant, in the modified UTF-8 bytes of a class file (their limit: 65,535). */
  private static final int LONGEST = 65_000;

  /** The first of 64 printable characters: five bits of a number, and one for "more follows". */
  private static final char ZERO = '0';

  private final StringBuilder text = new StringBuilder();

  /** The parts, which the runtime's {@link Metadata#decode} reads. */
  static List<String> of(Metadata metadata) {
    var writer = new MetadataText();
    writer.metadata(metadata);
    return writer.parts();
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int width = c >= 1 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      if (bytes + width >= LONGEST) {
        parts.add(text.substring(start, i));
        start = i;
        bytes = 0;
      }
      bytes += width;
    }
    parts.add(text.substring(start));
    return List.copyOf(parts);
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
    number(m.conditionals().size());
    for (Metadata.Conditional conditional : m.conditionals()) {
      ports(List.of(conditional.output()));
      ports(conditional.given());
    }
    number(m.variables().size());
    m.variables().forEach(this::variable);
    number(m.samples().size());
    m.samples().forEach(this::sample);
    texts(m.losses());
    texts(m.penalties());
    aggregates(m.metrics());
    aggregates(m.fits());
    data(m.data());
    map(m.train().numbers(), this::real);
    map(m.train().rules(), this::rule);
    map(m.sizes(), this::real);
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

  private void aggregates(List<Metadata.Aggregate> aggregates) {
    number(aggregates.size());
    for (Metadata.Aggregate aggregate : aggregates) {
      text(aggregate.name());
      texts(aggregate.accumulate());
      number(aggregate.operators().size());
      aggregate.operators().forEach(operator -> number(operator.ordinal()));
    }
  }

  private void data(Metadata.Data data) {
    map(data.files(), this::text);
    map(data.fractions(), this::real);
    text(data.separator());
    map(data.columns(), this::columns);
  }

  private void columns(Metadata.Columns columns) {
    number(columns.ranges().size());
    for (Metadata.Range range : columns.ranges()) {
      truth(range.named());
      text(range.first());
      signed(range.from());
      text(range.last());
      signed(range.end());
    }
    texts(columns.labels());
    real(columns.missing());
    number(columns.line());
  }

  private void rule(Rule rule) {
    text(rule.name());
    text(rule.on());
    map(rule.numbers(), this::real);
  }

  private void form(Form form) {
    text(form.name());
    number(form.precision().ordinal() + (form.isTiny() ? Precision.values().length : 0));
    number(form.blockRows());
    number(form.slots().size());
    var next = new EnumMap<Slot.Kind, Integer>(Slot.Kind.class);
    for (Slot slot : form.slots()) {
      number(slot.kind().ordinal() + Slot.Kind.values().length * slot.rowAxes());
      signed((long) slot.position() - next.getOrDefault(slot.kind(), 0));
      next.put(slot.kind(), slot.position() + 1);
      number(slot.size());
      number(slot.rowLength() == form.blockRows() ? 0 : slot.rowLength() + 1);
    }
    map(form.inputs(), position -> signed(position));
    map(form.results(), position -> signed(position));
    number(form.barriers().size());
    for (List<Form.Combination> barrier : form.barriers()) {
      number(barrier.size());
      for (Form.Combination combination : barrier) {
        number(combination.slot());
        number(combination.operator().ordinal());
      }
    }
  }

  private <T> void map(Map<String, T> map, Consumer<T> value) {
    number(map.size());
    map.forEach(
        (name, item) -> {
          text(name);
          value.accept(item);
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
}

package netc.emit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.loop.ScalarType;
import netc.runtime.Form;
import netc.runtime.Precision;
import netc.runtime.Slot;
import netc.schedule.ArrayReference;
import netc.schedule.Buffer;
import netc.schedule.FormWork;
import netc.schedule.Schedule;

/** A schedule's buffers as the slots by which the runtime knows them. */
final class FormSlots {
  private FormSlots() {}

  static Form of(Schedule schedule) {
    var counts = new EnumMap<Slot.Kind, Integer>(Slot.Kind.class);
    var slots = new ArrayList<Slot>();
    for (Buffer buffer : schedule.buffers()) {
      Slot.Kind kind = kind(buffer);
      int position = counts.merge(kind, 1, Integer::sum) - 1;
      slots.add(new Slot(kind, position, buffer.size(), buffer.rowLength(), buffer.rowAxes()));
    }
    return new Form(
        schedule.form(),
        precision(schedule.real()),
        schedule.blockRows(),
        slots,
        positions(schedule.inputs()),
        positions(schedule.results()),
        barriers(schedule),
        FormWork.of(schedule).isTiny());
  }

  private static List<List<Form.Combination>> barriers(Schedule schedule) {
    return !schedule.isTogether()
        ? List.of()
        : schedule.phases().stream()
            .map(
                phase ->
                    phase.combined().stream()
                        .map(
                            c ->
                                new Form.Combination(
                                    c.part().buffer(), ModelToMetadata.operator(c.operator())))
                        .toList())
            .toList();
  }

  static Precision precision(ScalarType real) {
    return real == ScalarType.FLOAT ? Precision.F32 : Precision.F64;
  }

  private static Slot.Kind kind(Buffer buffer) {
    if (buffer.type().rank() == 2) {
      return buffer.type().element().isReal() ? Slot.Kind.LANES : Slot.Kind.INT_LANES;
    }
    return buffer.type().element().isReal() ? Slot.Kind.FLAT : Slot.Kind.INT_FLAT;
  }

  private static Map<String, Integer> positions(Map<String, ArrayReference> references) {
    var positions = new LinkedHashMap<String, Integer>();
    references.forEach(
        (name, reference) ->
            positions.put(
                name,
                switch (reference) {
                  case ArrayReference.InBuffer(int buffer) -> buffer;
                  case ArrayReference.InWeights(int weight) -> -1 - weight;
                  case ArrayReference.InTable _, ArrayReference.InPacked _ ->
                      throw new IllegalArgumentException(name + " is constant");
                }));
    return positions;
  }

  /** All forms, in the order of the schedules. */
  static List<Form> of(List<Schedule> schedules) {
    return schedules.stream().map(FormSlots::of).toList();
  }
}

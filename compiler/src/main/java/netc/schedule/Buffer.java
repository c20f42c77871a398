package netc.schedule;

import netc.loop.ArrayType;

/** An array of a form: {@code size} elements, or rows of lanes when its type has rank 2. */
public record Buffer(ArrayType type, int size) {}

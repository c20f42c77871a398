package netc.schedule;

import netc.loop.ArrayType;

/**
 * An array of a form: {@code size} elements, or {@code size} rows when its type has rank 2.
 *
 * @param rowLength of each row; 0 without rows
 */
public record Buffer(ArrayType type, int size, int rowLength) {}

package netc.schedule;

import netc.loop.ArrayType;

/**
 * An array of a form: {@code size} elements, or {@code size} rows when its type has rank 2.
 *
 * @param rowLength of each row; 0 without rows
 * @param rowAxes how many times the size is multiplied by the number of rows of the whole batch
 */
public record Buffer(ArrayType type, int size, int rowLength, int rowAxes) {}

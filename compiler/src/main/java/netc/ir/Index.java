package netc.ir;

/** A loop index, unique by name within its step. It runs over 0..extent-1. */
public record Index(String name, Extent extent) {}

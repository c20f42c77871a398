package netc.emit;

import java.util.Map;
import netc.runtime.Metadata;

/** The class files of a net by class name, and the metadata they carry. */
public record Emitted(Metadata metadata, Map<String, byte[]> classes) {}

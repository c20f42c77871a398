package netc.syntax;

import java.util.Optional;
import netc.source.Span;

/** {@code import "conv.net"} ({@code isFile}) or {@code import std.vision as v}. */
public record Import(String target, boolean isFile, Optional<Name> alias, Span span)
    implements Node {}

package netc.rewrite;

import netc.ir.Program;

/** Rewrites a program without changing what it means. */
@FunctionalInterface
public interface Pass {
  Program apply(Program program);
}

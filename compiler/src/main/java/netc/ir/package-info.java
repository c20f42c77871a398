/**
 * The program as equations over index domains: all that the passes ever see. One equation form serves
 * nearly everything, {@code out[o] = reduce_r f(A1[α1(o,r)], …)}, and is closed under differentiation.
 * Guaranteed by {@link netc.ir.Verifier}: every read stays inside its tensor or says what lies
 * outside, every tensor has one defining step before its uses. May use {@code netc.source} for places
 * and {@code netc.runtime} for numbers. Open {@link netc.ir.Program} first, then {@link netc.ir.Expr}.
 */
package netc.ir;

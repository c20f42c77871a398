package netc.grad;

import java.util.List;
import java.util.Map;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Subscript;

/**
 * An index map α read backwards: for each position of the accessed tensor, the points of the domain
 * that α sends there.
 *
 * @param outputs the indices that run over the accessed tensor's axes, row-major
 * @param replacements the domain's indices that follow from the position; the others keep running
 * @param summed the indices that keep running, those not among {@code outputs}
 * @param ranges for each replaced index, the conditions under which its replacement is in its range and
 *     whole; absent when that is always so
 * @param conditions what must hold besides
 */
record Inverse(
    List<Index> outputs,
    Map<Index, Subscript> replacements,
    List<Index> summed,
    Map<Index, List<Expr>> ranges,
    List<Expr> conditions) {}

/**
 * Decides how equations are computed: layouts, loops, accumulators, memory. In: a {@link
 * netc.ir.Program}. Out: a {@link netc.schedule.Schedule}, kernels and the calls of them in order.
 * Guaranteed: kernels are pure loops over arrays, equal work gives equal kernels. May use {@code
 * netc.ir} and {@code netc.loop}. Open {@link netc.schedule.ProgramToLoops} first.
 */
package netc.schedule;

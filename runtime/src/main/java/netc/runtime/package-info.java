/**
 * What generated classes are made of and what applications see of them: {@link netc.runtime.Network},
 * {@link netc.runtime.Tensor}, workspaces, and the contract between the compiler and the runtime,
 * {@link netc.runtime.Code}. No dependency; Java 17. Open {@link netc.runtime.Network} first.
 */
package netc.runtime;

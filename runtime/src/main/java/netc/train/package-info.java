/**
 * Training: a network and data in, better networks out. The same source, seed, data and settings give
 * the same bits for any number of threads. Nothing is printed; listeners are told. May use {@code
 * netc.runtime}, {@code netc.data} and {@code netc.io}. Open {@link netc.train.Trainer} first.
 */
package netc.train;

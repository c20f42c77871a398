/**
 * Training data: CSV and IDX files in, tensors with the rows as first axis out, by the {@code data}
 * block of a net. Every value is checked here once; an error is a {@link netc.data.DataException} that
 * names file, row and column. May use {@code netc.runtime}. Open {@link netc.data.Dataset} first.
 */
package netc.data;

/**
 * Tensors in files: safetensors in and out, strict against damaged and hostile files, and the
 * checkpoints of networks. Every error is a {@link netc.io.CheckpointException} whose message is
 * complete; a file is replaced whole or not at all. May use {@code netc.runtime}. Open {@link
 * netc.io.Checkpoint} first.
 */
package netc.io;

package netc.runtime;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers by position: number {@code i} of a stream depends only on the seed, the stream's name
 * and {@code i}, so adding a parameter, or a thread, moves no other draw. The generator is SplitMix64
 * (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): the mixing function
 * {@code mix64} applied to {@code key + (i + 1)·0x9E3779B97F4A7C15}. The key mixes the seed with the
 * name's FNV-1a hash of 64 bits. All draws are made in double.
 */
public final class RandomStream {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long key;

  public RandomStream(long seed, String name) {
    key = key(seed, hash(name));
  }

  static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 255)) * 0x100000001B3L;
    }
    return hash;
  }

  private static long key(long seed, long hash) {
    return mix(mix(seed + GOLDEN) ^ hash);
  }

  /** The key of one step's numbers: a stream of its own for each seed, name and step. */
  static long key(long seed, long hash, long step) {
    return mix(key(seed, hash) ^ mix(step + GOLDEN));
  }

  /** 64 random bits. */
  public long bits(long position) {
    return bits(key, position);
  }

  private static long bits(long key, long position) {
    return mix(key + (position + 1) * GOLDEN);
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  public double uniform(long position) {
    return uniform(key, position);
  }

  static double uniform(long key, long position) {
    return (bits(key, position) >>> 11) * 0x1.0p-53;
  }

  /**
   * Standard normal, by Box and Muller's transform of the uniforms {@code 2·(position/2)} and the next:
   * an even position takes the cosine, an odd one the sine. {@link StrictMath} gives every machine the
   * same bits.
   */
  public double normal(long position) {
    return normal(key, position);
  }

  static double normal(long key, long position) {
    long pair = position & ~1L;
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(key, pair)));
    double angle = 2 * Math.PI * uniform(key, pair + 1);
    return radius * ((position & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
  }

  /** Standard Gumbel, by inversion of a uniform strictly between 0 and 1. */
  static double gumbel(long key, long position) {
    double uniform = uniform(key, position) + 0x1.0p-54;
    return -StrictMath.log(-StrictMath.log(uniform));
  }

  /** A random order of 0..count-1: Fisher and Yates's shuffle, drawing positions {@code 0..count-2}. */
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    for (int i = count - 1; i > 0; i--) {
      int j = (int) (uniform(count - 1 - i) * (i + 1));
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

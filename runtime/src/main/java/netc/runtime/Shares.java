package netc.runtime;

/** Who computes the shares of large kernels, when several threads predict one example. */
public final class Shares {
  /** Of every kernel, whatever the number of threads. */
  private static final int COUNT = 8;

  private final Code code;
  private final Tasks tasks;

  Shares(Code code, Tasks tasks) {
    this.code = code;
    this.tasks = tasks;
  }

  /** Called by generated code in place of a kernel; returns when all shares of it are there. */
  public void run(int kernel, Weights weights, Block block) {
    tasks.run(COUNT, share -> code.share(kernel, weights, block, share, COUNT));
  }
}

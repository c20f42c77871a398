package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.Netc;
import netc.runtime.Flavour;
import netc.runtime.Network;
import netc.runtime.Workspace;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions by several threads: blocks of rows, and shares of the large kernels of one row. */
class ThreadsOfPredictionTest {
  /** Tiles of rows and of panels, with an overlap and without; a depthwise one; products of activations. */
  private static final String IMAGE =
      """
      package test
      net N {
        input x[3, 26, 25]
        let a = conv2d(48, 3, padding = 1, use_bias = false)
        let n = batch_norm2d()
        let b = conv2d(72, 3)
        let d = depthwise_conv2d(3, padding = 1)
        let e = conv2d(300, 3, stride = 4)
        h = x |> a |> n |> relu |> b |> relu |> d |> e |> relu
        g[k, (i, j)] = h[k, i, j]
        s[k, l] = sum[m] g[k, m] * g[l, m]
        z[k] = sum[l] s[k, l]
        let fc = dense(10)
        p = z |> fc
        output p
      }
      """;

  private static Network network() throws ReflectiveOperationException {
    CompiledNet net =
        Netc.compile(new SourceFile("test.net", IMAGE), CompileOptions.DEFAULT).nets().getFirst();
    return (Network) net.load().type().getMethod("init", long.class).invoke(null, 1L);
  }

  private static float[] data(int rows) {
    var random = new Random(5);
    float[] x = new float[rows * 3 * 26 * 25];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private static Workspace workspace(Network network, int rows) throws ReflectiveOperationException {
    return (Workspace) network.getClass().getMethod("workspace", int.class).invoke(network, rows);
  }

  private static Method rows(Network network) throws ReflectiveOperationException {
    Class<?> workspace = network.getClass().getMethod("workspace", int.class).getReturnType();
    return network.getClass().getMethod("p", workspace, float[].class, int.class, float[].class);
  }

  private static float[] predicted(Network network, Workspace workspace, float[] x, int rows)
      throws ReflectiveOperationException {
    float[] p = new float[rows * 10];
    rows(network).invoke(network, workspace, x, rows, p);
    return p;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void anyNumberOfThreadsPredictsTheSameBits(int rows) throws ReflectiveOperationException {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      Flavours.each(
          () -> {
            Network network = network();
            float[] x = data(rows);
            float[] alone = predicted(network, workspace(network, rows), x, rows);
            for (int threads = 1; threads <= 3; threads++) {
              Workspace workspace = workspace(network, rows);
              workspace.executor(executor, threads);
              for (int time = 0; time < 3; time++) {
                assertArrayEquals(alone, predicted(network, workspace, x, rows), threads + " threads");
              }
            }
          });
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void aRowAloneIsComputedAsByTheMethodForOne() throws ReflectiveOperationException {
    Network network = network();
    float[] x = data(1);
    assertArrayEquals(
        (float[]) network.getClass().getMethod("p", float[].class).invoke(network, x),
        predicted(network, workspace(network, 1), x, 1));
  }

  /** A thread more is asked for a share of each large kernel, and none without an executor. */
  @Test
  void largeKernelsOfOneRowAreShared() throws ReflectiveOperationException {
    Network network = network();
    var asked = new AtomicInteger();
    Workspace workspace = workspace(network, 1);
    workspace.executor(
        task -> {
          asked.incrementAndGet();
          task.run();
        },
        2);
    Flavours.in(Flavour.VECTOR, () -> predicted(network, workspace, data(1), 1));
    assertTrue(asked.get() >= 3, asked + " kernels");
  }

  @Test
  void whatAnExecutorThrowsReachesTheCaller() throws ReflectiveOperationException {
    Network network = network();
    Workspace workspace = workspace(network, 100);
    var refused = new RejectedExecutionException("closed");
    workspace.executor(
        task -> {
          throw refused;
        },
        2);
    var thrown =
        assertThrows(
            java.lang.reflect.InvocationTargetException.class,
            () -> predicted(network, workspace, data(100), 100));
    assertSame(refused, thrown.getCause());
    assertThrows(IllegalArgumentException.class, () -> workspace.executor(Runnable::run, 0));
  }

  /** Of plain loops: vectors are objects until the JIT compiler has translated their kernels. */
  @Test
  void withoutAnExecutorNothingIsAllocated() throws Throwable {
    Flavours.in(Flavour.PORTABLE, ThreadsOfPredictionTest::allocatesNothing);
  }

  private static void allocatesNothing() throws Throwable {
    Network network = network();
    Workspace workspace = workspace(network, 1);
    MethodHandle call =
        MethodHandles.insertArguments(
            MethodHandles.publicLookup().unreflect(rows(network)),
            0,
            network,
            workspace,
            data(1),
            1,
            new float[10]);
    assertEquals(0, CallsTest.allocatedBy(call.asType(MethodType.methodType(void.class))));
  }
}

package netc.bench.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import netc.bench.Engine;
import netc.bench.Workload;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** libtorch through JavaCPP: functions called eagerly; memory freed by scopes, never by the collector. */
public final class TorchEngine implements Engine {

  @Override
  public String version() {
    String jar = Tensor.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return "libtorch " + jar.replaceAll(".*/pytorch-(.*)\\.jar", "$1");
  }

  @Override
  public Predictor predictor(
      Workload workload, Map<String, netc.runtime.Tensor> weights, int threads) {
    BatchPredictor batch = batchPredictor(workload, weights, 1, threads);
    return example -> {
      float[] probabilities = new float[workload.outputs];
      batch.predict(example, probabilities);
      return probabilities;
    };
  }

  @Override
  public BatchPredictor batchPredictor(
      Workload workload, Map<String, netc.runtime.Tensor> weights, int rows, int threads) {
    torch.set_num_threads(threads);
    TorchLayers layers = new TorchLayers(tensors(weights, false));
    FloatPointer room = new FloatPointer((long) rows * workload.inputs());
    Tensor x = torch.from_blob(room, workload.shape(rows));
    return (examples, probabilities) -> {
      try (PointerScope scope = new PointerScope();
          InferenceMode inference = new InferenceMode()) {
        room.put(examples);
        Tensor z = workload.build(layers, x);
        Tensor p = workload.isLarge() ? z.contiguous() : torch.softmax(z, 1);
        p.data_ptr_float().get(probabilities);
      }
    };
  }

  @Override
  public Learner learner(
      Workload workload,
      Map<String, netc.runtime.Tensor> weights,
      float[] examples,
      int[] labels,
      int threads) {
    torch.set_num_threads(threads);
    Map<String, Tensor> parameters = tensors(weights, true);
    TensorVector all = new TensorVector(parameters.values().toArray(new Tensor[0]));
    Optimizer optimizer = optimizer(workload.optimizer, all);
    TorchLayers layers = new TorchLayers(parameters);
    Tensor x = torch.from_blob(new FloatPointer(examples), workload.shape(labels.length));
    Tensor y = classes(labels);
    return new Learner() {
      @Override
      public void epoch() {
        for (int row = 0; row < labels.length; row += workload.batch) {
          try (PointerScope scope = new PointerScope()) {
            int count = Math.min(workload.batch, labels.length - row);
            optimizer.zero_grad();
            Tensor z = workload.build(layers, x.narrow(0, row, count));
            torch.cross_entropy_loss(z, y.narrow(0, row, count)).backward();
            optimizer.step();
          }
        }
      }

      @Override
      public Map<String, float[]> weights() {
        Map<String, float[]> now = new LinkedHashMap<>();
        parameters.forEach(
            (path, tensor) -> {
              float[] values = new float[(int) tensor.numel()];
              tensor.contiguous(MemoryFormat.Contiguous).data_ptr_float().get(values);
              now.put(path, values);
            });
        return now;
      }
    };
  }

  private static Optimizer optimizer(Workload.Optimizer kind, TensorVector parameters) {
    switch (kind) {
      case ADAM:
        return new Adam(parameters, new AdamOptions(kind.rate));
      case MOMENTUM:
        SGDOptions options = new SGDOptions(kind.rate);
        options.momentum().put(0.9);
        return new SGD(parameters, options);
      default:
        return new SGD(parameters, new SGDOptions(kind.rate));
    }
  }

  /** Kernels that only predict have their channels last, which makes LeNet a tenth faster. */
  private static Map<String, Tensor> tensors(
      Map<String, netc.runtime.Tensor> weights, boolean trained) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.forEach(
        (path, weight) -> {
          long[] shape = new long[weight.rank()];
          for (int i = 0; i < shape.length; i++) {
            shape[i] = weight.size(i);
          }
          Tensor copy = torch.from_blob(new FloatPointer(weight.floats()), shape).clone();
          boolean last = shape.length == 4 && !trained;
          Tensor laid = last ? copy.contiguous(MemoryFormat.ChannelsLast) : copy;
          tensors.put(path, laid.set_requires_grad(trained));
        });
    return tensors;
  }

  private static Tensor classes(int[] labels) {
    LongPointer values = new LongPointer(labels.length);
    for (int i = 0; i < labels.length; i++) {
      values.put(i, labels[i]);
    }
    TensorOptions longs = new TensorOptions(torch.ScalarType.Long);
    return torch.from_blob(values, new long[] {labels.length}, longs).clone();
  }
}

package netc.bench;

import java.util.ArrayList;
import java.util.List;
import netc.bench.Layer.Activation;
import netc.bench.Layer.Convolution;

/** The layers of the large networks, named as in {@code nets/large.net}. */
final class LargeNets {
  private LargeNets() {}

  static List<Layer> resNet18() {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Convolution("conv1", "bn1", 3, 64, 7, 2, 3, 1, 224, Activation.RELU));
    layers.add(new Layer.MaxPool(3, 2, 1));
    int in = 64;
    int size = 56;
    for (int stage = 1; stage <= 4; stage++) {
      int out = 32 << stage;
      int stride = stage == 1 ? 1 : 2;
      layers.add(basicBlock("layer" + stage + "a", in, out, stride, size));
      size /= stride;
      layers.add(basicBlock("layer" + stage + "b", out, out, 1, size));
      in = out;
    }
    layers.add(new Layer.GlobalAverage());
    layers.add(new Layer.Dense("fc", 512, 1000, Activation.NONE));
    return layers;
  }

  private static Layer basicBlock(String name, int in, int out, int stride, int size) {
    List<Layer> shortcut =
        in == out
            ? List.of()
            : List.of(
                new Convolution(
                    name + ".downsample.conv2d", name + ".downsample.batch_norm2d",
                    in, out, 1, stride, 0, 1, size, Activation.NONE));
    return new Layer.Residual(
        List.of(
            new Convolution(
                name + ".conv1", name + ".bn1", in, out, 3, stride, 1, 1, size, Activation.RELU),
            new Convolution(
                name + ".conv2", name + ".bn2", out, out, 3, 1, 1, 1, size / stride, Activation.NONE)),
        shortcut,
        Activation.RELU);
  }

  static List<Layer> mobileNetV2() {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Convolution("conv1", "bn1", 3, 32, 3, 2, 1, 1, 224, Activation.RELU6));
    int[][] stages = {
      {1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}
    };
    int in = 32;
    int size = 112;
    int number = 0;
    for (int[] stage : stages) {
      for (int i = 0; i < stage[2]; i++) {
        int stride = i == 0 ? stage[3] : 1;
        addInvertedResidual(layers, "b" + ++number, in, stage[1], stage[0], stride, size);
        in = stage[1];
        size /= stride;
      }
    }
    layers.add(new Convolution("conv2", "bn2", 320, 1280, 1, 1, 0, 1, 7, Activation.RELU6));
    layers.add(new Layer.GlobalAverage());
    layers.add(new Layer.Dense("fc", 1280, 1000, Activation.NONE));
    return layers;
  }

  private static void addInvertedResidual(
      List<Layer> layers, String name, int in, int out, int times, int stride, int size) {
    int wide = times * in;
    List<Layer> body = new ArrayList<>();
    if (times > 1) {
      body.add(
          new Convolution(
              name + ".expand", name + ".bn1", in, wide, 1, 1, 0, 1, size, Activation.RELU6));
    }
    body.add(
        new Convolution(
            name + ".depthwise", name + ".bn2", wide, wide, 3, stride, 1, wide, size, Activation.RELU6));
    body.add(
        new Convolution(
            name + ".project", name + ".bn3", wide, out, 1, 1, 0, 1, size / stride, Activation.NONE));
    if (in == out && stride == 1) {
      layers.add(new Layer.Residual(body, List.of(), Activation.NONE));
    } else {
      layers.addAll(body);
    }
  }

  static List<Layer> encoder() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      layers.add(new Layer.Encoder("l" + i, 128, 384, 6, 1536));
    }
    return layers;
  }
}

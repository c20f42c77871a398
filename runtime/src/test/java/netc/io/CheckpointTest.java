package netc.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.Lesson;
import netc.runtime.Lesson.Net32;
import netc.runtime.Metadata;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.runtime.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path folder;
  private final Metadata metadata = Lesson.metadata(Precision.F32);
  private final Net32 net = Net32.init(3);
  private Path file;

  @BeforeEach
  void path() {
    file = folder.resolve("w.safetensors");
  }

  private String error(Map<String, Tensor> tensors) {
    SafeTensors.write(file, tensors, Map.of());
    return assertThrows(CheckpointException.class, () -> Checkpoint.load(file, metadata))
        .getMessage()
        .replace(file.toString(), "w.safetensors");
  }

  private Map<String, Tensor> tensors() {
    var tensors = new LinkedHashMap<>(net.parameters());
    tensors.putAll(net.states());
    return tensors;
  }

  @Test
  void aNetworkComesBackWithItsProvenance() {
    Checkpoint.save(net, file, Map.of("train.seed", "3"));
    Checkpoint.Loaded loaded = Checkpoint.read(file, metadata);
    assertEquals(net.parameters(), new Net32(loaded.weights()).parameters());
    assertEquals("ab12", loaded.provenance().get("netc.source_sha256"));
    assertEquals("3", loaded.provenance().get("train.seed"));
    assertEquals(List.of(), loaded.notes());
  }

  @Test
  void precisionsAreConvertedAndCountersLeftAside() {
    var tensors = tensors();
    tensors.put("w", Tensor.of(net.parameter("w").doubles(), 2, 3));
    tensors.put("bn.num_batches_tracked", Tensor.of(new long[] {5}));
    SafeTensors.write(file, tensors, Map.of("netc.source_sha256", "other"));
    Checkpoint.Loaded loaded = Checkpoint.read(file, metadata);
    assertEquals(net.parameters(), new Net32(loaded.weights()).parameters());
    assertEquals(1, loaded.notes().size());
    assertTrue(loaded.notes().get(0).contains("another version of lesson.net"));
  }

  @Test
  void doublesLoadFloats() {
    Checkpoint.save(net, file);
    Weights weights = Checkpoint.load(file, Lesson.metadata(Precision.F64));
    assertEquals(net.parameter("w").get(1), weights.doubles[0][1]);
  }

  @Test
  void wrongNamesAreListedWithAGuess() {
    var tensors = tensors();
    tensors.put("mux", tensors.remove("mu"));
    String expected =
        "w.safetensors does not fit demo.Lesson:\n"
            + "  `mu` is missing in the file; did you mean its `mux`?\n"
            + "  `mux` is in the file, but the net has no such parameter or state\n"
            + "  rename the tensors, or train lesson.net again";
    assertEquals(expected, error(tensors));
  }

  @Test
  void wrongShapesAndTypesNameBothSides() {
    var tensors = tensors();
    tensors.put("w", Tensor.of(new float[6], 3, 2));
    assertEquals(
        "w.safetensors: tensor `w` has shape [3, 2], but the net's has [2, 3] (lesson.net:7);"
            + " train the net again",
        error(tensors));
    tensors.put("w", Tensor.of(new int[6], 2, 3));
    assertEquals(
        "w.safetensors: tensor `w` has dtype I32, but a parameter or state is F32 or F64"
            + " (lesson.net:7)",
        error(tensors));
  }

  @Test
  void aClassWithoutWeightsSaysSo() {
    assertEquals(
        "there is no Lesson.safetensors beside the class demo.Lesson; compile it with --weights,"
            + " or use load(path) or init(seed)",
        assertThrows(
                CheckpointException.class, () -> Checkpoint.beside(Net32.class, metadata))
            .getMessage());
  }
}

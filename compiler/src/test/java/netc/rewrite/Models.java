package netc.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import netc.ir.Model;
import netc.ir.Program;
import netc.ir.Reader;
import netc.ir.Tensor;
import netc.source.Place;

/** Models for tests: the results {@code out.…}, {@code loss.…}, {@code penalty.…} of an IR text. */
final class Models {
  private static final Place PLACE = new Place("test.net", 1);

  private Models() {}

  static Model model(String text) {
    return model(text, List.of(), List.of());
  }

  static Model model(String text, List<Model.Metric> metrics, List<Model.Fit> fits) {
    Program program = Reader.read(text);
    return new Model(
        "demo",
        "Test",
        "",
        data(program, Tensor.Role.INPUT),
        data(program, Tensor.Role.TARGET),
        variables(program, Tensor.Role.PARAMETER),
        variables(program, Tensor.Role.STATE),
        List.of(),
        program.steps(),
        named(program, "out.").map(r -> new Model.Output(rest(r), r.tensor(), "", PLACE)).toList(),
        List.of(),
        named(program, "loss.").map(r -> new Model.Objective(rest(r), r.tensor(), PLACE)).toList(),
        named(program, "penalty.")
            .map(r -> new Model.Objective(rest(r), r.tensor(), PLACE))
            .toList(),
        metrics,
        fits,
        List.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  private static List<Tensor> inputs(Program program, Tensor.Role role) {
    return program.inputs().stream().filter(t -> t.role() == role).toList();
  }

  private static List<Model.Data> data(Program program, Tensor.Role role) {
    var data = new ArrayList<Model.Data>();
    inputs(program, role).forEach(t -> data.add(new Model.Data(t.name(), t, "", PLACE)));
    return data;
  }

  private static List<Model.Variable> variables(Program program, Tensor.Role role) {
    var initializer = new Model.Initializer("zeros", 0, 0, 1, 1);
    var variables = new ArrayList<Model.Variable>();
    inputs(program, role).forEach(t -> variables.add(new Model.Variable(t, initializer, "", PLACE)));
    return variables;
  }

  private static Stream<Program.Result> named(Program program, String prefix) {
    return program.results().stream().filter(r -> r.name().startsWith(prefix));
  }

  private static String rest(Program.Result result) {
    return result.name().substring(result.name().indexOf('.') + 1);
  }
}

package netc.rewrite;

import java.util.ArrayList;
import netc.ir.Program;
import netc.ir.Scans;
import netc.ir.Step;

/**
 * Leaves in scans only what depends on itself through time: what reads inputs alone is computed for all
 * times at once in front, what only reads the scan behind it, and independent recurrences apart.
 */
public final class SplitScans implements Pass {
  @Override
  public Program apply(Program program) {
    var steps = new ArrayList<Step>();
    for (Step step : program.steps()) {
      switch (step) {
        case Step.Single single -> steps.add(single);
        case Step.Scan(var time, var isReverse, var body, var place) ->
            steps.addAll(Scans.arranged(time, isReverse, body, place));
      }
    }
    return new Program(program.name(), steps, program.results());
  }
}

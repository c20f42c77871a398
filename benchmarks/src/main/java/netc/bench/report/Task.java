package netc.bench.report;

import netc.bench.Workload;
import netc.bench.jmh.PredictBatch;
import netc.bench.jmh.Train;

/** What is timed of a workload. */
enum Task {
  PREDICT_ONE("predict 1", "PredictOne.predict"),
  PREDICT_BATCH("predict " + PredictBatch.ROWS, "PredictBatch.predict"),
  TRAIN("train", "Train.epoch");

  final String label;
  final String benchmark;

  Task(String label, String benchmark) {
    this.label = label;
    this.benchmark = benchmark;
  }

  /** A single prediction is too short for several threads, and large networks only make such. */
  boolean covers(Workload workload, int threads) {
    return this == PREDICT_ONE ? threads == 1 : !workload.isLarge();
  }

  /** Rows of examples in one call of the benchmark. */
  int rows(Workload workload) {
    return switch (this) {
      case PREDICT_ONE -> 1;
      case PREDICT_BATCH -> PredictBatch.ROWS;
      case TRAIN -> Train.BATCHES * workload.batch;
    };
  }

  /** Operations of the contractions in one call of the benchmark. */
  double operations(Workload workload) {
    long one = this == TRAIN ? workload.trainingOperations() : workload.operations();
    return (double) one * rows(workload);
  }

  String describe(Workload workload) {
    return this == TRAIN
        ? "train " + workload.label + ", " + workload.optimizer.label + ", batch " + workload.batch
        : label + ": " + workload.label;
  }
}

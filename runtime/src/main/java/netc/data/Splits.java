package netc.data;

import java.util.Optional;

/** Rows to train with, and rows kept aside to decide when to stop and to judge the result. */
public record Splits(Dataset train, Optional<Dataset> valid, Optional<Dataset> test) {}

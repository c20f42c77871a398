package netc.check;

import java.util.List;
import netc.ir.Model;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.source.Place;
import netc.source.Span;

/** A {@code fit} whose indices still have their serial numbers. */
record FitDraft(
    Tensor state,
    List<Model.Accumulation> accumulations,
    List<Step> finish,
    Tensor value,
    Place place,
    Span span) {}

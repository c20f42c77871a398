package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.source.Place;
import org.junit.jupiter.api.Test;

/** Steps that copy what was copied before, as `written<-read` of the buffers of each call that is left. */
class SharedCopiesTest {
  private static final ArrayType FLAT = new ArrayType(ScalarType.FLOAT, 1);
  private static final int X = 0;
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int Y = 3;
  private static final int Z = 4;

  private static KernelCall call(int target, int source, Role role, int length) {
    var value = new Scalar.Load("a1", Ints.local("i"), ScalarType.FLOAT);
    var store = new Statement.Store("a0", Ints.local("i"), value);
    var kernel =
        new Kernel(
            List.of(new Kernel.Argument("a0", FLAT), new Kernel.Argument("a1", FLAT)),
            false,
            List.of(new Statement.For("i", Ints.of(0), Ints.of(length), 1, List.of(store))));
    List<ArrayReference> arrays =
        List.of(new ArrayReference.InBuffer(target), new ArrayReference.InBuffer(source));
    return new KernelCall(kernel, arrays, new Place("a.net", 1), role, Optional.empty());
  }

  private static KernelCall copy(int target, int source) {
    return call(target, source, new Role.Copy(false, false), 8);
  }

  private static KernelCall loops(int target, int source) {
    return call(target, source, new Role.Loops(), 8);
  }

  private static Call step(KernelCall... vector) {
    return new Call.Flavoured(List.of(vector), List.of(loops(9, X)));
  }

  private static String shared(Call... calls) {
    var printed = new ArrayList<String>();
    for (Phase phase : SharedCopies.of(List.of(new Phase(List.of(calls), List.of())))) {
      for (Call call : phase.calls()) {
        for (KernelCall kernel : call.kernels(true)) {
          printed.add(buffer(kernel, 0) + "<-" + buffer(kernel, 1));
        }
      }
    }
    return String.join(" ", printed);
  }

  private static int buffer(KernelCall call, int argument) {
    return ((ArrayReference.InBuffer) call.arrays().get(argument)).buffer();
  }

  @Test
  void theSecondReadsWhatTheFirstCopied() {
    assertEquals(
        "1<-0 3<-1 4<-1",
        shared(step(copy(FIRST, X), loops(Y, FIRST)), step(copy(SECOND, X), loops(Z, SECOND))));
  }

  @Test
  void andACopyOfTheCopyIsTheSame() {
    assertEquals(
        "1<-0 5<-1 3<-5 4<-5",
        shared(
            step(copy(FIRST, X), copy(5, FIRST), loops(Y, 5)),
            step(copy(SECOND, X), copy(6, SECOND), loops(Z, 6))));
  }

  @Test
  void whatHasChangedIsCopiedAgain() {
    assertEquals(
        "1<-0 3<-1 0<-3 2<-0 4<-2",
        shared(
            step(copy(FIRST, X), loops(Y, FIRST)),
            loops(X, Y),
            step(copy(SECOND, X), loops(Z, SECOND))),
        "the original is written");
    assertEquals(
        "1<-0 1<-3 2<-0 4<-2",
        shared(step(copy(FIRST, X), loops(FIRST, Y)), step(copy(SECOND, X), loops(Z, SECOND))),
        "the copy is written over");
    var scan = new Call.TimeLoop(3, false, List.of(loops(X, Y)));
    assertEquals(
        "1<-0 3<-1 0<-3 2<-0 4<-2",
        shared(step(copy(FIRST, X), loops(Y, FIRST)), scan, step(copy(SECOND, X), loops(Z, SECOND))),
        "the original is written in a loop over time");
  }

  @Test
  void otherCopiesAreKept() {
    KernelCall longer = call(SECOND, X, new Role.Copy(false, false), 9);
    assertEquals(
        "1<-0 3<-1 2<-0 4<-2",
        shared(step(copy(FIRST, X), loops(Y, FIRST)), step(longer, loops(Z, SECOND))),
        "of other elements");
    assertEquals(
        "1<-0 3<-1 2<-7 4<-2",
        shared(step(copy(FIRST, X), loops(Y, FIRST)), step(copy(SECOND, 7), loops(Z, SECOND))),
        "of another factor");
  }

  @Test
  void aCopyOfLongAgoIsMadeAnew() {
    var calls = new ArrayList<Call>(List.of(step(copy(FIRST, X), loops(Y, FIRST))));
    calls.addAll(Collections.nCopies(4, step(loops(Y, 8))));
    calls.add(step(copy(SECOND, X), loops(Z, SECOND)));
    assertEquals("1<-0 3<-1 3<-8 3<-8 3<-8 3<-8 2<-0 4<-2", shared(calls.toArray(Call[]::new)));
    calls.remove(1);
    assertEquals("1<-0 3<-1 3<-8 3<-8 3<-8 4<-1", shared(calls.toArray(Call[]::new)));
  }
}

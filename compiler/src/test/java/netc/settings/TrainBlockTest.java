package netc.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import netc.runtime.Rule;
import netc.train.Adagrad;
import netc.train.Adam;
import netc.train.AdamW;
import netc.train.RmsProp;
import netc.train.Schedule;
import netc.train.Sgd;
import org.junit.jupiter.api.Test;

class TrainBlockTest {
  private static final List<String> METRICS = List.of("correct");

  private static Rule rule(String setting, String text) {
    return TrainBlock.parse(Map.of(setting, text), METRICS).rules().get(setting);
  }

  @Test
  void defaultsAreThoseOfJava() {
    assertEquals(Sgd.rule(0.1), rule("optimizer", "sgd(lr = 0.1)"));
    assertEquals(Adam.rule(0.1), rule("optimizer", "adam(0.1)"));
    assertEquals(AdamW.rule(0.1), rule("optimizer", "adamw(0.1)"));
    assertEquals(RmsProp.rule(0.1), rule("optimizer", "rmsprop(lr = 0.1)"));
    assertEquals(Adagrad.rule(0.1), rule("optimizer", "adagrad(lr = 0.1)"));
    assertEquals(Schedule.constant(0), rule("schedule", "constant"));
    assertEquals(Schedule.cosine(10, 0), rule("schedule", "cosine(warmup = 10)"));
    assertEquals(Schedule.linear(0, 0.1), rule("schedule", "linear(end = 0.1)"));
    assertEquals(Schedule.step(3, 0.1), rule("schedule", "step(3, gamma = 0.1)"));
    assertEquals(Schedule.exponential(0.9), rule("schedule", "exponential(0.9)"));
    assertEquals(
        Schedule.plateau(2, 0.5, "correct", true),
        rule("schedule", "plateau(2, factor = 0.5, on = \"correct\", better = \"higher\")"));
  }

  @Test
  void argumentsAreTaken() {
    assertEquals(
        Sgd.rule(0.05).with("momentum", 0.9).with("nesterov", 1),
        rule("optimizer", "sgd(0.05, momentum = 0.9, nesterov = true)"));
    Rule betas = rule("optimizer", "adam(lr = 0.1, betas = [0.8, 0.99])");
    assertEquals(Adam.rule(0.1).with("beta1", 0.8).with("beta2", 0.99), betas);
    assertEquals(
        "patience(patience = 3, min_delta = 0, better = \"lower\", on = \"loss\")",
        rule("early_stop", "patience(3)").toString());
    var numbers =
        TrainBlock.parse(Map.of("seed", "-4", "shuffle", "false", "clip_norm", "1e-2"), METRICS);
    assertEquals(Map.of("seed", -4.0, "shuffle", 0.0, "clip_norm", 0.01), numbers.numbers());
  }

  @Test
  void wrongSettingsAreExplained() {
    assertSetting("optimiser", "adam", "training has no setting `optimiser`; did you mean `optimizer`?");
    assertSetting("optimizer", "adm(1)", "there is no optimizer `adm`; did you mean `adam`?");
    assertSetting("optimizer", "adam(rl = 1)", "adam(…) has no setting `rl`; did you mean `lr`?");
    assertSetting("optimizer", "adam(lr = -1)", "training: adam(…): `lr` must be above 0");
    assertSetting("optimizer", "3", "training: `optimizer`: write it like adam(lr = 1e-3)");
    assertSetting("optimizer", "adam(lr = ", "training: `optimizer`: `adam(lr = ` is no value");
    assertSetting("optimizer", "sgd(0.1, nesterov = true)", "training: sgd(…): nesterov needs");
    assertSetting("batch_size", "1.5", "training: `batch_size`: it is a whole number");
    assertSetting("epochs", "0", "training: `epochs`: it is a whole number of at least 1");
    assertSetting("schedule", "cosin", "there is no schedule `cosin`; did you mean `cosine`?");
    assertSetting(
        "early_stop", "patience(3, on = \"corect\")", "training: early_stop: there is no metric");
    assertSetting(
        "early_stop", "patience(3, on = \"correct\")", "training: early_stop: say which way");
  }

  private static void assertSetting(String name, String value, String expected) {
    String message =
        assertThrows(SettingException.class, () -> TrainBlock.parse(Map.of(name, value), METRICS))
            .getMessage();
    assertTrue(message.startsWith(expected), message);
  }
}

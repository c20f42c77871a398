package netc.check;

import java.util.Map;
import java.util.LinkedHashMap;
import netc.ir.Model;
import netc.syntax.Statement;

/** {@code data { … }} and {@code train { … }}. */
final class SettingBlocks {
  private final Elaborator elaborator;
  private final Map<String, Model.Setting> data = new LinkedHashMap<>();
  private final Map<String, Model.Setting> train = new LinkedHashMap<>();

  SettingBlocks(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  void read(Statement.Settings block, Context context) {
    var all = block.isTrain() ? train : data;
    for (Statement.Settings.Setting setting : block.settings()) {
      all.put(
          setting.name().text(),
          new Model.Setting(
              new SettingValues(elaborator, context).of(setting.value()),
              setting.value().span().place()));
    }
  }

  void checkColumns(NetRoles roles) {}

  Map<String, Model.Setting> data() {
    return java.util.Collections.unmodifiableMap(data);
  }

  Map<String, Model.Setting> train() {
    return java.util.Collections.unmodifiableMap(train);
  }
}

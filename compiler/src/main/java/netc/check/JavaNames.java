package netc.check;

import java.util.LinkedHashMap;
import netc.check.errors.NameErrors;
import netc.ir.Model;
import netc.syntax.Declaration;

/** Names that differ in the text must differ in the generated class. */
final class JavaNames {
  private final Build build;

  JavaNames(Build build) {
    this.build = build;
  }

  void check(NetRoles roles, Declaration.Net net) {
    var byJava = new LinkedHashMap<String, NetRoles.OutputDraft>();
    for (NetRoles.OutputDraft draft : roles.outputs) {
      Model.Output output = draft.output();
      var other = byJava.putIfAbsent(netc.ir.JavaNames.of(output.name()), draft);
      if (other != null) {
        build.report(
            NameErrors.javaNames(
                draft.span(),
                output.name(),
                other.span(),
                other.output().name(),
                netc.ir.JavaNames.of(output.name())),
            null);
      }
    }
  }
}

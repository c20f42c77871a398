package netc.check;

import java.util.LinkedHashMap;
import java.util.List;
import netc.check.errors.NameErrors;
import netc.ir.Model;
import netc.syntax.Declaration;

/** Names that differ in the text must differ in the generated class. */
final class JavaNames {
  private final Build build;

  JavaNames(Build build) {
    this.build = build;
  }

  /** Nets of one file become classes of one package. */
  static void checkNets(List<Declaration.Net> nets, Build build) {
    var byJava = new LinkedHashMap<String, Declaration.Net>();
    for (Declaration.Net net : nets) {
      String java = netc.ir.JavaNames.of(net.name().text());
      var other = byJava.putIfAbsent(java, net);
      if (other != null && !other.name().text().equals(net.name().text())) {
        build.report(
            NameErrors.javaNames(
                net.name().span(), net.name().text(), other.name().span(), other.name().text(), java),
            null);
      }
    }
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

package netc.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of packages in {@code docs/architecture.md}, as a reader sees them. */
record PackageTable(List<Row> rows) {
  private static final Pattern PACKAGE = Pattern.compile("`(netc(\\.[a-z.]+)?)`");
  private static final String NOTHING = "–";

  /**
   * One package.
   *
   * @param uses the full names of the packages it may use
   * @param libraries the libraries it may use, by the name the table gives them
   */
  record Row(String name, Set<String> uses, Set<String> libraries) {}

  static PackageTable read(Path page) throws IOException {
    var rows = new ArrayList<Row>();
    for (String line : Files.readAllLines(page)) {
      List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
      if (cells.size() == 5 && PACKAGE.matcher(cells.get(1)).matches()) {
        rows.add(
            new Row(
                cells.get(1).replace("`", ""),
                names(cells.get(3)).stream().map(PackageTable::full).collect(Collectors.toSet()),
                names(cells.get(4))));
      }
    }
    return new PackageTable(List.copyOf(rows));
  }

  Map<String, Row> byName() {
    var map = new LinkedHashMap<String, Row>();
    rows.forEach(row -> map.put(row.name(), row));
    return map;
  }

  private static Set<String> names(String cell) {
    return cell.equals(NOTHING) ? Set.of() : new LinkedHashSet<>(List.of(cell.split(", ")));
  }

  private static String full(String name) {
    return name.equals("netc") ? name : "netc." + name;
  }
}

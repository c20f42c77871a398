package netc.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a program: text with holes ({@code §}) and what fills them. Parts of one type can take each
 * other's place, so that a failure can be made small.
 */
record Tree(Type type, String text, List<Tree> parts) {

  enum Type {
    REAL,
    BOOL,
    /** Anything else: it keeps its place. */
    FIXED
  }

  static Tree leaf(Type type, String text) {
    return new Tree(type, text, List.of());
  }

  static Tree of(Type type, String text, Tree... parts) {
    return new Tree(type, text, List.of(parts));
  }

  String render() {
    var rendered = new StringBuilder();
    int part = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '§') {
        rendered.append(parts.get(part++).render());
      } else {
        rendered.append(text.charAt(i));
      }
    }
    return rendered.toString();
  }

  /** Every tree that is smaller by one step: a part in its own place, a literal, a smaller part. */
  List<Tree> smaller() {
    var smaller = new ArrayList<Tree>();
    if (!parts.isEmpty() && type == Type.REAL) {
      smaller.add(leaf(Type.REAL, "0.5"));
    }
    for (Tree part : parts) {
      if (part.type == type && type != Type.FIXED) {
        smaller.add(part);
      }
    }
    for (int i = 0; i < parts.size(); i++) {
      for (Tree less : parts.get(i).smaller()) {
        var changed = new ArrayList<>(parts);
        changed.set(i, less);
        smaller.add(new Tree(type, text, List.copyOf(changed)));
      }
    }
    return smaller;
  }
}

package io.nephio.recovery.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Sets one annotation in a text.
 *
 * <p>New lines go right after the line of the key they belong under: the end of a block is not
 * known well enough, its mark runs on over comments and empty lines.
 */
final class Surgery {
  private static final int INDENT = 2;

  private final Marked marked;
  private final List<String> path;
  private final String value;

  private Surgery(Marked marked, Annotation annotation) {
    this.marked = marked;
    this.path = annotation.path();
    this.value = '"' + annotation.value() + '"';
  }

  static String set(String text, int document, Annotation annotation) {
    Surgery surgery = new Surgery(Marked.of(text, document), annotation);
    return surgery.within(surgery.marked.root(), null, 0, annotation.object().size());
  }

  /**
   * Follows the path down.
   *
   * @param parent the key that the map belongs to
   * @param depth how much of the path is behind
   * @param given how many keys of the path must be there
   */
  private String within(MappingNode map, @Nullable ScalarNode parent, int depth, int given) {
    NodeTuple found = find(map, depth);
    if (found != null) {
      return at(found, column(map, parent), depth, given);
    }
    if (depth < given || parent == null) {
      throw new Untouchable("it has no " + name(depth + 1));
    }
    return Marked.isFlow(map)
        ? flow(map, depth)
        : lines(parent, marked.column(map.getValue().get(0).getKeyNode()), depth);
  }

  private String at(NodeTuple found, int indent, int depth, int given) {
    Node value = found.getValueNode();
    if (value.getAnchor().isPresent() || found.getKeyNode().getAnchor().isPresent()) {
      throw new Untouchable("an anchor or an alias stands at " + name(depth + 1));
    }
    if (depth + 1 == path.size()) {
      return leaf(found);
    }
    ScalarNode key = Marked.key(found);
    if (value instanceof MappingNode map) {
      return within(map, key, depth + 1, given);
    }
    if (!Marked.isNull(value) || depth < given) {
      throw new Untouchable(name(depth + 1) + " is not a map");
    }
    return marked.start(value) == marked.end(value)
        ? lines(key, marked.column(key) + indent, depth + 1)
        : marked.replaced(marked.start(value), marked.end(value), "{" + inline(depth + 1) + "}");
  }

  /** How much deeper the keys of this map stand than the key above them. */
  private int column(MappingNode map, @Nullable ScalarNode parent) {
    if (parent == null || Marked.isFlow(map)) {
      return INDENT;
    }
    int deeper = marked.column(map.getValue().get(0).getKeyNode()) - marked.column(parent);
    return deeper > 0 ? deeper : INDENT;
  }

  private @Nullable NodeTuple find(MappingNode map, int depth) {
    NodeTuple found = null;
    for (NodeTuple tuple : map.getValue()) {
      ScalarNode key = Marked.key(tuple);
      if (key.getValue().equals("<<") && key.isPlain()) {
        throw new Untouchable("a merge key (<<) stands beside " + name(depth + 1));
      }
      if (key.getValue().equals(path.get(depth))) {
        found = tuple;
      }
    }
    return found;
  }

  private String leaf(NodeTuple found) {
    if (!(found.getValueNode() instanceof ScalarNode old)
        || old.getScalarStyle() == ScalarStyle.LITERAL
        || old.getScalarStyle() == ScalarStyle.FOLDED) {
      throw new Untouchable(name(path.size()) + " is not written on one line");
    }
    int start = marked.start(old);
    int end = marked.end(old);
    if (start == end) {
      int colon = marked.text().indexOf(':', marked.end(found.getKeyNode()));
      return marked.replaced(colon + 1, colon + 1, " " + value);
    }
    if (marked.text().substring(start, end).indexOf('\n') >= 0) {
      throw new Untouchable(name(path.size()) + " is not written on one line");
    }
    boolean same = !old.isPlain() && value.equals('"' + old.getValue() + '"');
    return same ? marked.text() : marked.replaced(start, end, value);
  }

  /** What is missing of the path, on lines of their own below the line of a key. */
  private String lines(ScalarNode parent, int indent, int depth) {
    int step = Math.max(INDENT, indent - marked.column(parent));
    int feed = marked.text().indexOf('\n', marked.end(parent));
    boolean last = feed < 0;
    String end =
        (last ? marked.text().contains("\r\n") : marked.text().charAt(feed - 1) == '\r')
            ? "\r\n"
            : "\n";
    StringBuilder added = new StringBuilder();
    int column = indent;
    for (int i = depth; i < path.size(); i++) {
      added.append(last ? end : "").append(" ".repeat(column)).append(path.get(i)).append(':');
      added.append(i + 1 == path.size() ? " " + value : "").append(last ? "" : end);
      column += step;
    }
    int at = last ? marked.text().length() : feed + 1;
    return marked.replaced(at, at, added.toString());
  }

  private String flow(MappingNode map, int depth) {
    int open = marked.start(map);
    if (marked.text().charAt(open) != '{') {
      throw new Untouchable("a tag stands before " + name(depth));
    }
    if (map.getValue().isEmpty()) {
      return marked.replaced(open, marked.end(map), "{" + inline(depth) + "}");
    }
    int first = marked.start(map.getValue().get(0).getKeyNode());
    String space = marked.text().substring(open + 1, first);
    if (!space.isBlank()) {
      throw new Untouchable("a comment stands in the way at " + name(depth));
    }
    String gap = space.indexOf('\n') >= 0 ? space : " ";
    return marked.replaced(first, first, inline(depth) + "," + gap);
  }

  /** What is missing of the path, as JSON. */
  private String inline(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = depth; i < path.size(); i++) {
      text.append(i > depth ? "{" : "").append('"').append(path.get(i)).append("\": ");
    }
    return text.append(value).append("}".repeat(path.size() - depth - 1)).toString();
  }

  private String name(int depth) {
    return String.join(".", path.subList(0, depth));
  }
}

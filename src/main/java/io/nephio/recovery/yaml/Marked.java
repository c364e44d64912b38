package io.nephio.recovery.yaml;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * A text and the places in it.
 *
 * <p>Read with the JSON schema: the core schema would put what {@code <<} merges in among the keys,
 * with the marks of where it came from.
 */
record Marked(String text, MappingNode root) {

  static Marked of(String text, int document) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new JsonSchema())
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    try {
      List<Node> documents = new ArrayList<>();
      for (Node node : new Compose(settings).composeAllFromString(text)) {
        if (!isNull(node)) {
          documents.add(node);
        }
      }
      if (documents.get(document) instanceof MappingNode map) {
        return new Marked(text, map);
      }
      throw new Untouchable("it holds something that is no object");
    } catch (YamlEngineException | IndexOutOfBoundsException e) {
      throw new Untouchable("it cannot be read for an edit");
    }
  }

  static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && Scalars.plain(scalar.getValue()) == null;
  }

  static boolean isFlow(MappingNode map) {
    return map.getFlowStyle() == FlowStyle.FLOW;
  }

  int start(Node node) {
    return offset(node.getStartMark().orElseThrow());
  }

  int end(Node node) {
    return offset(node.getEndMark().orElseThrow());
  }

  /** Marks count code points. */
  private int offset(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }

  /** How far from the left a node starts; only spaces may stand before it. */
  int column(Node node) {
    int start = start(node);
    int line = text.lastIndexOf('\n', start - 1) + 1;
    if (line == 0 && text.startsWith("\ufeff")) {
      line = 1;
    }
    if (!text.substring(line, start).isBlank() || text.substring(line, start).contains("\t")) {
      throw new Untouchable("something stands before a key on its line");
    }
    return start - line;
  }

  String replaced(int from, int to, String with) {
    return text.substring(0, from) + with + text.substring(to);
  }

  static ScalarNode key(NodeTuple tuple) {
    if (tuple.getKeyNode() instanceof ScalarNode scalar) {
      return scalar;
    }
    throw new Untouchable("a key in it is no text: is it a template?");
  }
}

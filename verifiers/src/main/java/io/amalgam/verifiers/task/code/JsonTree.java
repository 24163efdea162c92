package io.amalgam.verifiers.task.code;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The labels of a JSON value as a tree in post-order: objects with their members by key, lists, and
 * single values.
 */
final class JsonTree {
  private final List<JsonLabel> labels = new ArrayList<>();

  /** For each node the place of the first leaf below it. */
  private final List<Integer> firstLeaves = new ArrayList<>();

  JsonTree(JsonNode value) {
    add(value, "root");
  }

  private int add(JsonNode value, String label) {
    int firstLeaf = labels.size();
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> member : PythonValue.sorted(value)) {
        add(member.getValue(), member.getKey());
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        add(value.get(i), "item_" + i);
      }
    }
    labels.add(
        JsonLabel.of(value.isContainerNode() ? label : label + ":" + PythonValue.str(value)));
    firstLeaves.add(firstLeaf);
    return firstLeaf;
  }

  int size() {
    return labels.size();
  }

  JsonLabel label(int node) {
    return labels.get(node);
  }

  List<JsonLabel> labels() {
    return List.copyOf(labels);
  }

  int firstLeaf(int node) {
    return firstLeaves.get(node);
  }

  /** The last node of those with a common first leaf, for each, ascending. */
  List<Integer> keyRoots() {
    Map<Integer, Integer> last = new TreeMap<>();
    for (int node = 0; node < size(); node++) {
      last.put(firstLeaf(node), node);
    }
    return last.values().stream().sorted().toList();
  }
}

package io.amalgam.policy.text.jinja;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON as template values; whole numbers stay whole, others stay floats. */
final class JsonValues {
  private JsonValues() {}

  static Object from(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isObject()) {
      PyDict dict = new PyDict();
      for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
        Map.Entry<String, JsonNode> entry = it.next();
        dict.put(entry.getKey(), from(entry.getValue()));
      }
      return dict;
    }
    if (node.isArray()) {
      List<Object> items = new ArrayList<>(node.size());
      node.forEach(item -> items.add(from(item)));
      return new PyList(items);
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber()) {
      return Arithmetic.narrowed(node.bigIntegerValue());
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return None.NONE;
  }
}

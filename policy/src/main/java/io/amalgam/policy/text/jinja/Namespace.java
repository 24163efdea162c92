package io.amalgam.policy.text.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** The one kind of value that templates may write to: {@code namespace(a=1)}. */
final class Namespace {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** The values, to be read. */
  Map<String, Object> values() {
    return values;
  }

  /** Gives a name a value; names with an underscore in front are refused in chat templates. */
  void put(String name, Object value) {
    if (name.startsWith("_")) {
      throw JinjaException.type("a namespace takes no name with an underscore in front: " + name);
    }
    values.put(name, value);
  }
}

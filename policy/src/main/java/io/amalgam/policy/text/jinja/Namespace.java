package io.amalgam.policy.text.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** The one kind of value that templates may write to: {@code namespace(a=1)}. */
final class Namespace {
  private final Map<String, Object> values = new LinkedHashMap<>();

  Map<String, Object> values() {
    return values;
  }
}

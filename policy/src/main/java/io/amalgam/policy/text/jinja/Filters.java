package io.amalgam.policy.text.jinja;

import java.util.HashMap;
import java.util.Map;

/** What can follow {@code |}. */
final class Filters {
  /** One filter. */
  interface Filter {
    Object apply(Run run, Object value, Arguments arguments);
  }

  private static final Map<String, Filter> ALL = new HashMap<>();

  static {
    TextFilters.register(ALL);
    LayoutFilters.register(ALL);
    SequenceFilters.register(ALL);
    SelectionFilters.register(ALL);
    NumberFilters.register(ALL);
    ALL.put("tojson", JsonText::filter);
  }

  private Filters() {}

  static boolean has(String name) {
    return ALL.containsKey(name);
  }

  static Object apply(Run run, String name, Object value, Arguments arguments) {
    Filter filter = ALL.get(name);
    if (filter == null) {
      throw JinjaException.type("No filter named '" + name + "'.");
    }
    run.budget().step();
    return filter.apply(run, value, arguments);
  }
}

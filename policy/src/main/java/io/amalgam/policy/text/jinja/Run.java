package io.amalgam.policy.text.jinja;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What belongs to one rendering: variables, limits, the clock, the output and the spans found in
 * it.
 */
record Run(
    Map<String, Object> variables,
    Budget budget,
    Supplier<LocalDateTime> now,
    Output root,
    List<Rendered.Span> spans) {
  Run(Map<String, Object> variables, Budget budget, Supplier<LocalDateTime> now) {
    this(variables, budget, now, new Output(budget), new ArrayList<>());
  }
}

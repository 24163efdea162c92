package io.amalgam.policy.text.jinja;

import java.util.List;

/**
 * The outcome of a rendering.
 *
 * @param text what the template wrote
 * @param spans where its {@code generation} blocks are
 */
public record Rendered(String text, List<Span> spans) {
  /** Keeps its own copy of {@code spans}. */
  public Rendered {
    spans = List.copyOf(spans);
  }

  /** The code points from {@code start} up to but without {@code end}. */
  public record Span(int start, int end) {}
}

package io.amalgam.verifiers.task.arithmetic.gsm;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.verifiers.python.PythonFloat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A text with places for values: {@code {name} pays {price:.2f}}.
 *
 * <p>After a colon stand Python's format specifications {@code ,} (groups of thousands), {@code
 * .nf} (decimals) and {@code .n%}; otherwise numbers read as in Python.
 */
final class TextPattern {
  private static final int PERCENT = 100;

  private final List<Part> parts;

  private TextPattern(List<Part> parts) {
    this.parts = parts;
  }

  /** A piece of the text. */
  @FunctionalInterface
  private interface Part {
    String text(Function<String, JsonNode> values);
  }

  /** Reads a pattern; fails for what is no formula between braces. */
  static TextPattern parse(String text) {
    List<Part> parts = new ArrayList<>();
    int position = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', position)) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("brace without end in: " + text);
      }
      parts.add(literal(text.substring(position, open)));
      parts.add(place(text.substring(open + 1, close)));
      position = close + 1;
    }
    parts.add(literal(text.substring(position)));
    return new TextPattern(List.copyOf(parts));
  }

  private static Part literal(String text) {
    return values -> text;
  }

  private static Part place(String content) {
    int colon = content.indexOf(':');
    Formula formula = FormulaParser.parse(colon < 0 ? content : content.substring(0, colon));
    if (colon < 0) {
      return values -> text(formula.value(values));
    }
    String format = content.substring(colon + 1);
    if (format.equals(",")) {
      return values -> grouped(formula.value(values).longValue());
    }
    int decimals = format.charAt(1) - '0';
    return format.endsWith("%")
        ? values -> PythonFloat.fixed(formula.value(values).doubleValue() * PERCENT, decimals) + "%"
        : values -> PythonFloat.fixed(formula.value(values).doubleValue(), decimals);
  }

  /** A value as Python writes it. */
  static String text(JsonNode value) {
    return value.isDouble() ? PythonFloat.repr(value.doubleValue()) : value.asText();
  }

  private static String grouped(long value) {
    StringBuilder digits = new StringBuilder(Long.toString(value));
    for (int i = digits.length() - 3; i > (value < 0 ? 1 : 0); i -= 3) {
      digits.insert(i, ',');
    }
    return digits.toString();
  }

  /** The text with the values in their places. */
  String filled(Function<String, JsonNode> values) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.text(values)));
    return text.toString();
  }
}

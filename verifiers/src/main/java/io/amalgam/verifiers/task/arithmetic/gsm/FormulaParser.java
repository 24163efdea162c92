package io.amalgam.verifiers.task.arithmetic.gsm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads formulas of numbers, names, {@code + - * / //}, parentheses, int(…) and round(…). */
final class FormulaParser {
  private static final Pattern TOKEN = Pattern.compile("\\s*([A-Za-z_]\\w*|[0-9.]+|//|[-+*/(),])");

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private int position;

  private FormulaParser(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (end < text.length()) {
      throw unreadable();
    }
  }

  /** The formula a text means; fails if it means none. */
  static Formula parse(String text) {
    FormulaParser parser = new FormulaParser(text);
    Formula formula = parser.sum();
    if (parser.position < parser.tokens.size()) {
      throw parser.unreadable();
    }
    return formula;
  }

  private IllegalArgumentException unreadable() {
    return new IllegalArgumentException("no formula: " + text);
  }

  private boolean next(String token) {
    boolean there = position < tokens.size() && tokens.get(position).equals(token);
    if (there) {
      position++;
    }
    return there;
  }

  private void expect(String token) {
    if (!next(token)) {
      throw unreadable();
    }
  }

  private Formula sum() {
    Formula left = product();
    while (true) {
      if (next("+")) {
        left = joined("+", left, product());
      } else if (next("-")) {
        left = joined("-", left, product());
      } else {
        return left;
      }
    }
  }

  private Formula product() {
    Formula left = operand();
    while (true) {
      if (next("*")) {
        left = joined("*", left, operand());
      } else if (next("/")) {
        left = joined("/", left, operand());
      } else if (next("//")) {
        left = joined("//", left, operand());
      } else {
        return left;
      }
    }
  }

  private static Formula joined(String operator, Formula left, Formula right) {
    return values -> Formula.joined(operator, left.value(values), right.value(values));
  }

  private Formula operand() {
    if (position == tokens.size()) {
      throw unreadable();
    }
    if (next("(")) {
      Formula inner = sum();
      expect(")");
      return inner;
    }
    String token = tokens.get(position++);
    if (Character.isDigit(token.charAt(0))) {
      JsonNode number =
          token.contains(".")
              ? DoubleNode.valueOf(Double.parseDouble(token))
              : Formula.whole(Long.parseLong(token));
      return values -> number;
    }
    if (!Character.isJavaIdentifierStart(token.charAt(0))) {
      throw unreadable();
    }
    return next("(") ? call(token) : values -> values.apply(token);
  }

  private Formula call(String function) {
    Formula argument = sum();
    if (function.equals("round") && next(",")) {
      int decimals = Integer.parseInt(tokens.get(position++));
      expect(")");
      return values -> Formula.rounded(argument.value(values), decimals);
    }
    expect(")");
    return switch (function) {
      case "round" -> values -> Formula.rounded(argument.value(values));
      case "int" -> values -> Formula.truncated(argument.value(values));
      default -> throw unreadable();
    };
  }
}

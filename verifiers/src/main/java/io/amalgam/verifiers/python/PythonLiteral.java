package io.amalgam.verifiers.python;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A value written as a Python literal: what {@code eval} gives for texts that need no evaluation.
 * Nothing is ever executed: names, calls and operators make a text unreadable.
 */
public sealed interface PythonLiteral {

  /** A whole number. */
  record Whole(BigInteger value) implements PythonLiteral {}

  /** A floating-point number. */
  record Real(double value) implements PythonLiteral {}

  /** A text. */
  record Text(String value) implements PythonLiteral {}

  /** {@code True} or {@code False}. */
  record Truth(boolean value) implements PythonLiteral {}

  /** {@code None}. */
  record Nothing() implements PythonLiteral {}

  /** How a collection is written. */
  enum Kind {
    /** {@code [a, b]}. */
    LIST,
    /** {@code (a, b)}, or {@code a, b} at the top. */
    TUPLE,
    /** <code>{a, b}</code>, in the order written. */
    SET
  }

  /** A list, tuple or set. */
  record Items(Kind kind, List<PythonLiteral> elements) implements PythonLiteral {
    /** Copies the elements. */
    public Items {
      elements = List.copyOf(elements);
    }
  }

  /** A dictionary: keys and values in the order written, repeated keys included. */
  record Pairs(List<PythonLiteral> keys, List<PythonLiteral> values) implements PythonLiteral {
    /** Copies both lists. */
    public Pairs {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
    }
  }

  /**
   * The value of a text, or nothing if it is no literal or nests deeper than Python reads (200).
   * Takes time linear in the text.
   */
  static Optional<PythonLiteral> parse(String text) {
    return new LiteralReader(text).read();
  }

  /** What Python's {@code str} gives for a number, text, truth value or {@code None}. */
  static Optional<String> plainText(PythonLiteral literal) {
    if (literal instanceof Whole whole) {
      // Python refuses to print longer ones
      return Optional.of(whole.value().toString())
          .filter(digits -> digits.length() <= PythonInteger.MAX_DIGITS);
    }
    if (literal instanceof Real real) {
      return Optional.of(PythonFloat.repr(real.value()));
    }
    if (literal instanceof Text text) {
      return Optional.of(text.value());
    }
    if (literal instanceof Truth truth) {
      return Optional.of(truth.value() ? "True" : "False");
    }
    return literal instanceof Nothing ? Optional.of("None") : Optional.empty();
  }
}

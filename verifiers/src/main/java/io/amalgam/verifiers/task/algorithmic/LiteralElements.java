package io.amalgam.verifiers.task.algorithmic;

import io.amalgam.verifiers.python.PythonLiteral;
import io.amalgam.verifiers.python.PythonLiteral.Items;
import io.amalgam.verifiers.python.PythonLiteral.Kind;
import io.amalgam.verifiers.python.PythonLiteral.Pairs;
import io.amalgam.verifiers.python.PythonLiteral.Text;
import io.amalgam.verifiers.python.PythonLiteral.Whole;
import io.amalgam.verifiers.python.PythonSet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a loop over a literal meets, as in Python. */
final class LiteralElements {
  /** A set of more constants is made as a frozen set first and then copied. */
  private static final int FROZEN_FROM = 3;

  private LiteralElements() {}

  /**
   * The elements of a list or tuple, the characters of a text, the keys of a dictionary, a set's
   * elements in its own order; nothing for what has no elements, and for sets of other things than
   * whole numbers or texts.
   */
  static Optional<List<PythonLiteral>> of(PythonLiteral literal) {
    if (literal instanceof Text text) {
      return Optional.of(
          text.value()
              .codePoints()
              .mapToObj(c -> (PythonLiteral) new Text(Character.toString(c)))
              .toList());
    }
    if (literal instanceof Pairs pairs) {
      return keys(pairs);
    }
    if (literal instanceof Items items) {
      return items.kind() == Kind.SET ? set(items.elements()) : Optional.of(items.elements());
    }
    return Optional.empty();
  }

  /** Equal keys are one key; they are told apart by type and text, which takes linear time. */
  private static Optional<List<PythonLiteral>> keys(Pairs pairs) {
    Map<String, PythonLiteral> keys = new LinkedHashMap<>();
    for (PythonLiteral key : pairs.keys()) {
      Optional<String> text = PythonLiteral.plainText(key);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      keys.putIfAbsent(key.getClass().getSimpleName() + text.get(), key);
    }
    return Optional.of(List.copyOf(keys.values()));
  }

  /** The elements as Python's {@code str} writes them, with a separator between. */
  static Optional<String> joined(PythonLiteral literal, String separator) {
    Optional<List<PythonLiteral>> elements = of(literal);
    if (elements.isEmpty()) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (PythonLiteral element : elements.get()) {
      Optional<String> text = PythonLiteral.plainText(element);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      texts.add(text.get());
    }
    return Optional.of(String.join(separator, texts));
  }

  private static Optional<List<PythonLiteral>> set(List<PythonLiteral> elements) {
    if (elements.stream().allMatch(Text.class::isInstance)) {
      List<String> texts = elements.stream().map(e -> ((Text) e).value()).toList();
      return Optional.of(ordered(texts, Text::new));
    }
    List<Long> numbers = new ArrayList<>();
    for (PythonLiteral element : elements) {
      if (!(element instanceof Whole whole) || whole.value().bitLength() >= Long.SIZE) {
        return Optional.empty();
      }
      numbers.add(whole.value().longValueExact());
    }
    return Optional.of(ordered(numbers, n -> new Whole(BigInteger.valueOf(n))));
  }

  private static <E> List<PythonLiteral> ordered(
      List<E> elements, Function<E, PythonLiteral> literal) {
    PythonSet<E> set = PythonSet.of(elements);
    List<PythonLiteral> ordered = new ArrayList<>();
    for (E element : elements.size() < FROZEN_FROM ? set : set.copy()) {
      ordered.add(literal.apply(element));
    }
    return ordered;
  }
}

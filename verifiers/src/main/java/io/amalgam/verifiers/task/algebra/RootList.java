package io.amalgam.verifiers.task.algebra;

import io.amalgam.verifiers.python.PythonFloat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads comma-separated numbers. */
final class RootList {
  /** Lists up to this length are sorted by insertion in Python, which shows where nan stands. */
  private static final int INSERTION_LIMIT = 64;

  private RootList() {}

  /** The numbers in the order of Python's {@code sorted}; what is no number is left out. */
  static List<Double> parse(Optional<String> text) {
    List<Double> numbers = new ArrayList<>();
    String rest = text.orElse("");
    for (int start = 0; start <= rest.length(); ) {
      int comma = rest.indexOf(',', start);
      int end = comma < 0 ? rest.length() : comma;
      OptionalDouble number = PythonFloat.parse(rest.substring(start, end));
      if (number.isPresent()) {
        numbers.add(number.getAsDouble());
      }
      start = end + 1;
    }
    sort(numbers);
    return numbers;
  }

  private static void sort(List<Double> numbers) {
    if (numbers.size() >= INSERTION_LIMIT || numbers.stream().noneMatch(n -> n.isNaN())) {
      Collections.sort(numbers);
      return;
    }
    int run = firstRun(numbers);
    for (int i = run; i < numbers.size(); i++) {
      double pivot = numbers.get(i);
      int low = 0;
      int high = i;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (pivot < numbers.get(middle)) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      numbers.remove(i);
      numbers.add(low, pivot);
    }
  }

  /** The length of the ascending run at the start; a descending one is reversed. */
  private static int firstRun(List<Double> numbers) {
    if (numbers.size() < 2) {
      return numbers.size();
    }
    boolean falling = numbers.get(1) < numbers.get(0);
    int run = 2;
    while (run < numbers.size() && (numbers.get(run) < numbers.get(run - 1)) == falling) {
      run++;
    }
    if (falling) {
      Collections.reverse(numbers.subList(0, run));
    }
    return run;
  }
}

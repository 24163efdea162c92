package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.List;

/** The numbers of a {@code range}, written out. */
record PyRange(long from, long to, long step, List<Object> items) {
  static long count(long from, long to, long step) {
    return Math.max(0, step > 0 ? (to - from + step - 1) / step : (from - to - step - 1) / -step);
  }

  static PyRange of(long from, long to, long step) {
    List<Object> numbers = new ArrayList<>();
    for (long i = 0; i < count(from, to, step); i++) {
      numbers.add(from + i * step);
    }
    return new PyRange(from, to, step, numbers);
  }

  String written() {
    return "range(" + from + ", " + to + (step == 1 ? ")" : ", " + step + ")");
  }
}

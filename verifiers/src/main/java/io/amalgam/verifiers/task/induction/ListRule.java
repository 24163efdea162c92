package io.amalgam.verifiers.task.induction;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A rule from lists to lists, and how its inputs are drawn. The order is that in which problems
 * draw their rule.
 */
enum ListRule {
  IDENTITY {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = list(random);
      return new Pair(input, input);
    }
  },
  THIRD {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = list(random);
      return new Pair(input, List.of(input.get(2)));
    }
  },
  REVERSED {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = list(random);
      List<Integer> output = new ArrayList<>(input);
      Collections.reverse(output);
      return new Pair(input, output);
    }
  },
  SUM_OF_DISTINCT_BELOW_30 {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = list(random);
      Set<Integer> small = new HashSet<>(input);
      small.removeIf(n -> n >= 30);
      return new Pair(input, List.of(sum(small)));
    }
  },
  COUNT_OF_FIVES {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = new ArrayList<>(list(random));
      if (position % 2 == 0) {
        input.addAll(Collections.nCopies(random.randint(1, 7), 5));
      }
      random.shuffle(input);
      return new Pair(input, List.of(Collections.frequency(input, 5)));
    }
  },
  BEFORE_EVEN {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = list(random);
      List<Integer> output = new ArrayList<>();
      for (int i = 1; i < input.size(); i++) {
        if (input.get(i) % 2 == 0) {
          output.add(input.get(i - 1));
        }
      }
      return new Pair(input, output);
    }
  },
  PLUS_POSITION {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = list(random);
      List<Integer> output = new ArrayList<>();
      for (int i = 0; i < input.size(); i++) {
        output.add(input.get(i) + i);
      }
      return new Pair(input, output);
    }
  },
  AT_LAST_AS_POSITION {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = new ArrayList<>(list(random));
      int chosen = random.randint(0, input.size() - 1);
      input.set(input.size() - 1, chosen);
      return new Pair(input, List.of(input.get(chosen)));
    }
  },
  LENGTH {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = list(random);
      return new Pair(input, List.of(input.size()));
    }
  },
  SUM {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = list(random);
      return new Pair(input, List.of(sum(input)));
    }
  },
  ASCENDING {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = list(random);
      return new Pair(input, sorted(input, Comparator.naturalOrder()));
    }
  },
  DESCENDING {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = list(random);
      return new Pair(input, sorted(input, Comparator.reverseOrder()));
    }
  },
  ENDS_PLUS_ONE {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> input = list(random);
      List<Integer> output = new ArrayList<>(input);
      int last = output.size() - 1;
      output.set(0, output.get(0) + 1);
      output.set(last, output.get(last) + 1);
      return new Pair(input, output);
    }
  },
  IS_ASCENDING {
    @Override
    Pair pair(PythonRandom random, int position) {
      boolean ascending = position % 2 == 0;
      Comparator<Integer> order = ascending ? Comparator.naturalOrder() : Comparator.reverseOrder();
      return new Pair(sorted(list(random), order), List.of(ascending ? 1 : 0));
    }
  },
  /** The original draws its odd numbers from a generator without a seed. */
  IS_MULTIPLE_OF_TEN {
    @Override
    Pair pair(PythonRandom random, int position) {
      boolean odd = position % 2 == 0;
      int factor = odd ? random.randint(1, 1000) : random.randint(1, 100);
      while (odd && factor % 2 == 0) {
        factor = random.randint(1, 1000);
      }
      return new Pair(List.of(odd ? factor * 5 : factor * 10), List.of(odd ? 0 : 1));
    }
  },
  DOUBLED_AGAIN {
    @Override
    Pair pair(PythonRandom random, int position) {
      List<Integer> start = list(random);
      List<Integer> input = new ArrayList<>(List.of(random.choice(start)));
      while (input.size() < start.size()) {
        input.add(2 * input.get(input.size() - 1));
      }
      return new Pair(input, List.of(2 * input.get(input.size() - 1)));
    }
  },
  TWICE_LESS_FOUR {
    @Override
    Pair pair(PythonRandom random, int position) {
      int element = random.choice(list(random));
      return new Pair(List.of(element), List.of(2 * element - 4));
    }
  };

  /** An input and the rule's output, as Python writes them. */
  record Pair(String input, String output) {
    Pair(List<Integer> input, List<Integer> output) {
      this(written(input), written(output));
    }

    /** As {@link List#toString}, but without a text of its own for every number. */
    private static String written(List<Integer> numbers) {
      StringBuilder text = new StringBuilder("[");
      for (int i = 0; i < numbers.size(); i++) {
        if (i > 0) {
          text.append(", ");
        }
        text.append(numbers.get(i).intValue());
      }
      return text.append(']').toString();
    }
  }

  /**
   * Draws a pair.
   *
   * @param position how many pairs were drawn before; some rules alternate
   */
  abstract Pair pair(PythonRandom random, int position);

  private static List<Integer> list(PythonRandom random) {
    int length = random.randint(3, 10);
    List<Integer> list = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      list.add(random.randint(1, 100));
    }
    return list;
  }

  private static List<Integer> sorted(List<Integer> numbers, Comparator<Integer> order) {
    List<Integer> sorted = new ArrayList<>(numbers);
    sorted.sort(order);
    return sorted;
  }

  private static int sum(Iterable<Integer> numbers) {
    int sum = 0;
    for (int number : numbers) {
      sum += number;
    }
    return sum;
  }
}

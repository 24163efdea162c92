package io.amalgam.verifiers.task.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Programs about lists of numbers. */
final class ListPrograms {
  static final List<CodeProgram> ALL =
      List.of(
          new CodeProgram(
              1,
              "Given a list of whole numbers, what are the sums of its first one, two, three and"
                  + " so on numbers?",
              """
              Input:
                `numbers` (list of int): The numbers to add up.

              Output:
                `return` (dict): A dictionary with one key:
                - `totals` (list of int): The total after each number.""",
              """
              def main_solution(numbers):
                  total = 0
                  totals = []
                  for number in numbers:
                      total += number
                      totals.append(total)
                  return {"totals": totals}""",
              random -> numbersOf(random, 3, 8, -50, 50),
              ListPrograms::totals),
          new CodeProgram(
              2,
              "In a series of measured temperatures, find the longest stretch in which each value"
                  + " is higher than the one before. If several are equally long, take the first.",
              """
              Input:
                `numbers` (list of int): Temperatures in the order of measurement.

              Output:
                `return` (dict): A dictionary with two keys:
                - `start` (int): The position of the stretch's first value.
                - `length` (int): How many values the stretch has.""",
              """
              def main_solution(numbers):
                  best_start, best_length = 0, 1
                  start = 0
                  for i in range(1, len(numbers)):
                      if numbers[i] <= numbers[i - 1]:
                          start = i
                      if i - start + 1 > best_length:
                          best_start, best_length = start, i - start + 1
                  return {"start": best_start, "length": best_length}""",
              random -> numbersOf(random, 5, 14, -10, 35),
              ListPrograms::longestRise),
          new CodeProgram(
              4,
              "Pay an amount with coins, always taking the largest coin that still fits. Which"
                  + " coins are used, and what remains unpaid?",
              """
              Input:
                `amount` (int): What is to be paid.
                `coins` (list of int): The values of the coins, of which any number is there.

              Output:
                `return` (dict): A dictionary with two keys:
                - `used` (list of list of int): Pairs of a coin's value and how often it is used.
                - `rest` (int): What cannot be paid.""",
              """
              def main_solution(amount, coins):
                  used = []
                  for coin in sorted(coins, reverse=True):
                      if coin <= amount:
                          used.append([coin, amount // coin])
                          amount %= coin
                  return {"used": used, "rest": amount}""",
              random -> {
                int amount = random.randint(20, 300);
                List<Integer> coins = random.sample(List.of(2, 3, 5, 7, 11, 20, 25, 40, 50, 90), 4);
                return CodeProgram.object()
                    .put("amount", amount)
                    .set("coins", CodeProgram.array(coins));
              },
              ListPrograms::pay),
          new CodeProgram(
              8,
              "Bookings of a room are given by their first and last hour. Bookings that overlap or"
                  + " touch are merged. What are the merged bookings, and how many hours lie in"
                  + " the gaps between them?",
              """
              Input:
                `bookings` (list of list of int): Pairs of first and last hour, in any order.

              Output:
                `return` (dict): A dictionary with two keys:
                - `merged` (list of list of int): The merged pairs in order.
                - `free` (int): The hours between one merged pair and the next, added up.""",
              """
              def main_solution(bookings):
                  merged = []
                  for first, last in sorted(bookings):
                      if merged and first <= merged[-1][1]:
                          merged[-1][1] = max(merged[-1][1], last)
                      else:
                          merged.append([first, last])
                  free = 0
                  for left, right in zip(merged, merged[1:]):
                      free += right[0] - left[1]
                  return {"merged": merged, "free": free}""",
              random -> {
                ObjectNode inputs = CodeProgram.object();
                ArrayNode bookings = inputs.putArray("bookings");
                int count = random.randint(4, 8);
                for (int i = 0; i < count; i++) {
                  int first = random.randint(0, 60);
                  bookings.add(CodeProgram.array(List.of(first, first + random.randint(1, 8))));
                }
                return inputs;
              },
              ListPrograms::merge),
          new CodeProgram(
              10,
              "Walk through a grid of costs from the upper left to the lower right cell, stepping"
                  + " right or down only. Which way costs least? Both end cells count; where two"
                  + " ways to a cell cost the same, the one that comes from above is kept.",
              """
              Input:
                `grid` (list of list of int): The cost of each cell, row by row.

              Output:
                `return` (dict): A dictionary with two keys:
                - `cost` (int): The cost of the cheapest way.
                - `way` (str): Its steps, R for right and D for down.""",
              """
              def main_solution(grid):
                  best = {}
                  for y, row in enumerate(grid):
                      for x, cost in enumerate(row):
                          options = []
                          if y > 0:
                              total, way = best[y - 1, x]
                              options.append((total + cost, way + "D"))
                          if x > 0:
                              total, way = best[y, x - 1]
                              options.append((total + cost, way + "R"))
                          if not options:
                              options.append((cost, ""))
                          best[y, x] = min(options, key=lambda option: option[0])
                  total, way = best[len(grid) - 1, len(grid[0]) - 1]
                  return {"cost": total, "way": way}""",
              random -> {
                int rows = random.randint(3, 4);
                int columns = random.randint(3, 5);
                ObjectNode inputs = CodeProgram.object();
                ArrayNode grid = inputs.putArray("grid");
                for (int y = 0; y < rows; y++) {
                  grid.add(CodeProgram.array(CodeProgram.drawn(random, columns, columns, 1, 9)));
                }
                return inputs;
              },
              ListPrograms::cheapestWay));

  private ListPrograms() {}

  private static ObjectNode numbersOf(
      PythonRandom random, int shortest, int longest, int low, int high) {
    return CodeProgram.object()
        .set("numbers", CodeProgram.array(CodeProgram.drawn(random, shortest, longest, low, high)));
  }

  private static JsonNode totals(ObjectNode inputs) {
    ObjectNode result = CodeProgram.object();
    ArrayNode totals = result.putArray("totals");
    int total = 0;
    for (int number : CodeProgram.numbers(inputs.get("numbers"))) {
      total += number;
      totals.add(total);
    }
    return result;
  }

  private static JsonNode longestRise(ObjectNode inputs) {
    List<Integer> numbers = CodeProgram.numbers(inputs.get("numbers"));
    int bestStart = 0;
    int bestLength = 1;
    int start = 0;
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.get(i) <= numbers.get(i - 1)) {
        start = i;
      }
      if (i - start + 1 > bestLength) {
        bestStart = start;
        bestLength = i - start + 1;
      }
    }
    return CodeProgram.object().put("start", bestStart).put("length", bestLength);
  }

  private static JsonNode pay(ObjectNode inputs) {
    int rest = inputs.get("amount").intValue();
    List<Integer> coins = CodeProgram.numbers(inputs.get("coins"));
    coins.sort(Comparator.reverseOrder());
    ObjectNode result = CodeProgram.object();
    ArrayNode used = result.putArray("used");
    for (int coin : coins) {
      if (coin <= rest) {
        used.add(CodeProgram.array(List.of(coin, rest / coin)));
        rest %= coin;
      }
    }
    return result.put("rest", rest);
  }

  private static JsonNode merge(ObjectNode inputs) {
    List<List<Integer>> bookings = new ArrayList<>();
    inputs.get("bookings").forEach(pair -> bookings.add(CodeProgram.numbers(pair)));
    bookings.sort(
        Comparator.<List<Integer>>comparingInt(pair -> pair.get(0))
            .thenComparingInt(pair -> pair.get(1)));
    List<List<Integer>> merged = new ArrayList<>();
    int free = 0;
    for (List<Integer> pair : bookings) {
      List<Integer> previous = merged.isEmpty() ? List.of() : merged.get(merged.size() - 1);
      if (!previous.isEmpty() && pair.get(0) <= previous.get(1)) {
        int last = Math.max(previous.get(1), pair.get(1));
        merged.set(merged.size() - 1, List.of(previous.get(0), last));
      } else {
        free += previous.isEmpty() ? 0 : pair.get(0) - previous.get(1);
        merged.add(pair);
      }
    }
    ObjectNode result = CodeProgram.object();
    ArrayNode pairs = result.putArray("merged");
    merged.forEach(pair -> pairs.add(CodeProgram.array(pair)));
    return result.put("free", free);
  }

  private record Way(int cost, String steps) {
    Way then(int more, String step) {
      return new Way(cost + more, steps + step);
    }
  }

  private static JsonNode cheapestWay(ObjectNode inputs) {
    List<Way> above = List.of();
    for (JsonNode cells : inputs.get("grid")) {
      List<Way> row = new ArrayList<>();
      for (int x = 0; x < cells.size(); x++) {
        int cost = cells.get(x).intValue();
        if (above.isEmpty()) {
          row.add(x == 0 ? new Way(cost, "") : row.get(x - 1).then(cost, "R"));
        } else {
          Way down = above.get(x).then(cost, "D");
          boolean fromLeft = x > 0 && row.get(x - 1).cost + cost < down.cost;
          row.add(fromLeft ? row.get(x - 1).then(cost, "R") : down);
        }
      }
      above = row;
    }
    Way best = above.get(above.size() - 1);
    return CodeProgram.object().put("cost", best.cost).put("way", best.steps);
  }
}

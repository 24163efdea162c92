package io.amalgam.verifiers.task.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Programs that follow something step by step. */
final class SimulationPrograms {
  static final List<CodeProgram> ALL =
      List.of(
          new CodeProgram(
              6,
              "A robot stands in the corner (0, 0) of a square room and follows the letters of a"
                  + " plan: L and R turn it by a quarter, F moves it one tile ahead. It looks up"
                  + " at first, that is, towards larger y, and does not move where a wall is in"
                  + " its way. Where does it stand at the end, and how many tiles has it been on?",
              """
              Input:
                `plan` (str): The letters F, L and R.
                `size` (int): How many tiles the room has in each direction.

              Output:
                `return` (dict): A dictionary with three keys:
                - `x` (int): Its place from left to right.
                - `y` (int): Its place from bottom to top.
                - `tiles` (int): The number of different tiles it has been on.""",
              """
              def main_solution(plan, size):
                  x, y = 0, 0
                  dx, dy = 0, 1
                  seen = {(0, 0)}
                  for letter in plan:
                      if letter == "L":
                          dx, dy = -dy, dx
                      elif letter == "R":
                          dx, dy = dy, -dx
                      elif 0 <= x + dx < size and 0 <= y + dy < size:
                          x, y = x + dx, y + dy
                          seen.add((x, y))
                  return {"x": x, "y": y, "tiles": len(seen)}""",
              random ->
                  CodeProgram.object()
                      .put("plan", "FR" + CodeProgram.text(random, 8, 24, "FFFFLR"))
                      .put("size", random.randint(3, 6)),
              SimulationPrograms::walk),
          new CodeProgram(
              6,
              "Customers arrive at a single counter at given minutes and are served in the order"
                  + " of arrival, each for the same number of minutes. How long does each of them"
                  + " wait before being served, and when does the counter close?",
              """
              Input:
                `arrivals` (list of int): The minutes of arrival in ascending order.
                `service` (int): The minutes that serving a customer takes.

              Output:
                `return` (dict): A dictionary with two keys:
                - `waits` (list of int): Each customer's waiting time.
                - `closes` (int): The minute at which the last customer has been served.""",
              """
              def main_solution(arrivals, service):
                  free_at = 0
                  waits = []
                  for arrival in arrivals:
                      begin = max(free_at, arrival)
                      waits.append(begin - arrival)
                      free_at = begin + service
                  return {"waits": waits, "closes": free_at}""",
              random -> {
                List<Integer> arrivals = CodeProgram.drawn(random, 4, 9, 0, 30);
                Collections.sort(arrivals);
                ObjectNode inputs = CodeProgram.object();
                inputs.set("arrivals", CodeProgram.array(arrivals));
                return inputs.put("service", random.randint(2, 7));
              },
              SimulationPrograms::serve),
          new CodeProgram(
              9,
              "A shelf keeps the pages that were asked for most recently. A page that stands on"
                  + " the shelf is moved to its end; another one is put there, and if the shelf is"
                  + " too full then, its first page is taken away. How often was a page found, and"
                  + " what stands on the shelf at the end?",
              """
              Input:
                `places` (int): How many pages the shelf holds.
                `requests` (list of int): The numbers of the pages asked for, in order.

              Output:
                `return` (dict): A dictionary with two keys:
                - `found` (int): How many requests found their page on the shelf.
                - `shelf` (list of int): The pages on the shelf, the first one first.""",
              """
              def main_solution(places, requests):
                  shelf = []
                  found = 0
                  for page in requests:
                      if page in shelf:
                          found += 1
                          shelf.remove(page)
                      shelf.append(page)
                      if len(shelf) > places:
                          shelf.pop(0)
                  return {"found": found, "shelf": shelf}""",
              random -> {
                ObjectNode inputs = CodeProgram.object().put("places", random.randint(2, 4));
                return inputs.set(
                    "requests", CodeProgram.array(CodeProgram.drawn(random, 8, 16, 1, 6)));
              },
              SimulationPrograms::keepPages));

  private SimulationPrograms() {}

  private static JsonNode walk(ObjectNode inputs) {
    int size = inputs.get("size").intValue();
    int x = 0;
    int y = 0;
    int dx = 0;
    int dy = 1;
    Set<List<Integer>> seen = new HashSet<>(Set.of(List.of(0, 0)));
    for (char letter : inputs.get("plan").textValue().toCharArray()) {
      if (letter == 'F') {
        boolean free = x + dx >= 0 && x + dx < size && y + dy >= 0 && y + dy < size;
        x += free ? dx : 0;
        y += free ? dy : 0;
        seen.add(List.of(x, y));
      } else {
        int turn = letter == 'L' ? 1 : -1;
        int ahead = dx;
        dx = -turn * dy;
        dy = turn * ahead;
      }
    }
    return CodeProgram.object().put("x", x).put("y", y).put("tiles", seen.size());
  }

  private static JsonNode serve(ObjectNode inputs) {
    int service = inputs.get("service").intValue();
    ObjectNode result = CodeProgram.object();
    ArrayNode waits = result.putArray("waits");
    int free = 0;
    for (int arrival : CodeProgram.numbers(inputs.get("arrivals"))) {
      int begin = Math.max(free, arrival);
      waits.add(begin - arrival);
      free = begin + service;
    }
    return result.put("closes", free);
  }

  private static JsonNode keepPages(ObjectNode inputs) {
    int places = inputs.get("places").intValue();
    List<Integer> shelf = new ArrayList<>();
    int found = 0;
    for (Integer page : CodeProgram.numbers(inputs.get("requests"))) {
      found += shelf.remove(page) ? 1 : 0;
      shelf.add(page);
      if (shelf.size() > places) {
        shelf.remove(0);
      }
    }
    ObjectNode result = CodeProgram.object().put("found", found);
    result.set("shelf", CodeProgram.array(shelf));
    return result;
  }
}

package io.amalgam.verifiers.task.graphs;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** Breadth-first search for the shortest sequence of buttons that opens a lock. */
final class LockSearch {
  private LockSearch() {}

  private record State(long value, boolean red, String presses) {}

  private record Place(long value, boolean red) {}

  /** The letters of the first shortest sequence in the order of the buttons, if one is in reach. */
  static Optional<String> shortest(List<LockButton> buttons, long target, int mostPresses) {
    Queue<State> open = new ArrayDeque<>();
    open.add(new State(0, true, ""));
    Set<Place> seen = new HashSet<>();
    for (State state = open.poll(); state != null; state = open.poll()) {
      if (state.value == target) {
        return Optional.of(state.presses);
      }
      if (state.presses.length() < mostPresses && seen.add(new Place(state.value, state.red))) {
        for (LockButton button : buttons) {
          if (button.worksAt(state.red)) {
            open.add(
                new State(button.press(state.value), !state.red, state.presses + button.name()));
          }
        }
      }
    }
    return Optional.empty();
  }
}

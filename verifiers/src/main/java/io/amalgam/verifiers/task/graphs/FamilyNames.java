package io.amalgam.verifiers.task.graphs;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names a family may draw from, by sex. */
final class FamilyNames {
  private final List<String> male;
  private final List<String> female;

  /** Whether a name stands in both lists, or twice in one. */
  private final boolean repeated;

  FamilyNames(List<String> male, List<String> female) {
    this.male = List.copyOf(male);
    this.female = List.copyOf(female);
    Set<String> different = new HashSet<>(male);
    different.addAll(female);
    repeated = different.size() < male.size() + female.size();
  }

  /** All names, for a family that has none yet. */
  Free free() {
    return new Free();
  }

  /** The names that nobody in a family has. */
  final class Free {
    private final List<String> freeMale = new ArrayList<>(male);
    private final List<String> freeFemale = new ArrayList<>(female);

    private Free() {}

    /** Takes a name for a new member; empty if the names of that sex ran out. */
    Optional<String> draw(PythonRandom random, boolean forFemale) {
      List<String> free = forFemale ? freeFemale : freeMale;
      if (free.isEmpty()) {
        return Optional.empty();
      }
      String name = free.remove(random.randint(0, free.size() - 1));
      if (repeated) {
        freeMale.removeIf(name::equals);
        freeFemale.removeIf(name::equals);
      }
      return Optional.of(name);
    }
  }
}

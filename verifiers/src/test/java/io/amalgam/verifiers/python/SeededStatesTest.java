package io.amalgam.verifiers.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** States made side by side are those made alone. */
class SeededStatesTest {
  @Property(tries = 200)
  void theStateOfAKeyDoesNotDependOnTheKeysBefore(
      @ForAll int start,
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = -2, max = 6) Integer> steps) {
    int key = start;
    for (int step : steps) {
      key += step;
      int[] state = new int[PythonRandom.STATE_WORDS];
      SeededStates.ofThread().write(key, state);
      int[] alone = new int[PythonRandom.STATE_WORDS];
      SeededStates.write(new int[] {key}, alone);
      assertThat(state).isEqualTo(alone);
    }
  }

  @Property(tries = 20)
  void generatorsSeededInBetweenDoNotMatter(@ForAll @IntRange(min = 0) int start) {
    List<Double> together = new ArrayList<>();
    Random others = new Random(start);
    for (int i = 0; i < 12; i++) {
      together.add(new PythonRandom((long) start + i).random());
      new PythonRandom(others.nextInt()).random();
    }
    for (int i = 11; i >= 0; i--) {
      assertThat(new PythonRandom((long) start + i).random()).isEqualTo(together.get(i));
    }
  }
}

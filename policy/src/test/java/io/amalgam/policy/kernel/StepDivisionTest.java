package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.ToLongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StepDivisionTest {
  private static final long SMALL = 1 << 20;
  private static final long LARGE = 64 << 20;

  @Property
  void candidatesUseNoMoreThanTheThreadsAndAtLeastOneRowEach(
      @ForAll @IntRange(min = 1, max = 300) int rows,
      @ForAll @IntRange(min = 1, max = 64) int threads) {
    List<StepDivision> all = StepDivision.candidates(rows, threads, SMALL);
    assertThat(all).isNotEmpty().doesNotHaveDuplicates();
    for (StepDivision d : all) {
      assertThat(d.parts() * d.operatorThreads()).isBetween(1, threads);
      assertThat(d.parts()).isLessThanOrEqualTo(rows);
    }
  }

  @Test
  void fewRowsOfASmallModelAreLeftToOneThread() {
    assertThat(StepDivision.candidates(8, 2, SMALL).get(0)).isEqualTo(new StepDivision(1, 1));
    assertThat(StepDivision.candidates(8, 2, LARGE).get(0)).isEqualTo(new StepDivision(1, 2));
    assertThat(StepDivision.candidates(16, 2, SMALL).get(0)).isEqualTo(new StepDivision(2, 1));
  }

  @Test
  void theMatricesOfALargeModelAreReadByAllThreadsTogether() {
    assertThat(StepDivision.candidates(64, 2, LARGE))
        .containsExactly(new StepDivision(1, 2), new StepDivision(2, 1), new StepDivision(1, 1));
  }

  @Test
  void theFastestIsUsedAndTheOthersAreTriedNowAndThen() {
    List<StepDivision> all = StepDivision.candidates(32, 2, SMALL);
    StepDivision.Choice choice = new StepDivision.Choice(all);
    assertThat(share(choice, all.get(1), 500, d -> d.equals(all.get(1)) ? 10 : 30))
        .isBetween(0.9, 0.99);
    // Another one becomes faster, as when another program starts on a core.
    assertThat(share(choice, all.get(0), 500, d -> d.equals(all.get(0)) ? 10 : 30))
        .isBetween(0.7, 0.99);
  }

  @Test
  void aFirstStepThatTakesLongDecidesNothing() {
    List<StepDivision> all = StepDivision.candidates(64, 2, LARGE);
    StepDivision.Choice choice = new StepDivision.Choice(all);
    choice.took(choice.next(), 1000);
    assertThat(share(choice, all.get(0), 40, d -> d.equals(all.get(0)) ? 10 : 20))
        .isBetween(0.8, 0.9);
  }

  /** How often a division is used. */
  private static double share(
      StepDivision.Choice choice, StepDivision one, int steps, ToLongFunction<StepDivision> time) {
    int used = 0;
    for (int i = 0; i < steps; i++) {
      StepDivision next = choice.next();
      choice.took(next, time.applyAsLong(next));
      used += next.equals(one) ? 1 : 0;
    }
    return (double) used / steps;
  }
}

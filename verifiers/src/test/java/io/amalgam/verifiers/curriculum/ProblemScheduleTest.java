package io.amalgam.verifiers.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.curriculum.ProblemSchedule.GroupOutcome;
import io.amalgam.verifiers.task.MixEntry;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.TaskMix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProblemScheduleTest {
  private static final TaskMix MIX =
      TaskMix.of(List.of(entry("gcd", 1), entry("chain_sum", 2), entry("count_bits", 1)), 7);
  private static final CurriculumRules ALL =
      new CurriculumRules(true, 0.1, 0.5, 2, 0, 0.8, 0.2, 3, 2, 10);

  private static MixEntry entry(String task, double weight) {
    return new MixEntry(task, weight, JsonNodeFactory.instance.objectNode());
  }

  private static GroupOutcome judged(String task, int solved) {
    return new GroupOutcome(task, 0, 8, solved, solved % 8 == 0, true);
  }

  private static GroupOutcome failed(String task, long ordinal) {
    return new GroupOutcome(task, ordinal, 1, 0, false, false);
  }

  @Test
  void plainRulesAskWhatTheMixAsks() {
    ProblemSchedule schedule = new ProblemSchedule(MIX, CurriculumRules.plain());
    CurriculumState state = CurriculumState.initial();
    for (int i = 0; i < 50; i++) {
      state = schedule.after(state, judged("gcd", i % 9));
      assertThat(schedule.problem(state, i)).isEqualTo(MIX.trainingProblem(i));
    }
  }

  @Test
  void tasksThatAreHalfSolvedAreAskedMost() {
    ProblemSchedule schedule =
        new ProblemSchedule(MIX, new CurriculumRules(true, 0.1, 0, 0, -1, 0.8, 0.2, 3, 0, 1));
    CurriculumState state = schedule.after(CurriculumState.initial(), judged("gcd", 8));
    state = schedule.after(state, judged("chain_sum", 2));
    assertThat(schedule.weights(state, 0)[0]).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.weights(state, 0)[1]).isCloseTo(2 * (0.1 + 0.9 * 0.75), within(1e-12));
    assertThat(schedule.weights(state, 0)[2]).isEqualTo(1);
  }

  @Test
  void groupsWithoutVarianceHalveTheWeightUntilOneHasSome() {
    ProblemSchedule schedule =
        new ProblemSchedule(MIX, new CurriculumRules(false, 0.1, 0.9, 2, -1, 0.8, 0.2, 3, 0, 1));
    CurriculumState state = CurriculumState.initial();
    double[] expected = {1, 0.5, 0.25, 0.125, 0.0625, 0.03125, 0.03125};
    for (double weight : expected) {
      state = schedule.after(state, judged("gcd", 0));
      assertThat(schedule.weights(state, 0)[0]).isEqualTo(weight);
    }
    assertThat(schedule.weights(schedule.after(state, judged("gcd", 1)), 0)[0]).isEqualTo(1);
  }

  @Test
  void levelsRiseAndFallWithTheRateAndEndWhereTheTaskEnds() {
    ProblemSchedule schedule = new ProblemSchedule(MIX, ALL);
    CurriculumState state = CurriculumState.initial();
    assertThat(schedule.problem(state, 0).task()).endsWith("@0");
    for (int i = 0; i < 3; i++) {
      state = schedule.after(state, judged("gcd@0", 8));
    }
    assertThat(state.of("gcd").level()).isEqualTo(1);
    assertThat(state.of("gcd").groups()).isZero();
    for (int i = 0; i < 40; i++) {
      state = schedule.after(state, judged("gcd", 8));
    }
    assertThat(state.of("gcd").level()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      state = schedule.after(state, judged("gcd", 0));
    }
    assertThat(state.of("gcd").level()).isEqualTo(2);
  }

  @Test
  void aTaskThatCannotBeJudgedRestsEverLonger() {
    ProblemSchedule schedule = new ProblemSchedule(MIX, ALL);
    CurriculumState state = schedule.after(CurriculumState.initial(), failed("gcd", 4));
    assertThat(schedule.weights(state, 5)[0]).isPositive();
    state = schedule.after(state, failed("gcd@0", 5));
    assertThat(schedule.weights(state, 15)[0]).isZero();
    assertThat(schedule.weights(state, 16)[0]).isPositive();
    state = schedule.after(schedule.after(state, failed("gcd", 16)), failed("gcd", 17));
    assertThat(schedule.weights(state, 37)[0]).isZero();
    assertThat(schedule.weights(state, 38)[0]).isPositive();
    assertThat(state.of("gcd").seen()).isZero();
    for (String task : List.of("chain_sum", "count_bits", "gcd")) {
      state = schedule.after(schedule.after(state, failed(task, 40)), failed(task, 41));
    }
    assertThat(schedule.weights(state, 42)).containsExactly(1, 2, 1);
  }

  /** What a restart must be able to rely on. */
  @Property(tries = 60)
  void aRestoredStateAsksTheSameProblems(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int savedAt) throws IOException {
    ProblemSchedule schedule = new ProblemSchedule(MIX, ALL);
    assertThat(run(schedule, seed, savedAt)).isEqualTo(run(schedule, seed, -1));
  }

  private static List<Problem> run(ProblemSchedule schedule, long seed, int savedAt)
      throws IOException {
    Random random = new Random(seed);
    CurriculumState state = CurriculumState.initial();
    List<Problem> asked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      if (i == savedAt) {
        state =
            CurriculumState.fromJson(
                (ObjectNode) new ObjectMapper().readTree(state.toJson().toString()));
      }
      Problem problem = schedule.problem(state, state.nextOrdinal());
      asked.add(problem);
      int solved = random.nextInt(9);
      boolean usable = random.nextInt(6) > 0;
      state =
          schedule
              .after(
                  state,
                  new GroupOutcome(
                      problem.task(), state.nextOrdinal(), 8, solved, solved % 8 == 0, usable))
              .advanced();
    }
    return asked;
  }
}

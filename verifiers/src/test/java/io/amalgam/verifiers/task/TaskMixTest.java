package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TaskMixTest {
  private static ObjectNode config() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static List<MixEntry> seedlingTasks() {
    return List.of(
        new MixEntry("chain_sum", 1, config().put("max_terms", 3).put("max_digits", 1)),
        new MixEntry("gcd", 1, config().put("min_value", 2).put("max_value", 40)),
        new MixEntry(
            "leg_counting",
            1,
            config().put("min_animals", 2).put("max_animals", 2).put("max_instances", 4)),
        new MixEntry("count_bits", 1, config().put("max_n", 511)));
  }

  @Property(tries = 300)
  void trainingProblemsAreNeverHeldOutAndDependOnSeedAndOrdinalAlone(
      @ForAll long seed, @ForAll @LongRange(min = 0) long ordinal) {
    Problem problem = TaskMix.of(seedlingTasks(), seed).trainingProblem(ordinal);
    assertThat(TaskMix.isHeldOut(problem.question())).isFalse();
    assertThat(TaskMix.of(seedlingTasks(), seed).trainingProblem(ordinal)).isEqualTo(problem);
  }

  @Test
  void heldOutProblemsAreDistinctStableAndDisjointFromTraining() {
    TaskMix mix = TaskMix.of(seedlingTasks(), 7);
    Set<String> heldOut = new HashSet<>();
    for (String name : mix.names()) {
      List<Problem> problems = mix.heldOut(name, 60);
      assertThat(problems).hasSize(60).allMatch(problem -> TaskMix.isHeldOut(problem.question()));
      assertThat(problems.stream().map(Problem::question)).doesNotHaveDuplicates();
      assertThat(mix.heldOut(name, 60)).isEqualTo(problems);
      assertThat(mix.heldOut(name, 20)).isEqualTo(problems.subList(0, 20));
      problems.forEach(problem -> heldOut.add(problem.question()));
    }
    for (long ordinal = 0; ordinal < 2000; ordinal++) {
      assertThat(heldOut).doesNotContain(mix.trainingProblem(ordinal).question());
    }
  }

  @Test
  void aSmallSpaceGivesAllItsHeldOutQuestions() {
    TaskMix mix = TaskMix.of(seedlingTasks(), 3);
    assertThat(mix.heldOut("count_bits", 1000)).hasSize(109);
  }

  @Test
  void weightsDecideHowOftenATaskComes() {
    TaskMix mix =
        TaskMix.of(
            List.of(new MixEntry("gcd", 3, config()), new MixEntry("count_bits", 1, config())), 11);
    long gcds = 0;
    for (long ordinal = 0; ordinal < 4000; ordinal++) {
      gcds += mix.trainingProblem(ordinal).task().equals("gcd") ? 1 : 0;
    }
    // Standard deviation of the count is 27.
    assertThat(gcds).isBetween(2850L, 3150L);
  }

  @Test
  void problemsOfTheMixAreScoredByItsTasks() {
    TaskMix mix = TaskMix.of(seedlingTasks(), 5);
    Problem problem = mix.trainingProblem(0);
    assertThat(mix.task(problem.task()).score(problem, problem.answer()))
        .isEqualTo(Verdict.Scored.of(1));
  }

  @Test
  void aMixWithoutTrainingProblemsSaysSo() {
    TaskMix mix =
        TaskMix.of(
            List.of(
                new MixEntry(
                    "countdown",
                    1,
                    config().put("max_target", 100).put("max_numbers", 4).put("max_value", 1))),
            1);
    assertThatThrownBy(() -> mix.trainingProblem(0))
        .isInstanceOf(ProblemGenerationException.class)
        .hasMessageContaining("countdown")
        .hasMessageContaining("widen its configuration");
    assertThat(mix.heldOut("countdown", 5)).isEmpty();
  }

  @Test
  void wrongMixesAreRefusedInOneLine() {
    assertThatThrownBy(() -> TaskMix.of(List.of(), 0))
        .hasMessage("task mix: there must be at least one task");
    assertThatThrownBy(() -> new MixEntry("gcd", 0, config()))
        .hasMessageContaining("must be above 0");
    assertThatThrownBy(() -> new MixEntry("gcd", Double.NaN, config()))
        .hasMessageContaining("must be above 0");
    MixEntry gcd = new MixEntry("gcd", 1, config());
    assertThatThrownBy(() -> TaskMix.of(List.of(gcd, gcd), 0)).hasMessageContaining("listed twice");
    assertThatThrownBy(() -> TaskMix.of(List.of(gcd), 0).task("gdc"))
        .hasMessageContaining("did you mean \"gcd\"?");
  }
}

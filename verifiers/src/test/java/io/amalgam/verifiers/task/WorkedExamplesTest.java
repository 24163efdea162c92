package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.amalgam.verifiers.answer.AnswerExtractor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkedExamplesTest {
  private static MixEntry entry(String task) {
    return new MixEntry(task, 1, JsonNodeFactory.instance.objectNode());
  }

  @Test
  void demonstrationsAreSolvedTrainingProblemsOfOneTaskAfterTheOther() {
    TaskMix mix = TaskMix.of(List.of(entry("chain_sum"), entry("syllogism")), 5);
    List<WorkedExamples.Example> shown = new WorkedExamples(mix).demonstrations(3);
    assertThat(shown.stream().map(e -> e.problem().task()))
        .containsExactly("chain_sum", "syllogism", "chain_sum");
    assertThat(shown.stream().map(e -> e.problem().question())).doesNotHaveDuplicates();
    for (WorkedExamples.Example e : shown) {
      assertThat(TaskMix.isHeldOut(e.problem().question())).isFalse();
      Optional<String> answer = AnswerExtractor.standard().extract(e.completion());
      assertThat(mix.task(e.problem().task()).judge(e.problem(), answer))
          .isEqualTo(Verdict.Scored.of(1));
    }
    assertThat(new WorkedExamples(mix).demonstrations(3)).isEqualTo(shown);
  }
}

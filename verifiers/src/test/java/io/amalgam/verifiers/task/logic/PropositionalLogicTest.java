package io.amalgam.verifiers.task.logic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from "P and Q", and formulas made to exhaust the reader. */
class PropositionalLogicTest {
  private static final int MANY = 300_000;

  private final Task task =
      TaskCatalog.standard()
          .create("propositional_logic", JsonNodeFactory.instance.objectNode(), BigInteger.ZERO, 1);

  private static Problem problem() {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.putArray("premises").add("(P ∧ Q)");
    metadata.putArray("variables").add("P").add("Q");
    return new Problem("propositional_logic", 0, "", Optional.empty(), metadata);
  }

  private Verdict verdict(String answer) {
    return task.score(problem(), Optional.of(answer));
  }

  @ParameterizedTest
  @CsvSource({
    "P ∨ Q, 1.0",
    "(P ∧ Q), 1.0",
    "¬¬P, 1.0",
    "P, 0.25",
    "P ∨ ¬P, 0.25",
    "P → Q → P, 1.0",
    "¬P, 0.05",
    "p ∨ q, 0.05",
    "(P ∧ Q, 0.05",
    "P ∨ R, 0.0",
    "P ∨, 0.0",
    "(), 0.0"
  })
  void scoresByEntailment(String answer, double score) {
    assertThat(verdict(answer)).isEqualTo(Verdict.Scored.of(score));
  }

  @Test
  void hugeFormulasEnd() {
    String manyNames =
        IntStream.range(0, MANY).mapToObj(i -> "x" + i).collect(Collectors.joining("∧"));
    assertThat(verdict("P∧".repeat(MANY) + "P")).isInstanceOf(Verdict.Invalid.class);
    assertThat(verdict("P∧".repeat(900) + "P")).isEqualTo(Verdict.Scored.of(1.0));
    assertThat(verdict("¬".repeat(MANY) + "P")).isInstanceOf(Verdict.Invalid.class);
    assertThat(verdict("(".repeat(MANY) + "P" + ")".repeat(MANY)))
        .isInstanceOf(Verdict.Invalid.class);
    assertThat(verdict(manyNames)).isInstanceOf(Verdict.Invalid.class);
    assertThat(verdict(balanced(16))).isEqualTo(Verdict.Scored.of(0.05));
    assertThat(verdict("(".repeat(MANY) + "P ∧ Q")).isEqualTo(Verdict.Scored.of(0.05));
  }

  private static String balanced(int depth) {
    return depth == 0 ? "a" : "(" + balanced(depth - 1) + " ∧ " + balanced(depth - 1) + ")";
  }
}

package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks on words and grids with the data inside Amalgam, and answers off the beaten track. */
class WordAndGridTaskTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Task task(String name, String config) throws Exception {
    return TaskCatalog.standard()
        .create(name, (ObjectNode) JSON.readTree(config), BigInteger.valueOf(7), 200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "letter_counting",
        "letter_jumble",
        "caesar_cipher",
        "sentence_reordering",
        "word_sorting",
        "word_sequence_reversal",
        "spell_backward",
        "group_anagrams",
        "word_ladder",
        "arc_agi",
        "rearc"
      })
  void theDataInsideSuffice(String name) throws Exception {
    Task task = task(name, "{}");
    Set<String> questions = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Problem problem = task.problem(i);
      questions.add(problem.question());
      assertThat(task.score(problem, problem.answer())).isEqualTo(Verdict.Scored.of(1));
      assertThat(task.score(problem, Optional.empty())).isEqualTo(Verdict.Scored.of(0));
    }
    assertThat(questions).hasSizeGreaterThan(180);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|0.01",
        "{}|0.01",
        "\"tea\"|0.01",
        "[\"tea\", \"eat\"]|0.01",
        "{\"tea\": 1}|0.01",
        "[[1, 2.5, true], [3]]|0.01",
        "[[null]]|0.01",
        "[[NaN, 1]]|0.01",
        "[[[1, \"a\"], [2, 2]]]|0.01",
        "[[null, null]]|0",
        "[[1], [\"a\"]]|0",
        "[[1, \"a\"]]|0",
        "[[[\"a\", 1], [\"a\", \"b\"]]]|0",
        "[1]|0",
        "null|0",
        "3|0",
        "[]]|0",
      })
  void groupsAreSortedAsPythonSorts(String answer, double score) throws Exception {
    Task task = task("group_anagrams", "{}");
    assertThat(task.score(task.problem(0), Optional.of(answer)))
        .isEqualTo(Verdict.Scored.of(score));
  }

  @Test
  void laddersOfOtherLengthsHaveNoVocabulary() throws Exception {
    Problem five = task("word_ladder", "{\"min_word_length\":5,\"max_word_length\":5}").problem(0);
    assertThat(task("word_ladder", "{}").score(five, five.answer()))
        .isInstanceOf(Verdict.Invalid.class);
    assertThatThrownBy(() -> task("word_ladder", "{\"min_chain_length\":4}"))
        .hasMessage("word_ladder: max_chain_length = -1 must be at least min_chain_length (4)");
    assertThatThrownBy(() -> task("spell_backward", "{\"data_file\":\"../secret\"}"))
        .hasMessage("spell_backward: data_file = \"../secret\" must be a plain file name");
  }

  @Test
  void gridsCanBeWrittenInOtherWays() throws Exception {
    Task task =
        task(
            "arc_agi",
            "{\"board_format_opts\":{\"alphabet\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\"],"
                + "\"col_delimiter\":\",\",\"row_delimiter\":\";\",\"array_brackets\":true}}");
    Problem problem = task.problem(0);
    String answer = problem.answer().orElseThrow();
    assertThat(answer).startsWith("[[").endsWith("]]").contains("];[");
    assertThat(task.score(problem, Optional.of("Shape: 1x1\n " + answer.replace(",", " , "))))
        .isEqualTo(Verdict.Scored.of(1));
    assertThat(task.score(problem, Optional.of("a"))).isEqualTo(Verdict.Scored.of(0.05));
    assertThat(task.score(problem, Optional.of("z"))).isEqualTo(Verdict.Scored.of(0));
    assertThatThrownBy(() -> task("arc_agi", "{\"mirrors_weights\":[1]}"))
        .hasMessageContaining("mirrors_weights = [1] must be a list of 5 numbers");
  }

  @Test
  void drawnGridsHaveTheWantedDifficulty() throws Exception {
    Task task =
        task(
            "rearc",
            "{\"pso_difficulty_weights\":[0,0,0,1,0,0,0],\"rng_difficulty_weights\":[0,0,0,0,1,0,0]}");
    for (int i = 0; i < 50; i++) {
      ObjectNode metadata = task.problem(i).metadata();
      assertThat(metadata.get("pso").doubleValue()).isBetween(0.2, 0.25);
      assertThat(metadata.get("rng").doubleValue()).isBetween(0.1, 0.125);
    }
    Task none = task("rearc", "{\"pso_difficulty_ranges\":[[2,3]],\"pso_difficulty_weights\":[1]}");
    assertThatThrownBy(() -> none.problem(0)).isInstanceOf(ProblemGenerationException.class);
  }
}

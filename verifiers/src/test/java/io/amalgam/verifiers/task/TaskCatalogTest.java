package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.level.Curriculum;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskCatalogTest {
  private static final TaskCatalog CATALOG = TaskCatalog.standard();

  private static Task task(String name, String config) throws JsonProcessingException {
    ObjectNode fields = (ObjectNode) new ObjectMapper().readTree(config);
    return CATALOG.create(name, fields, BigInteger.ONE, 10);
  }

  @Test
  void knowsAllTasksOfTheOriginal() {
    assertThat(CATALOG.names())
        .hasSize(105)
        .containsAll(Curriculum.tasks())
        .contains("acre", "gsm_symbolic", "list_functions");
    for (String name : CATALOG.names()) {
      TaskDescription description = CATALOG.describe(name);
      assertThat(description.name()).isEqualTo(name);
      assertThat(description.category()).isNotEmpty();
      assertThat(description.exactness()).isNotEmpty();
    }
  }

  @Test
  void aNameMayCarryALevel() throws JsonProcessingException {
    Task task = task("gcd@2", "{\"max_value\":7}");
    assertThat(task.name()).isEqualTo("gcd@2");
    assertThat(task.config().toString())
        .isEqualTo("{\"min_numbers\":2,\"max_numbers\":4,\"min_value\":100,\"max_value\":100000}");
    Problem problem = task.problem(0);
    assertThat(problem.task()).isEqualTo("gcd@2");
    assertThat(task.judge(problem, problem.answer())).isEqualTo(Verdict.Scored.of(1));
    assertThatThrownBy(() -> task("gcd@4", "{}")).hasMessage("task gcd@4: the highest level is 3");
    assertThatThrownBy(() -> task("gcd@x", "{}")).hasMessageContaining("is no level");
    assertThatThrownBy(() -> task("acre@0", "{}")).hasMessage("task acre has no levels");
  }

  @Test
  void defaultsAreAcceptedAndReported() throws JsonProcessingException {
    for (String name : CATALOG.names()) {
      Task task = task(name, "{}");
      assertThat(task.config().size()).isEqualTo(CATALOG.describe(name).fields().size());
      assertThat(task.problem(0)).isEqualTo(task.problem(0));
    }
    assertThat(task("gcd", "{\"max_value\": 50}").config().toString())
        .isEqualTo("{\"min_numbers\":2,\"max_numbers\":2,\"min_value\":1,\"max_value\":50}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chain_sun|{}|unknown task \"chain_sun\"; did you mean \"chain_sum\"?",
        "gcd|{\"max_valu\":3}|gcd: unknown field \"max_valu\"; did you mean \"max_value\"?",
        "gcd|{\"max_value\":\"3\"}|gcd: max_value = \"3\" must be a whole number",
        "gcd|{\"max_value\":2.5}|gcd: max_value = 2.5 must be a whole number",
        "gcd|{\"min_numbers\":1}|gcd: min_numbers = 1 must be at least 2",
        "chain_sum|{\"max_terms\":1}|chain_sum: max_terms = 1 must be at least min_terms (2)",
        "chain_sum|{\"allow_negation\":1}|chain_sum: allow_negation = 1 must be true or false",
        "leg_counting|{\"max_animals\":38}|leg_counting: max_animals = 38 must be at most 37",
        "count_bits|{\"min_n\":0}|count_bits: min_n = 0 must be at least 1",
        "graph_color|{\"edge_probability\":1}|graph_color: edge_probability = 1 must be less than 1",
        "self_reference|{\"difficulty\":11}|self_reference: difficulty = 11 must be at most 10",
        "syllogism|{\"invalid_ratio\":1.5}|syllogism: invalid_ratio = 1.5 must be between 0 and 1",
        "basic_arithmetic|{\"operators\":[\"^\"]}|basic_arithmetic: operators = [\"^\"] must be a list of elements of [+, -, *, /]",
        "basic_arithmetic|{\"operators\":[]}|basic_arithmetic: operators = [] must be a list with at least one element",
        "basic_arithmetic|{\"whitespace\":\"two\"}|basic_arithmetic: whitespace = \"two\" must be one of [no_space, single, random]",
      })
  void wrongConfigurationsAreRefusedInOneLine(String name, String config, String message) {
    assertThatThrownBy(() -> task(name, config))
        .isInstanceOf(TaskConfigurationException.class)
        .hasMessage(message);
  }

  @Test
  void whereTheOriginalCannotMakeAProblemNeitherCanWe() throws JsonProcessingException {
    Task onlySomeNot =
        task(
            "syllogism",
            "{\"allow_all\":false,\"allow_no\":false,\"allow_some\":false,\"inversion_probability\":1.0}");
    assertThatThrownBy(() -> onlySomeNot.problem(0)).isInstanceOf(ProblemGenerationException.class);
    Task crowded =
        task("graph_color", "{\"num_colors\":1,\"edge_probability\":0.9,\"max_num_vertices\":40}");
    assertThatThrownBy(() -> crowded.problem(0))
        .isInstanceOf(ProblemGenerationException.class)
        .hasMessageContaining("graph_color");
    assertThatThrownBy(() -> onlySomeNot.problem(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void seedsOfAnySizeAndSignAreTaken() {
    BigInteger huge = BigInteger.TEN.pow(30);
    Task positive = CATALOG.create("gcd", new ObjectMapper().createObjectNode(), huge, 1);
    Task negative = CATALOG.create("gcd", new ObjectMapper().createObjectNode(), huge.negate(), 1);
    assertThat(positive.problem(0)).isEqualTo(negative.problem(0));
    assertThatThrownBy(() -> CATALOG.create("gcd", new ObjectMapper().createObjectNode(), huge, 0))
        .hasMessage("gcd: size = 0 must be at least 1");
  }
}

package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskJsonLinesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TaskJsonLines lines = new TaskJsonLines(TaskCatalog.standard());

  private List<JsonNode> score(String... input) throws IOException {
    StringWriter out = new StringWriter();
    lines.score(new StringReader(String.join("\n", input)), out);
    List<JsonNode> answers = new ArrayList<>();
    for (String line : out.toString().split("\n")) {
      answers.add(JSON.readTree(line));
    }
    return answers;
  }

  @Test
  void problemsAreWrittenInOrder() throws IOException {
    Task task =
        TaskCatalog.standard()
            .create("chain_sum", JSON.createObjectNode(), BigInteger.valueOf(42), 60);
    StringWriter out = new StringWriter();
    lines.generate(task, 0, 3, out);
    String[] written = out.toString().split("\n");
    assertThat(written).hasSize(3);
    assertThat(written[0])
        .startsWith(
            "{\"task\":\"chain_sum\",\"index\":0,\"question\":\"State the final answer to the following arithmetic"
                + " problem: 4 + 3 =\",\"answer\":\"7\",\"metadata\":{\"source_dataset\":\"chain_sum\"");
    assertThat(JSON.readTree(written[2]).get("index").intValue()).isEqualTo(2);
  }

  @Test
  void candidatesAreScoredAndFailuresAreNull() throws IOException {
    JsonNode answer =
        score(
                "{\"task\":\"prime_factorization\",\"config\":{},\"seed\":42,\"size\":60,\"index\":0,"
                    + "\"candidates\":[\"2 × 2 × 2 × 2 × 41\",\"656\",\"2 x 3\",null,\"5\"]}")
            .get(0);
    assertThat(answer.get("scores").toString()).isEqualTo("[1.0,0.5,null,0.0,0.01]");
    assertThat(answer.get("answer").textValue()).isEqualTo("2 × 2 × 2 × 2 × 41");
    assertThat(List.copyOf(answer.properties()).stream().map(field -> field.getKey()))
        .containsExactly("task", "index", "question", "answer", "metadata", "scores", "verdicts");
    assertThat(answer.get("verdicts").get(2).textValue()).startsWith("invalid: ");
  }

  @Test
  void aBadLineGivesAnErrorAndTheStreamGoesOn() throws IOException {
    String good = "{\"task\":\"gcd\",\"seed\":4294967290,\"index\":3,\"candidates\":[]}";
    List<JsonNode> answers =
        score(
            good,
            "{\"task\":",
            "",
            "[]",
            "{\"task\":\"gdc\",\"seed\":1,\"index\":0,\"candidates\":[]}",
            "{\"task\":\"gcd\",\"seed\":1,\"index\":0,\"candidates\":[1]}",
            "{\"task\":\"gcd\",\"seed\":1.5,\"index\":0,\"candidates\":[]}",
            "{\"task\":\"gcd\",\"seed\":1,\"index\":-1,\"candidates\":[]}",
            "{\"task\":\"gcd\",\"config\":{\"x\":1},\"seed\":1,\"index\":0,\"candidates\":[]}",
            "{\"task\":\"gcd\",\"seed\":1,\"size\":99999999999,\"index\":0,\"candidates\":[]}",
            "{\"task\":\"gcd\",\"seed\":1,\"index\":0,\"candidates\":[]} x",
            good);
    assertThat(answers).hasSize(11);
    assertThat(answers.get(0)).isEqualTo(answers.get(10));
    assertThat(answers.get(0).get("task").textValue()).isEqualTo("gcd");
    assertThat(answers.subList(1, 10))
        .allSatisfy(answer -> assertThat(answer.get("error").textValue()).startsWith("line "));
    assertThat(answers.get(3).get("error").textValue())
        .isEqualTo("line 5: unknown task \"gdc\"; did you mean \"gcd\"?");
    assertThat(answers.get(4).get("error").textValue()).startsWith("line 6: candidates must be");
  }

  @Test
  void seedsBeyondSixtyFourBitsArriveExactly() throws IOException {
    List<JsonNode> answers =
        score(
            "{\"task\":\"gcd\",\"seed\":100000000000000000000000000000,\"index\":0,\"candidates\":[]}",
            "{\"task\":\"gcd\",\"seed\":\"100000000000000000000000000000\",\"index\":0,\"candidates\":[]}",
            "{\"task\":\"gcd\",\"seed\":100000000000000000000000000001,\"index\":0,\"candidates\":[]}");
    assertThat(answers.get(0)).isEqualTo(answers.get(1)).isNotEqualTo(answers.get(2));
  }
}

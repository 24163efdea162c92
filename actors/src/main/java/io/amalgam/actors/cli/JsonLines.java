package io.amalgam.actors.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Function;

/**
 * JSON lines in, JSON lines out: one answer per line, in order, written as soon as it is known.
 *
 * <p>A line that cannot be used gives {@code {"error": "line N: cause"}} and reading goes on.
 */
final class JsonLines {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonLines() {}

  static void answer(BufferedReader in, PrintWriter out, Function<JsonNode, ObjectNode> answer)
      throws IOException {
    long number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (!line.isBlank()) {
        out.println(JSON.writeValueAsString(answer(line, number, answer)));
        out.flush();
      }
    }
  }

  private static ObjectNode answer(
      String line, long number, Function<JsonNode, ObjectNode> answer) {
    try {
      return answer.apply(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      return error(number, "not JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      return error(number, ErrorLine.oneLine(e));
    }
  }

  private static ObjectNode error(long number, String cause) {
    return JSON.createObjectNode().put("error", "line " + number + ": " + cause);
  }
}

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
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * JSON lines in, JSON lines out: one answer per line, in order, written as soon as it is known.
 *
 * <p>A line that cannot be used gives {@code {"error": "line N: cause"}} and reading goes on.
 */
final class JsonLines {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final Pattern LONE_SURROGATE = Pattern.compile("[\\x{D800}-\\x{DFFF}]");

  private JsonLines() {}

  static void answer(BufferedReader in, PrintWriter out, Function<JsonNode, ObjectNode> answer)
      throws IOException {
    long number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (!line.isBlank()) {
        out.println(encodable(JSON.writeValueAsString(answer(line, number, answer))));
        out.flush();
      }
    }
  }

  /** A half of a surrogate pair, which no UTF-8 can hold, is written as JSON escapes it. */
  private static String encodable(String json) {
    return LONE_SURROGATE
        .matcher(json)
        .replaceAll(half -> String.format(Locale.ROOT, "\\\\u%04x", (int) half.group().charAt(0)));
  }

  private static ObjectNode answer(
      String line, long number, Function<JsonNode, ObjectNode> answer) {
    try {
      return answer.apply(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      return error(
          number, "not JSON: " + e.getOriginalMessage().replaceAll(" \\(start marker.*", ""));
    } catch (RuntimeException e) {
      return error(number, ErrorLine.oneLine(e));
    }
  }

  private static ObjectNode error(long number, String cause) {
    return JSON.createObjectNode().put("error", "line " + number + ": " + cause);
  }
}

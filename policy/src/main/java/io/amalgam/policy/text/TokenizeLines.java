package io.amalgam.policy.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Tokenizing of texts given as JSON, one object each.
 *
 * <p>In: {@code {"text": …}}, with {@code "add_special_tokens": true} where wanted, gives {@code
 * {"ids": […]}}, and with {@code "offsets": true} also the code points that each id stands for;
 * {@code {"ids": […]}}, with {@code "skip_special_tokens": true} where wanted, gives {@code
 * {"text": …}}. Anything else gives {@code {"error": …}}; no input throws.
 */
public final class TokenizeLines {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Tokenizer tokenizer;

  /** Tokenizes with {@code tokenizer}. */
  public TokenizeLines(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The outcome for one object. */
  public ObjectNode convert(JsonNode line) {
    JsonNode text = line.path("text");
    JsonNode ids = line.path("ids");
    if (text.isTextual() && ids.isMissingNode()) {
      ArrayNode out = JSON.arrayNode();
      for (int id :
          tokenizer.encode(text.textValue(), line.path("add_special_tokens").asBoolean(false))) {
        out.add(id);
      }
      ObjectNode answer = JSON.objectNode();
      answer.set("ids", out);
      if (line.path("offsets").asBoolean(false)) {
        ArrayNode offsets = answer.putArray("offsets");
        tokenizer
            .spans(text.textValue())
            .forEach(span -> offsets.addArray().add(span.start()).add(span.end()));
      }
      return answer;
    }
    if (!ids.isArray() || !text.isMissingNode()) {
      return JSON.objectNode().put("error", "expected either a text or a list of ids");
    }
    int[] list = new int[ids.size()];
    for (int i = 0; i < list.length; i++) {
      JsonNode id = ids.get(i);
      if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
        return JSON.objectNode().put("error", "ids[" + i + "] is " + id + ", not a token id");
      }
      list[i] = id.intValue();
    }
    return JSON.objectNode()
        .put("text", tokenizer.decode(list, line.path("skip_special_tokens").asBoolean(false)));
  }
}

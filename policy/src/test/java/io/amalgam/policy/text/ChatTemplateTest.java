package io.amalgam.policy.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.amalgam.policy.text.Conversation.Message;
import io.amalgam.policy.text.jinja.JinjaException;
import io.amalgam.policy.text.jinja.Limits;
import io.amalgam.policy.text.jinja.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TURNS =
      "{% for m in messages %}<{{ m.role }}>{{ m.content }}</{{ m.role }}>\n{% endfor %}"
          + "{% if add_generation_prompt %}<assistant>{% endif %}";

  private static ChatTemplate template(String source) {
    return ChatTemplate.parse(source, Map.of("eos_token", "<end>"));
  }

  private static String sample() {
    try {
      return Files.readString(Goldens.resource("/text/chat-templates/qwen-style-small.jinja"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Provide
  static Arbitrary<String> texts() {
    Arbitrary<String> syntax =
        Arbitraries.of(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "{{ 7 * 7 }}",
            "{% for i in range(9) %}",
            "{% endfor %}",
            "{% raw %}",
            "{{ raise_exception('x') }}",
            "{%- set messages = [] -%}",
            "\n",
            " ",
            "\\n",
            "'",
            "\"",
            "é🙂",
            "messages");
    return Arbitraries.oneOf(syntax, Arbitraries.strings().ofMaxLength(8))
        .list()
        .ofMaxSize(8)
        .map(p -> String.join("", p));
  }

  @Property(tries = 300)
  void textsOfMessagesAreNeverInterpreted(
      @ForAll("texts") String question, @ForAll("texts") String answer) {
    String plain =
        template(sample())
            .render(
                Conversation.toAnswer(
                    List.of(Message.user("QUESTION"), Message.assistant("ANSWER"))))
            .text();
    String rendered =
        template(sample())
            .render(
                Conversation.toAnswer(List.of(Message.user(question), Message.assistant(answer))))
            .text();
    int first = plain.indexOf("QUESTION");
    int second = plain.indexOf("ANSWER");
    assertThat(rendered)
        .isEqualTo(
            plain.substring(0, first)
                + question
                + plain.substring(first + 8, second)
                + answer
                + plain.substring(second + 6));
  }

  @Test
  void argumentsAndSpecialTokensAreVisible() {
    Conversation conversation =
        Conversation.toAnswer(List.of(Message.user("a"))).with("thinking", BooleanNode.TRUE);
    assertThat(
            template("{{ eos_token }}{{ thinking }}{{ tools is none }}{{ documents is none }}")
                .render(conversation)
                .text())
        .isEqualTo("<end>TrueTrueTrue");
  }

  @Test
  void generationBlocksGiveSpansInCodePoints() {
    Rendered rendered =
        template(
                "{% for m in messages %}🙂{% generation %}{{ m.content }}{% endgeneration %}{% endfor %}")
            .render(Conversation.toAnswer(List.of(Message.user("é🙂"), Message.user("b"))));
    assertThat(rendered.spans()).containsExactly(new Rendered.Span(1, 3), new Rendered.Span(4, 5));
  }

  @Test
  void conversationsThatCannotBeContinuedAreRefused() throws IOException {
    for (String line :
        List.of(
            "{\"messages\": [], \"continue_final_message\": true}",
            "{\"messages\": [{\"role\": \"user\", \"content\": null}], \"continue_final_message\": true}",
            "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}], \"continue_final_message\": true, \"add_generation_prompt\": true}",
            "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}], \"continue_final_message\": \"thinking\"}",
            "{\"messages\": [{\"role\": \"user\", \"content\": [{\"text\": 5}]}], \"continue_final_message\": true}",
            "{\"messages\": 5}",
            "{\"messages\": [\"hi\"]}",
            "{\"messages\": [], \"tools\": [\"f\"]}",
            "{\"messages\": [], \"tools\": 5}",
            "{\"messages\": [], \"documents\": [\"d\"]}",
            "{\"messages\": [], \"kwargs\": 5}",
            "{\"messages\": [], \"now\": \"yesterday\"}",
            "{\"messages\": [], \"add_generation_prompt\": \"yes\"}",
            "[]",
            "5")) {
      JsonNode answer = new RenderLines(template(TURNS)).render(JSON.readTree(line));
      assertThat(answer.has("error")).as(line).isTrue();
    }
  }

  @Test
  void reasoningIsThereUnderItsTwoNames() throws IOException {
    RenderLines lines =
        new RenderLines(
            template(
                "{% for m in messages %}{{ m.thinking }}|{{ m.reasoning_content }}|{{ m.keys()|join(' ') }};{% endfor %}"));
    assertThat(
            lines.render(
                JSON.readTree(
                    "{\"messages\": [{\"role\": \"a\", \"reasoning\": \"R\"}, {\"reasoning_content\": \"C\", \"role\": \"a\"},"
                        + " {\"role\": \"a\", \"thinking\": \"T\", \"reasoning_content\": null}, {\"role\": \"a\", \"reasoning\": null}]}")))
        .hasToString(
            "{\"text\":\"R|R|thinking role reasoning reasoning_content;C|C|thinking reasoning_content role;"
                + "T|T|thinking role reasoning_content;||role reasoning;\"}");
    RenderLines thoughts =
        new RenderLines(
            template(
                "<think>{{ messages[0].reasoning_content }}</think>{{ messages[0].content }}"));
    assertThat(
            thoughts.render(
                JSON.readTree(
                    "{\"messages\": [{\"role\": \"assistant\", \"content\": \"5\", \"thinking\": \"so \"}],"
                        + " \"continue_final_message\": \"reasoning_content\"}")))
        .hasToString("{\"text\":\"<think>so \"}");
  }

  @Test
  void linesAreRendered() throws IOException {
    RenderLines lines =
        new RenderLines(template(TURNS + "{{ eos_token }}{{ x }}{{ strftime_now('%d %b %Y') }}"));
    JsonNode answer =
        lines.render(
            JSON.readTree(
                "{\"messages\": [{\"role\": \"user\", \"content\": \"{{ x }}\"}], \"add_generation_prompt\": true,"
                    + " \"kwargs\": {\"x\": 2.0}, \"special_tokens\": {\"eos_token\": \"E\"}, \"now\": \"2026-01-15T12:30:00\"}"));
    assertThat(answer)
        .hasToString("{\"text\":\"<user>{{ x }}</user>\\n<assistant>E2.015 Jan 2026\"}");
    JsonNode continued =
        lines.render(
            JSON.readTree(
                "{\"messages\": [{\"role\": \"assistant\", \"content\": \"so \"}], \"continue_final_message\": true}"));
    assertThat(continued).hasToString("{\"text\":\"<assistant>so \"}");
    JsonNode raised =
        new RenderLines(template("{{ raise_exception('no ' ~ messages|length) }}"))
            .render(JSON.readTree("{\"messages\": []}"));
    assertThat(raised).hasToString("{\"error\":\"no 0\"}");
  }

  @Test
  void limitsApply() {
    ChatTemplate endless =
        template("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}");
    assertThatThrownBy(
            () ->
                endless
                    .within(new Limits(1_000, 1_000_000, 1_000_000, 10))
                    .render(Conversation.toAnswer(List.of())))
        .isInstanceOf(JinjaException.class)
        .hasMessageContaining("steps");
  }

  @Test
  void tokenizersBringTheirTemplate() {
    try (Tokenizer tokenizer = Tokenizer.open(Goldens.resource("/text/tokenizer"))) {
      String text =
          ChatTemplate.of(tokenizer)
              .render(Conversation.toAnswer(List.of(Message.user("hi"))))
              .text();
      assertThat(text).endsWith("<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n");
    }
  }

  @Test
  void linesAreTokenized() throws IOException {
    try (Tokenizer tokenizer = Tokenizer.open(Goldens.resource("/text/tokenizer"))) {
      TokenizeLines lines = new TokenizeLines(tokenizer);
      JsonNode ids = lines.convert(JSON.readTree("{\"text\": \"<|im_start|>a1\"}"));
      assertThat(ids.get("ids").get(0).intValue()).isEqualTo(1);
      assertThat(lines.convert(ids)).hasToString("{\"text\":\"<|im_start|>a1\"}");
      for (String line :
          List.of(
              "{}",
              "{\"ids\": [-1]}",
              "{\"ids\": [1.5]}",
              "{\"ids\": 5}",
              "{\"text\": 5}",
              "[]",
              "{\"text\": \"a\", \"ids\": []}")) {
        assertThat(lines.convert(JSON.readTree(line)).has("error")).as(line).isTrue();
      }
    }
  }
}

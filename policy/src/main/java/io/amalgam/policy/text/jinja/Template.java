package io.amalgam.policy.text.jinja;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A parsed Jinja template. Immutable; may be rendered by several threads at once. */
public final class Template {
  private final Statement whole;

  private Template(Statement whole) {
    this.whole = whole;
  }

  /**
   * Parses a template.
   *
   * @throws JinjaException of kind SYNTAX if it is not Jinja
   */
  public static Template parse(String source) {
    try {
      return new Template(new TemplateParser(new TokenStream(Lexer.tokens(source))).template());
    } catch (StackOverflowError e) {
      throw JinjaException.limit("the template is nested too deeply");
    }
  }

  /**
   * Renders the template.
   *
   * @param variables what the template sees, in JSON; a JSON null is {@code none}
   * @param limits how much it may do
   * @param now the clock behind {@code strftime_now}
   * @throws JinjaException if the template raises an error, asks for something its values do not
   *     allow, or exceeds a limit
   */
  public Rendered render(
      Map<String, com.fasterxml.jackson.databind.JsonNode> variables,
      Limits limits,
      Supplier<LocalDateTime> now) {
    Map<String, Object> values = new HashMap<>();
    try {
      variables.forEach((name, value) -> values.put(name, JsonValues.from(value)));
      Run run = new Run(values, new Budget(limits), now);
      whole.run(new Frame(run));
      return new Rendered(run.root().toString(), run.spans());
    } catch (StackOverflowError e) {
      throw JinjaException.limit("the template or its values are nested too deeply");
    }
  }
}

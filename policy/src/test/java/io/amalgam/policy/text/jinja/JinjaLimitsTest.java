package io.amalgam.policy.text.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that would run, grow or nest without end stop with an error. */
class JinjaLimitsTest {
  private static final Limits SMALL = new Limits(200_000, 100_000, 2_000_000, 100);

  private static String render(String source, Limits limits) {
    return Template.parse(source)
        .render(Map.of(), limits, () -> LocalDateTime.of(2026, 1, 15, 12, 30))
        .text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% set ns = namespace(x='aaaaaaaaaa') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{% set ns = namespace(x=2) %}{% for i in range(99) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
        "{{ 'a' * 2000000000 }}",
        "{{ [0] * 2000000000 }}",
        "{{ 10 ** 1000000000 }}",
        "{{ 'a'.center(999999999) }}",
        "{{ 'a'|indent(999999999) }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '%.999999999f' % 1 }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ '{:.999999999f}'.format(1) }}",
        "{{ 'a'.zfill(999999999) }}",
        "{{ '\t'.expandtabs(999999999) }}",
        "{{ [1]|batch(999999999, 0)|list }}",
        "{{ [1]|slice(999999999)|list }}",
        "{{ range(1000000000) }}",
        "{{ ('a' * 9999).replace('', 'b' * 9999) }}",
        "{{ ('b' * 9999).join('a' * 9999) }}",
        "{{ [1]|tojson(indent=999999999) }}",
        "{% for i in range(99999) %}aaaaaaaaaa{% endfor %}",
        "{% set ns = namespace() %}{% set ns.self = ns %}{{ ns }}",
        "{% set ns = namespace() %}{% set ns.a = [ns] %}{{ ns.a }}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% for i in range(99999) %}{% set x = range(9999)|list %}{% endfor %}",
      })
  void endlessTemplatesStop(String source) {
    assertThatThrownBy(() -> render(source, SMALL))
        .isInstanceOf(JinjaException.class)
        .extracting(e -> ((JinjaException) e).kind())
        .isEqualTo(JinjaException.Kind.LIMIT);
  }

  @Test
  void deeplyNestedTemplatesAreRefused() {
    assertThatThrownBy(
            () -> render("{{ " + "(".repeat(100_000) + ")".repeat(100_000) + " }}", SMALL))
        .isInstanceOf(JinjaException.class);
    assertThatThrownBy(() -> render("{% if 1 %}".repeat(50_000), SMALL))
        .isInstanceOf(JinjaException.class);
  }

  @Test
  void unfinishedTagsAreRefused() {
    for (String source :
        new String[] {"{% include 'x'", "{% with", "{% macro f(", "{{ f(", "{% set x", "{% for"}) {
      assertThatThrownBy(() -> render(source, SMALL)).as(source).isInstanceOf(JinjaException.class);
    }
  }

  @Test
  void longTemplatesWithinTheLimitsRender() {
    assertThat(render("{% for i in range(1000) %}{{ i }},{% endfor %}", SMALL)).hasSize(3890);
    assertThat(render("{{ 'a' " + "~ 'b' ".repeat(500) + "}}", SMALL)).hasSize(501);
  }

  @Test
  void changingValuesIsRefused() {
    for (String source :
        new String[] {
          "{{ [1].append(2) }}", "{{ {}.update({'a': 1}) }}", "{{ ''.__class__.__mro__ }}"
        }) {
      assertThatThrownBy(() -> render(source, SMALL)).as(source).isInstanceOf(JinjaException.class);
    }
  }
}

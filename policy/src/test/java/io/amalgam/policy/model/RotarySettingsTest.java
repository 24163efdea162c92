package io.amalgam.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rotary positions of a configuration against the frequencies that transformers computes. */
class RotarySettingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SIZES =
      "\"architectures\": [\"%s\"], \"vocab_size\": 8, \"hidden_size\": 80, \"intermediate_size\": 8,"
          + " \"num_hidden_layers\": 4, \"num_attention_heads\": 4, \"num_key_value_heads\": 4,"
          + " \"head_dim\": 20";

  /** The scaling in JSON, the frequencies of head_dim 20, and the attention factor. */
  record Reference(String scaling, double[] frequencies, double attention) {}

  static List<Reference> references() {
    return List.of(
        new Reference(
            "\"rope_theta\": 1000000.0, \"rope_type\": \"default\"",
            new double[] {
              1,
              0.25118863582611084,
              0.06309573352336884,
              0.015848929062485695,
              0.003981071524322033,
              0.0010000000474974513,
              0.0002511885541025549,
              6.309574382612482e-05,
              1.5848929251660593e-05,
              3.981072950409725e-06
            },
            1),
        new Reference(
            "\"rope_theta\": 10000.0, \"rope_type\": \"linear\", \"factor\": 3.0",
            new double[] {
              0.3333333432674408,
              0.13270239531993866,
              0.05282977223396301,
              0.021031908690929413,
              0.008372954092919827,
              0.003333333181217313,
              0.0013270234921947122,
              0.0005282977945171297,
              0.00021031910728197545,
              8.372956654056907e-05
            },
            1),
        new Reference(
            "\"rope_theta\": 10000.0, \"rope_type\": \"dynamic\", \"factor\": 2.0",
            new double[] {
              1,
              0.3981071710586548,
              0.15848931670188904,
              0.06309572607278824,
              0.025118863210082054,
              0.009999999776482582,
              0.003981070592999458,
              0.001584893325343728,
              0.0006309573072940111,
              0.0002511886996217072
            },
            1),
        new Reference(
            "\"rope_theta\": 500000.0, \"rope_type\": \"llama3\", \"factor\": 32.0,"
                + " \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0,"
                + " \"original_max_position_embeddings\": 8192",
            new double[] {
              1,
              0.269217312335968,
              0.07247795909643173,
              0.019512321799993515,
              0.005253055598586798,
              0.000429556705057621,
              1.1897833246621303e-05,
              3.203104370186338e-06,
              8.623309213362518e-07,
              2.3215451960822975e-07
            },
            1),
        new Reference(
            "\"rope_theta\": 1000000.0, \"rope_type\": \"yarn\", \"factor\": 4.0,"
                + " \"original_max_position_embeddings\": 32768",
            new double[] {
              1,
              0.25118863582611084,
              0.06309573352336884,
              0.015848929062485695,
              0.0032346206717193127,
              0.0006250000442378223,
              0.00010989499423885718,
              1.5773935956531204e-05,
              3.962232312915148e-06,
              9.952682376024313e-07
            },
            1.138629436111989),
        new Reference(
            "\"rope_theta\": 10000.0, \"rope_type\": \"yarn\", \"factor\": 40.0,"
                + " \"original_max_position_embeddings\": 4096, \"mscale\": 0.707,"
                + " \"mscale_all_dim\": 1.0, \"beta_fast\": 16, \"beta_slow\": 2, \"truncate\": false",
            new double[] {
              1,
              0.3981071710586548,
              0.15848931670188904,
              0.06309572607278824,
              0.025118863210082054,
              0.005790105555206537,
              0.0005858538788743317,
              3.96223331335932e-05,
              1.5773932318552397e-05,
              6.27971758149215e-06
            },
            0.9210423553163399));
  }

  @ParameterizedTest
  @MethodSource("references")
  void frequenciesAreThoseOfTransformers(Reference reference) throws IOException {
    for (RotarySettings rotary : List.of(now(reference), old(reference), again(reference))) {
      double[] got = rotary.frequencies(20);
      for (int i = 0; i < got.length; i++) {
        double want = reference.frequencies()[i];
        assertThat(got[i]).isCloseTo(want, within(4e-7 * want));
      }
      assertThat(rotary.attentionFactor()).isCloseTo(reference.attention(), within(1e-12));
    }
  }

  private static RotarySettings now(Reference r) throws IOException {
    return config("LlamaForCausalLM", "\"rope_parameters\": {" + r.scaling() + "}").rotary();
  }

  private static RotarySettings old(Reference r) throws IOException {
    String theta = r.scaling().substring(0, r.scaling().indexOf(','));
    String scaling = r.scaling().replace("rope_type", "type");
    return config("LlamaForCausalLM", theta + ", \"rope_scaling\": {" + scaling + "}").rotary();
  }

  /** What is written is read as it was. */
  private static RotarySettings again(Reference r) throws IOException {
    ObjectNode written = JSON.createObjectNode();
    ConfigWriter.writeRotary(written, now(r));
    RotarySettings back = RotaryJson.parse(new JsonFields(written, "config.json"), 1, 1, 8);
    written.remove("rope_parameters");
    assertThat(RotaryJson.parse(new JsonFields(written, "config.json"), 1, 1, 8))
        .isEqualTo(back)
        .isEqualTo(now(r));
    return back;
  }

  @Test
  void whatAConfigurationLeavesOutIsWhatItsFamilyMeans() throws IOException {
    ModelConfig smol = config("SmolLM3ForCausalLM", "\"no_rope_layer_interval\": 2");
    assertThat(smol.tiedHead()).isTrue();
    assertThat(smol.rotary().theta()).isEqualTo(2e6);
    assertThat(smol.rotaryLayers()).containsExactly(true, false, true, false);
    assertThat(smol.maxPositions()).isEqualTo(32_768);
    ModelConfig llama = config("LlamaForCausalLM", "\"sliding_window\": 9");
    assertThat(llama.tiedHead()).isFalse();
    assertThat(llama.rotary().theta()).isEqualTo(1e4);
    assertThat(llama.keyValueHeads()).isEqualTo(4);
    assertThat(llama.windows()).containsOnly(0);
    assertThat(llama.maxPositions()).isEqualTo(2048);
  }

  @Test
  void windowsAreInTheLayersThatTheFamilyGivesThem() throws IOException {
    String window = "\"sliding_window\": 9, \"use_sliding_window\": true";
    String types =
        ", \"layer_types\": [\"full_attention\", \"sliding_attention\", \"full_attention\","
            + " \"full_attention\"]";
    String qwen = "Qwen2ForCausalLM";
    assertThat(config(qwen, window + ", \"max_window_layers\": 2").windows())
        .containsExactly(0, 0, 9, 9);
    assertThat(config(qwen, window).windows()).containsOnly(0);
    assertThat(config(qwen, window + types).windows()).containsExactly(0, 9, 0, 0);
    assertThat(config("SmolLM3ForCausalLM", window).windows()).containsExactly(0, 0, 0, 9);
    assertThat(config("MistralForCausalLM", "\"sliding_window\": 9").windows()).containsOnly(9);
    assertThat(config("MistralForCausalLM", "\"sliding_window\": null").windows()).containsOnly(0);
  }

  @Test
  void theModelTypeStandsInForAMissingArchitecture() throws IOException {
    JsonNode root =
        JSON.readTree(
            "{"
                + SIZES
                    .formatted("x")
                    .replace("\"architectures\": [\"x\"]", "\"model_type\": \"qwen3\"")
                + "}");
    assertThat(ConfigJson.parse(root).family()).isEqualTo(Family.QWEN3);
  }

  @Test
  void partialRotationIsRefused() {
    assertThatThrownBy(() -> config("LlamaForCausalLM", "\"partial_rotary_factor\": 0.5"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("partial_rotary_factor");
  }

  private static ModelConfig config(String architecture, String fields) throws IOException {
    return ConfigJson.parse(
        JSON.readTree("{" + SIZES.formatted(architecture) + ", " + fields + "}"));
  }
}

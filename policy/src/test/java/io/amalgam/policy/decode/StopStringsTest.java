package io.amalgam.policy.decode;

import static io.amalgam.policy.decode.TinyModel.group;
import static io.amalgam.policy.decode.TinyModel.settings;
import static io.amalgam.policy.decode.TinyModel.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.rollout.FinishReason;
import io.amalgam.policy.rollout.Trajectory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class StopStringsTest {
  /** Ids stand for one or two letters; the last for none. */
  private static byte[] bytes(int id) {
    String text = id == 23 ? "" : (char) ('a' + id) + (id % 3 == 0 ? "x" : "");
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(int[] ids, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(new String(bytes(ids[i]), StandardCharsets.UTF_8));
    }
    return out.toString();
  }

  @Test
  void sequencesEndWithTheTokenThatCompletesOne() {
    StopStrings stops = new StopStrings(List.of("xa", "h", "xgx"), StopStringsTest::bytes);
    int stopped = 0;
    try (GenerationModel model =
        GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute())) {
      for (String name : List.of("discrete", "multiplex")) {
        DecodeSettings settings =
            settings(spec(name, name.equals("discrete") ? 1 : 2), PhasePolicy.discreteOnly());
        List<Trajectory> free = Runs.decode(model, settings, group(1, 8, 40, 1, 2));
        List<Trajectory> done =
            Runs.decode(model, settings.stoppingAt(stops), group(1, 8, 40, 1, 2));
        for (int m = 0; m < 8; m++) {
          int[] all = free.get(m).representatives();
          int length = 1;
          while (length < all.length && !contains(stops, text(all, length))) {
            length++;
          }
          Trajectory t = done.get(m);
          assertThat(t.representatives()).isEqualTo(java.util.Arrays.copyOf(all, length));
          boolean found = contains(stops, text(all, length));
          assertThat(t.finish()).isEqualTo(found ? FinishReason.STOP_STRING : FinishReason.LENGTH);
          String text = stops.cut(text(all, length));
          assertThat(contains(stops, text)).isFalse();
          assertThat(text(all, length - 1))
              .startsWith(text.substring(0, Math.max(0, text.length() - 1)));
          stopped += found ? 1 : 0;
        }
      }
    }
    assertThat(stopped).isPositive();
  }

  private static boolean contains(StopStrings stops, String text) {
    return stops.texts().stream().anyMatch(text::contains);
  }

  /** What was called safe never changes, and a stop string is never given out in part. */
  @Property(tries = 300)
  void safeTextIsNoPartOfALaterStop(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 30) String text,
      @ForAll @Size(min = 1, max = 3)
          List<@CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 4) String> stops) {
    StopStrings some = new StopStrings(stops, id -> new byte[0]);
    String whole = some.cut(text);
    for (int n = 0; n <= text.length(); n++) {
      String prefix = text.substring(0, n);
      if (contains(some, prefix)) {
        break;
      }
      assertThat(whole).startsWith(prefix.substring(0, some.safe(prefix)));
    }
  }

  @Test
  void anEmptyStopStringIsRefused() {
    assertThatThrownBy(() -> new StopStrings(List.of("a", ""), id -> new byte[0]))
        .hasMessageContaining("at least one character");
  }
}

package io.amalgam.policy.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.kernel.DeviceMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheMemoryAmountTest {
  @ParameterizedTest
  @CsvSource({
    "2g, 2147483648",
    "512 MiB, 536870912",
    "10k, 10240",
    "1000000, 1000000",
    "3tb, 3298534883328"
  })
  void bytesAreReadInPowersOf1024(String text, long bytes) {
    assertThat(CacheMemory.parse(text).orElseThrow().on("cpu")).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"25%, 0.25", "100 %, 1", "12.5%, 0.125"})
  void sharesAreOfTheMachine(String text, double share) {
    assertThat(CacheMemory.parse(text).orElseThrow().on("cpu"))
        .isEqualTo((long) (share * DeviceMemory.bytes("cpu")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0%", "101%", "-5", "lots", "2x", "9999999999999t", "%"})
  void anythingElseIsNoAmount(String text) {
    assertThat(CacheMemory.parse(text)).isEmpty();
  }
}

package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.DeviceMemory;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much key-value memory a person grants a decoder: so many bytes, or a share of the device's
 * memory; of the machine's, where the device cannot be asked.
 *
 * @param bytes bytes; 0: the share counts
 * @param share share of the memory of the device (of the machine for {@code cpu}), in (0, 1]
 */
public record CacheMemory(long bytes, double share) {
  /** A quarter of the device's memory. */
  public static final CacheMemory USUAL = new CacheMemory(0, 0.25);

  private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d+)?)\\s*%");
  private static final Pattern BYTES =
      Pattern.compile("(\\d{1,15})\\s*([kmgt]?)(?:i?b)?", Pattern.CASE_INSENSITIVE);

  /** Checks that there is one of the two. */
  public CacheMemory {
    if (bytes < 0 || bytes == 0 && !(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "a key-value memory of " + bytes + " bytes or a share of " + share);
    }
  }

  /**
   * Reads {@code 2g}, {@code 512 MiB}, {@code 1000000} (powers of 1024) or {@code 25%}; empty for
   * anything else.
   */
  public static Optional<CacheMemory> parse(String text) {
    Matcher share = SHARE.matcher(text.strip());
    if (share.matches()) {
      double value = Double.parseDouble(share.group(1)) / 100;
      return value > 0 && value <= 1 ? Optional.of(new CacheMemory(0, value)) : Optional.empty();
    }
    Matcher bytes = BYTES.matcher(text.strip());
    if (!bytes.matches()) {
      return Optional.empty();
    }
    int power = "kmgt".indexOf(bytes.group(2).toLowerCase(Locale.ROOT)) + 1;
    long unit = bytes.group(2).isEmpty() ? 1 : 1L << (10 * power);
    long number = Long.parseLong(bytes.group(1));
    return number > 0 && number <= Long.MAX_VALUE / unit
        ? Optional.of(new CacheMemory(number * unit, 0))
        : Optional.empty();
  }

  /**
   * The budget on a device.
   *
   * @param device {@code cpu}, or {@code cuda:0} and so on
   */
  public long on(String device) {
    return bytes > 0 ? bytes : (long) (share * DeviceMemory.bytes(device));
  }
}

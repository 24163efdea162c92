package io.amalgam.policy.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The hash behind an ETag: SHA-256 of the contents for large files (64 hexadecimal digits), Git's
 * SHA-1 of {@code "blob " + size + "\0" + contents} for small ones (40 digits).
 */
final class ContentHash {
  private static final int BUFFER = 1 << 18;

  private ContentHash() {}

  /** The hash of the file in the form of that ETag; empty when the ETag is no hash. */
  static Optional<String> of(Path file, String etag) throws IOException {
    if (etag.matches("[0-9a-f]{64}")) {
      return Optional.of(digest(file, "SHA-256", false));
    }
    return etag.matches("[0-9a-f]{40}")
        ? Optional.of(digest(file, "SHA-1", true))
        : Optional.empty();
  }

  private static String digest(Path file, String algorithm, boolean git) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has " + algorithm, e);
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      if (git) {
        digest.update(("blob " + in.size() + "\0").getBytes(StandardCharsets.US_ASCII));
      }
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      while (in.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}

package io.amalgam.policy.weights;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads what a {@link ByteSink} deflated; every overrun is a {@link DataFormatException}. */
final class ByteSource {
  private final byte[] bytes;
  private final int size;
  private int at;

  private ByteSource(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  /**
   * Inflates a payload.
   *
   * @param limit largest number of bytes it may hold
   */
  static ByteSource inflated(byte[] payload, int limit) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(payload);
      byte[] out = new byte[limit + 1];
      int n = 0;
      while (!inflater.finished() && n < out.length) {
        int read = inflater.inflate(out, n, out.length - n);
        if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new DataFormatException("the payload ends early");
        }
        n += read;
      }
      if (!inflater.finished() || n > limit) {
        throw new DataFormatException("the payload holds more than " + limit + " bytes");
      }
      return new ByteSource(out, n);
    } finally {
      inflater.end();
    }
  }

  int get() throws DataFormatException {
    if (at == size) {
      throw new DataFormatException("the payload ends early");
    }
    return bytes[at++] & 0xFF;
  }

  int getVarint() throws DataFormatException {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int b = get();
      value |= (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new DataFormatException("a number of the payload is too long");
  }

  void requireEnd() throws DataFormatException {
    if (at != size) {
      throw new DataFormatException("the payload has " + (size - at) + " bytes too many");
    }
  }
}

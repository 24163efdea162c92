package io.amalgam.policy.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reading and writing of safetensors files: an 8-byte little-endian header length, a JSON header,
 * then the tensors' bytes.
 *
 * <p>Tensors are F32, BF16 or F16 (I64 in test vectors) and lie one behind the other without gaps.
 * They are mapped into memory one by one, large ones in pieces of whole rows, not read; no more
 * memory is taken than the file is long. Whatever does not fit is a {@link ModelFormatException}
 * that names the file, the tensor and the reason.
 */
public final class Safetensors {
  /** Longer headers are refused, as the format's reference implementation does. */
  private static final long MAX_HEADER = 100_000_000;

  /** Bytes of a tensor that are mapped at most at once; a buffer holds less than 2 GiB. */
  private static final long MAX_PIECE = 1 << 30;

  /** Bytes of a file from which on it is worth while to give back pages that were read. */
  private static final long LARGE = 1 << 27;

  /** Two tensors of one name, or text behind the header's object, are errors. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Safetensors() {}

  private record Entry(String name, DType dtype, long[] shape, long begin, long end) {}

  /** All tensors of a file, by name, mapped into memory. */
  public static SortedMap<String, HostTensor> read(Path file) {
    return read(file, MAX_PIECE, LARGE);
  }

  /** The same with other sizes of pieces and of what is a large file. */
  static SortedMap<String, HostTensor> read(Path file, long maxPiece, long large) {
    if (Files.isDirectory(file)) {
      throw bad(file, "is a directory");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < 8) {
        throw bad(file, "is truncated: " + size + " bytes cannot hold a header length");
      }
      ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      fill(channel, head, 0);
      long headerLength = head.getLong(0);
      if (headerLength < 2 || headerLength > MAX_HEADER) {
        throw bad(file, "has a header of " + Long.toUnsignedString(headerLength) + " bytes");
      }
      if (headerLength > size - 8) {
        throw bad(
            file,
            "is truncated: the header claims "
                + headerLength
                + " bytes, "
                + (size - 8)
                + " follow");
      }
      ByteBuffer header = ByteBuffer.allocate((int) headerLength);
      fill(channel, header, 8);
      List<Entry> entries = entries(file, text(file, header.array()));
      long start = 8 + headerLength;
      checkLayout(file, entries, size - start);
      SortedMap<String, HostTensor> out = new TreeMap<>();
      for (Entry e : entries) {
        List<ByteBuffer> pieces = map(channel, file, e, start, maxPiece);
        out.put(e.name, new HostTensor(e.dtype, e.shape, pieces, size >= large));
      }
      return out;
    } catch (NoSuchFileException e) {
      throw new ModelFormatException(file + " does not exist", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static List<ByteBuffer> map(
      FileChannel channel, Path file, Entry e, long start, long maxPiece) throws IOException {
    long bytes = e.end - e.begin;
    if (bytes == 0) {
      return List.of(ByteBuffer.allocateDirect(0));
    }
    long row = e.shape.length == 0 ? bytes : bytes / e.shape[0];
    if (row > maxPiece) {
      throw bad(
          file, e.name, "has rows of " + row + " bytes, at most " + maxPiece + " can be read");
    }
    long step = maxPiece / row * row;
    List<ByteBuffer> out = new ArrayList<>();
    for (long at = 0; at < bytes; at += step) {
      long n = Math.min(step, bytes - at);
      out.add(
          channel
              .map(FileChannel.MapMode.READ_ONLY, start + e.begin + at, n)
              .order(ByteOrder.LITTLE_ENDIAN));
    }
    return out;
  }

  private static void fill(FileChannel channel, ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int n = channel.read(into, at);
      if (n < 0) {
        throw new IOException("the file ended while it was read");
      }
      at += n;
    }
  }

  private static String text(Path file, byte[] header) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
    } catch (CharacterCodingException e) {
      throw new ModelFormatException(file + " has a header that is not UTF-8", e);
    }
  }

  private static List<Entry> entries(Path file, String header) {
    JsonNode root;
    try {
      root = JSON.readTree(header);
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(
          file + " has a header that is not JSON: " + e.getOriginalMessage(), e);
    }
    if (root == null || !root.isObject()) {
      throw bad(file, "has a header that is not a JSON object");
    }
    List<Entry> out = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        out.add(entry(file, field.getKey(), field.getValue()));
      }
    }
    return out;
  }

  private static Entry entry(Path file, String name, JsonNode node) {
    JsonNode shapeNode = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!node.path("dtype").isTextual()
        || !shapeNode.isArray()
        || !offsets.isArray()
        || offsets.size() != 2) {
      throw bad(file, name, "lacks dtype, shape or data_offsets");
    }
    String type = node.path("dtype").asText();
    DType dtype =
        Arrays.stream(DType.values())
            .filter(d -> d.safetensorsName().equals(type))
            .findFirst()
            .orElseThrow(
                () ->
                    bad(
                        file,
                        name,
                        "has the unsupported dtype "
                            + shown(type)
                            + "; supported are F32, BF16 and F16 – save the model in one of them"));
    long[] shape = new long[shapeNode.size()];
    long bytes = dtype.bytes();
    for (int i = 0; i < shape.length; i++) {
      if (!isLong(shapeNode.get(i)) || shapeNode.get(i).asLong() < 0) {
        throw bad(file, name, "has a shape that is not a list of sizes");
      }
      shape[i] = shapeNode.get(i).asLong();
      try {
        bytes = Math.multiplyExact(bytes, shape[i]);
      } catch (ArithmeticException e) {
        throw bad(file, name, "has a shape of too many elements");
      }
    }
    if (!isLong(offsets.get(0)) || !isLong(offsets.get(1))) {
      throw bad(file, name, "has offsets that are not whole numbers of 64 bits");
    }
    long begin = offsets.get(0).asLong();
    long end = offsets.get(1).asLong();
    if (begin < 0 || end < begin) {
      throw bad(file, name, "has offsets [" + begin + ", " + end + "]");
    }
    if (end - begin != bytes) {
      throw bad(file, name, "has " + (end - begin) + " bytes, its shape and dtype need " + bytes);
    }
    return new Entry(name, dtype, shape, begin, end);
  }

  private static void checkLayout(Path file, List<Entry> entries, long available) {
    List<Entry> ordered = new ArrayList<>(entries);
    ordered.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long at = 0;
    for (Entry e : ordered) {
      if (e.begin < at) {
        throw bad(file, e.name, "overlaps another tensor");
      }
      if (e.begin > at) {
        throw bad(file, e.name, "starts after a gap of " + (e.begin - at) + " bytes");
      }
      if (e.end > available) {
        throw bad(
            file,
            e.name,
            "is truncated: it ends at byte "
                + e.end
                + " of "
                + available
                + " in the file – fetch the file again");
      }
      at = e.end;
    }
    if (at != available) {
      throw bad(file, "has " + (available - at) + " bytes behind its last tensor");
    }
  }

  /** Checks that no floating-point value of the tensors is NaN or infinite. */
  public static void requireFinite(Path file, Map<String, HostTensor> tensors) {
    requireFinite(tensors, name -> file);
  }

  /** The same for tensors of several files; names the first tensor and in it the first index. */
  static void requireFinite(Map<String, HostTensor> tensors, Function<String, Path> files) {
    tensors.entrySet().parallelStream()
        .flatMap(
            e ->
                NonFinite.first(e.getValue()).stream()
                    .mapToObj(i -> notFinite(files.apply(e.getKey()), e.getKey(), i)))
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private static ModelFormatException notFinite(Path file, String name, long index) {
    return bad(
        file,
        name,
        "holds a value that is not finite at index "
            + index
            + " – the file is damaged, or the training that wrote it diverged");
  }

  /** Writes a file with the metadata that Hugging Face libraries expect. */
  public static void write(Path file, SortedMap<String, HostTensor> tensors) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", Map.of("format", "pt"));
    long at = 0;
    for (Map.Entry<String, HostTensor> e : tensors.entrySet()) {
      HostTensor t = e.getValue();
      long end = at + t.elements() * t.dtype().bytes();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", t.dtype().safetensorsName());
      entry.put("shape", t.shape());
      entry.put("data_offsets", new long[] {at, end});
      header.put(e.getKey(), entry);
      at = end;
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] json = JSON.writeValueAsBytes(header);
      // spaces align the data to 8 bytes
      byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
      Arrays.fill(padded, json.length, padded.length, (byte) ' ');
      out.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded.length).array());
      out.write(padded);
      WritableByteChannel channel = Channels.newChannel(out);
      for (HostTensor t : tensors.values()) {
        for (int i = 0; i < t.pieces().size(); i++) {
          ByteBuffer b = t.piece(i);
          while (b.hasRemaining()) {
            channel.write(b);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  private static boolean isLong(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong();
  }

  /** Names come from the file and may be of any length. */
  private static String shown(String name) {
    return name.length() > 120 ? name.substring(0, 120) + "…" : name;
  }

  private static ModelFormatException bad(Path file, String reason) {
    return new ModelFormatException(file + " " + reason);
  }

  private static ModelFormatException bad(Path file, String tensor, String reason) {
    return new ModelFormatException(file + ": tensor " + shown(tensor) + " " + reason);
  }
}

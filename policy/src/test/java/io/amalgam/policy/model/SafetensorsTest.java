package io.amalgam.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path directory;

  @Test
  void writtenTensorsComeBack() {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put("b", HostTensor.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    tensors.put("a", HostTensor.ofFloats(new float[] {-0f}, 1));
    tensors.put("empty", HostTensor.ofFloats(new float[0], 0, 4));
    Path file = directory.resolve("x.safetensors");
    Safetensors.write(file, tensors);
    SortedMap<String, HostTensor> back = Safetensors.read(file);
    assertThat(back.keySet()).isEqualTo(tensors.keySet());
    assertThat(back.get("b").shape()).containsExactly(2, 3);
    assertThat(back.get("b").toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(Float.floatToRawIntBits(back.get("a").toFloats()[0])).isEqualTo(0x80000000);
  }

  /** What a buffer cannot hold is read in pieces of rows; here a buffer holds 30 bytes. */
  @Test
  void aLargeTensorIsReadInPiecesOfRows() throws IOException {
    float[] values = new float[21];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put("t", HostTensor.ofFloats(values, 7, 3));
    Path file = directory.resolve("x.safetensors");
    Safetensors.write(file, tensors);
    SortedMap<String, HostTensor> back = Safetensors.read(file, 30, Long.MAX_VALUE);
    HostTensor t = back.get("t");
    assertThat(t.pieces()).extracting(ByteBuffer::remaining).containsExactly(24, 24, 24, 12);
    assertThat(t.toFloats()).containsExactly(values);
    assertThatThrownBy(t::bytes).hasMessageContaining("[7, 3] does not fit one buffer");
    Path again = directory.resolve("y.safetensors");
    Safetensors.write(again, back);
    assertThat(Files.mismatch(file, again)).isEqualTo(-1);
    assertThatThrownBy(() -> Safetensors.read(file, 11, Long.MAX_VALUE))
        .hasMessageContaining("tensor t has rows of 12 bytes, at most 11 can be read");

    values[16] = Float.NaN;
    tensors.put("t", HostTensor.ofFloats(values, 7, 3));
    Safetensors.write(file, tensors);
    assertThatThrownBy(
            () -> Safetensors.requireFinite(file, Safetensors.read(file, 30, Long.MAX_VALUE)))
        .hasMessageContaining("not finite at index 16");
  }

  /** The file has holes: it takes no space on most disks. */
  @Test
  void aTensorMayBeLargerThanTwoGibibytes() throws IOException {
    long rows = 152_064;
    long bytes = rows * 8192 * 2;
    byte[] header =
        ("{\"t\":{\"dtype\":\"BF16\",\"shape\":["
                + rows
                + ",8192],\"data_offsets\":[0,"
                + bytes
                + "]}}")
            .getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve("large.safetensors");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
      out.write(header);
      out.setLength(8 + header.length + bytes);
      out.seek(8 + header.length + bytes - 2);
      out.write(new byte[] {(byte) 0x80, 0x3F});
    }
    HostTensor t = Safetensors.read(file).get("t");
    assertThat(t.size()).isEqualTo(bytes).isGreaterThan(Integer.MAX_VALUE);
    assertThat(t.pieces()).hasSize(3);
    ByteBuffer last = t.piece(2);
    assertThat(last.getShort(last.capacity() - 2)).isEqualTo((short) 0x3F80);
    assertThat(t.piece(0).getLong(0)).isZero();
  }

  @Test
  void pagesThatWereGivenBackAreReadAgain() {
    float[] values = new float[1 << 18];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put("t", HostTensor.ofFloats(values, 512, 512));
    tensors.get("t").release();
    assertThat(tensors.get("t").toFloats()).isEqualTo(values);
    Path file = directory.resolve("x.safetensors");
    Safetensors.write(file, tensors);
    SortedMap<String, HostTensor> back = Safetensors.read(file, 1 << 19, 0);
    Safetensors.requireFinite(file, back);
    HostTensor t = back.get("t");
    assertThat(t.mapped()).isTrue();
    assertThat(t.toFloats()).isEqualTo(values);
    t.release();
    t.release(t.piece(1).position(1000).slice());
    assertThat(t.toFloats()).isEqualTo(values);
    assertThat(Safetensors.read(file).get("t").mapped()).isFalse();
  }

  /** Header and number of data bytes; the message must say why. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'t':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 4 | truncated",
        "{'t':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 12 | behind its last tensor",
        "{'t':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | 4 | need 8",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | gap",
        "{'t':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | 4 | sizes",
        "{'t':{'dtype':'F32','shape':[4611686018427387904,8],'data_offsets':[0,4]}} | 4 | elements",
        "{'t':{'dtype':'F32','shape':[18446744073709551617],'data_offsets':[0,4]}} | 4 | sizes",
        "{'t':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}} | 4 | sizes",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,18446744073709551620]}} | 4 | 64 bits",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':{'a':0,'b':4}}} | 4 | lacks",
        "{'t':{'dtype':'F64','shape':[1],'data_offsets':[0,8]}} | 8 | supported are F32, BF16 and"
            + " F16",
        "{'t':{'dtype':'I8','shape':[1],'data_offsets':[0,1]}} | 1 | I8",
        "{'t':{'dtype':'F8_E4M3','shape':[4],'data_offsets':[0,4]}} | 4 | F8_E4M3",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[8,4]}} | 8 | offsets",
        "{'t':{'dtype':'F32','shape':[1]}} | 4 | lacks",
        "{'t':7} | 4 | lacks",
        "{'t':{'dtype':'F32','shape':[0],'data_offsets':[0,0]},'t':{}} | 0 | Duplicate",
        "{} {} | 0 | not JSON",
        "['t'] | 0 | not a JSON object",
        "{'t': | 0 | not JSON"
      })
  void malformedFilesAreRefused(String header, int bytes, String reason) throws IOException {
    Path file = file(header.replace('\'', '"'), new byte[bytes]);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("bad.safetensors")
        .hasMessageContaining(reason);
  }

  @Test
  void overlapIsRefused() throws IOException {
    Path file =
        file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
            new byte[12]);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("tensor b overlaps");
  }

  @Test
  void headersThatClaimTooMuchAreRefused() throws IOException {
    Path file = directory.resolve("bad.safetensors");
    for (long claimed : new long[] {1000, Long.MAX_VALUE, -1, 0}) {
      Files.write(
          file, ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed).array());
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("header");
    }
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("truncated");
    assertThatThrownBy(() -> Safetensors.read(directory.resolve("none")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void valuesThatAreNotFiniteAreNamed() {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put("good", HostTensor.ofFloats(new float[] {1, Float.MAX_VALUE}, 2));
    Safetensors.requireFinite(directory, tensors);
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      HostTensor t = HostTensor.ofFloats(new float[] {0, 0, bad}, 3);
      for (DType dtype : new DType[] {DType.F32, DType.BF16}) {
        tensors.put("weights", new ModelWeights(new TreeMap<>(Map.of("x", t))).as(dtype).get("x"));
        assertThatThrownBy(() -> Safetensors.requireFinite(directory, tensors))
            .isInstanceOf(ModelFormatException.class)
            .hasMessageContaining("weights")
            .hasMessageContaining("index 2");
      }
    }
  }

  @Test
  void theFirstValueThatIsNotFiniteIsFoundAnywhere() {
    int n = 40_003;
    for (DType dtype : new DType[] {DType.F32, DType.BF16, DType.F16}) {
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(n * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < n; i++) {
        // the largest finite values, of either sign
        switch (dtype) {
          case F32 -> bytes.putInt(i % 2 == 0 ? 0x7F7F_FFFF : 0xFF7F_FFFF);
          case BF16 -> bytes.putShort((short) (i % 2 == 0 ? 0x7F7F : 0xFF7F));
          default -> bytes.putShort((short) (i % 2 == 0 ? 0x7BFF : 0xFBFF));
        }
      }
      HostTensor tensor = new HostTensor(dtype, new long[] {n}, bytes.flip());
      assertThat(NonFinite.first(tensor)).isEmpty();
      for (int at : new int[] {n - 1, n - 2, 20_001, 16_384, 16_383, 8, 1, 0}) {
        int infinity = dtype == DType.F16 ? 0xFC00 : 0xFF80;
        if (dtype == DType.F32) {
          bytes.putInt(4 * at, infinity << 16);
        } else {
          bytes.putShort(2 * at, (short) infinity);
        }
        assertThat(NonFinite.first(tensor)).as("%s %d", dtype, at).hasValue(at);
      }
    }
  }

  @Test
  void headersMustBeTextAndFilesMustBeFiles() throws IOException {
    Path file = directory.resolve("bad.safetensors");
    byte[] all = {4, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xC3, (byte) 0x28, '}'};
    Files.write(file, all);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> Safetensors.read(directory))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("is a directory");
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(json, 8 + json.length + data.length);
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(data);
    Path file = directory.resolve("bad.safetensors");
    Files.write(file, all);
    return file;
  }
}

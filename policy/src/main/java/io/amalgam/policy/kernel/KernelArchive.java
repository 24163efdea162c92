package io.amalgam.policy.kernel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The TorchScript archive of all kernels, made in memory from the source files beside this class: a
 * zip of stored entries with the source text and a pickled instance of its one class.
 */
final class KernelArchive {
  private static final List<String> SOURCES =
      List.of(
          "weights.py",
          "layers.py",
          "decode.py",
          "candidates.py",
          "cache.py",
          "adapters.py",
          "features.py",
          "training.py",
          "optimiser.py");
  private static final String CLASS_HEADER =
      "class Kernels(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";

  private KernelArchive() {}

  static InputStream open() {
    StringBuilder source = new StringBuilder(CLASS_HEADER);
    for (String name : SOURCES) {
      source.append(read(name));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, "data.pkl", instance());
      put(zip, "code/__torch__.py", source.toString().getBytes(StandardCharsets.UTF_8));
      put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      put(zip, "version", ascii("10\n"));
      put(zip, "byteorder", ascii("little"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ByteArrayInputStream(out.toByteArray());
  }

  private static String read(String name) {
    try (InputStream in = KernelArchive.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("kernel source " + name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A pickle (protocol 2) of {@code __torch__.Kernels} with the attribute training = False. */
  private static byte[] instance() {
    ByteArrayOutputStream p = new ByteArrayOutputStream();
    p.writeBytes(new byte[] {(byte) 0x80, 2, 'c'});
    p.writeBytes(ascii("__torch__\nKernels\n)"));
    p.writeBytes(new byte[] {(byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
    p.writeBytes(ascii("training"));
    p.writeBytes(new byte[] {(byte) 0x89, 'u', 'b', '.'});
    return p.toByteArray();
  }

  private static byte[] ascii(String s) {
    return s.getBytes(StandardCharsets.US_ASCII);
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry("kernels/" + name);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}

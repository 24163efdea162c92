package io.amalgam.policy.hub;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/**
 * Fetches one file of a model into the cache: into {@code blobs/ETAG.incomplete}, from where an
 * earlier attempt ended, and under its final name only when size and hash are right.
 */
final class BlobDownload {
  private final HubSettings settings;
  private final HubClient client;
  private final HubCache cache;
  private final FetchListener listener;

  BlobDownload(HubSettings settings, HubClient client, HubCache cache, FetchListener listener) {
    this.settings = settings;
    this.client = client;
    this.cache = cache;
    this.listener = listener;
  }

  /** Fetches the file unless its blob is there, and links it into the snapshot. */
  void fetch(String commit, String file, HubClient.Facts facts)
      throws IOException, InterruptedException {
    Path blob = cache.blob(facts.etag());
    Path incomplete = cache.incomplete(facts.etag());
    Files.createDirectories(Optional.ofNullable(blob.getParent()).orElse(blob));
    try (BlobLock lock =
        BlobLock.take(
            cache.lock(facts.etag()), incomplete, settings.lockTimeout(), file, listener)) {
      if (!Files.exists(blob)) {
        new Attempts(settings, listener)
            .of(
                file + " of " + cache.model(),
                () -> held(incomplete),
                () -> {
                  attempt(commit, file, facts, incomplete);
                  return true;
                });
        Files.move(incomplete, blob, StandardCopyOption.ATOMIC_MOVE);
      }
      cache.link(commit, file, facts.etag());
    } catch (LocalFileException e) {
      throw e.failure();
    }
    listener.completed(file, Files.size(blob));
  }

  private static long held(Path incomplete) throws IOException {
    return Files.exists(incomplete) ? Files.size(incomplete) : 0;
  }

  private void attempt(String commit, String file, HubClient.Facts facts, Path incomplete)
      throws IOException, InterruptedException {
    long from = held(incomplete);
    boolean resumed = from > 0;
    OptionalLong size = facts.size();
    if (size.isPresent() && from > size.getAsLong()) {
      Files.delete(incomplete);
      from = 0;
    }
    listener.advanced(file, from, size.orElse(-1));
    if (size.isEmpty() || from < size.getAsLong()) {
      resumed = transfer(commit, file, size, incomplete, from) && resumed;
    } else if (!resumed) {
      Files.newByteChannel(incomplete, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
    }
    check(file, facts, incomplete, resumed);
  }

  /** Returns whether the bytes that were there before are part of the result. */
  private boolean transfer(
      String commit, String file, OptionalLong size, Path incomplete, long from)
      throws IOException, InterruptedException {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
        client.open(cache.model(), commit, file, from);
    try (Stalls body = new Stalls(response.body(), settings.stallTimeout())) {
      boolean continued = response.statusCode() == 206;
      if (response.statusCode() == 416 || (continued && !beginsAt(response, from))) {
        // the next attempt begins anew
        Files.deleteIfExists(incomplete);
        throw new IOException("the hub cannot go on at byte " + from);
      }
      long at = continued ? from : 0;
      try (FileChannel out = open(incomplete, at)) {
        for (List<ByteBuffer> piece = body.next(); !piece.isEmpty(); piece = body.next()) {
          for (ByteBuffer bytes : piece) {
            at += bytes.remaining();
            if (size.isPresent() && at > size.getAsLong()) {
              throw new IOException("more than the " + size.getAsLong() + " bytes announced");
            }
            write(out, bytes, incomplete);
          }
          listener.advanced(file, at, size.orElse(-1));
        }
      }
      return continued;
    }
  }

  private static boolean beginsAt(HttpResponse<?> response, long from) {
    return response
        .headers()
        .firstValue("Content-Range")
        .orElse("")
        .startsWith("bytes " + from + "-");
  }

  private static FileChannel open(Path incomplete, long at) throws IOException {
    try {
      FileChannel out =
          FileChannel.open(incomplete, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      out.truncate(at);
      out.position(at);
      return out;
    } catch (IOException e) {
      throw disk(incomplete, e);
    }
  }

  private static void write(FileChannel out, ByteBuffer bytes, Path incomplete)
      throws LocalFileException {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw disk(incomplete, e);
    }
  }

  private static LocalFileException disk(Path file, IOException e) {
    return new LocalFileException(
        new HubException(
            file + " cannot be written: " + e.getMessage(),
            "make room or set HF_HUB_CACHE to another folder; what was fetched is kept",
            e));
  }

  private void check(String file, HubClient.Facts facts, Path incomplete, boolean resumed)
      throws IOException {
    long size = held(incomplete);
    if (facts.size().isPresent() && size < facts.size().getAsLong()) {
      throw new IOException(
          "the file ended after " + size + " of " + facts.size().getAsLong() + " bytes");
    }
    Optional<String> hash = ContentHash.of(incomplete, facts.etag());
    if (hash.isEmpty() || hash.get().equals(facts.etag())) {
      return;
    }
    Files.delete(incomplete);
    if (resumed) {
      throw new IOException("the part that was fetched earlier is damaged");
    }
    throw new LocalFileException(
        new HubException(
            file
                + " of "
                + cache.model()
                + " has the hash "
                + hash.get()
                + ", the hub announced "
                + facts.etag(),
            "nothing of it was kept; try again, and check HF_ENDPOINT and the proxy if it stays so"));
  }
}

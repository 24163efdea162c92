package io.amalgam.policy.hub;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Models by name: from the local Hugging Face cache, else from the hub into that cache.
 *
 * <p>A snapshot in the cache is used as it is, without a question to the hub; a name stays at the
 * commit it was first fetched at until its entry under {@code refs/} is removed. Thread-safe; two
 * processes never write the same file.
 */
public final class ModelHub {
  private final HubSettings settings;
  private final HubClient client;

  /** A hub with those settings. */
  public ModelHub(HubSettings settings) {
    this.settings = settings;
    this.client = new HubClient(settings);
  }

  /** The snapshot of the model if the cache holds configuration and weights; asks nobody. */
  public static Optional<Path> cached(HubSettings settings, ModelName model) {
    return new HubCache(settings.cache(), model).usable();
  }

  /**
   * The directory of the model, after fetching what the cache lacks.
   *
   * @throws HubException when it cannot be had; nothing half-written is left under its final name
   */
  public Path fetch(ModelName model, FetchListener listener) {
    HubCache cache = new HubCache(settings.cache(), model);
    Optional<Path> whole = cache.whole();
    if (whole.isPresent()) {
      return whole.get();
    }
    if (settings.offline()) {
      return cache
          .usable()
          .orElseThrow(
              () ->
                  new HubException(
                      model
                          + " is not wholly in the cache "
                          + settings.cache()
                          + ", and HF_HUB_OFFLINE forbids to fetch it",
                      "unset HF_HUB_OFFLINE, or give a directory"));
    }
    try {
      return download(model, cache, listener);
    } catch (HubException e) {
      // what is there can be used although the hub does not answer
      return cache.usable().orElseThrow(() -> e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException("the download of " + model + " was interrupted", "start it again", e);
    } catch (IOException e) {
      throw new HubException(
          "the cache " + settings.cache() + " cannot be used: " + e,
          "check its permissions, or set HF_HUB_CACHE to another folder",
          e);
    }
  }

  /** A file that has to be fetched. */
  private record Wanted(String file, HubClient.Facts facts) {}

  private Path download(ModelName model, HubCache cache, FetchListener listener)
      throws IOException, InterruptedException {
    Attempts attempts = new Attempts(settings, listener);
    HubClient.Listing listing = attempts.of(model.toString(), () -> client.list(model));
    String commit = listing.commit();
    cache.tag();
    List<Wanted> small = wanted(model, commit, HubFiles.small(listing.files()), cache, attempts);
    boolean indexed = HubFiles.indexed(listing.files());
    if (!indexed) {
      HubFiles.weights(model, listing.files(), List.of());
    }
    BlobDownload blobs = new BlobDownload(settings, client, cache, listener);
    listener.began(model, small.size(), bytes(small));
    for (Wanted w : small) {
      blobs.fetch(commit, w.file(), w.facts());
    }
    List<String> shards =
        indexed
            ? HubCache.shards(Files.readAllBytes(cache.snapshot(commit).resolve(HubFiles.INDEX)))
            : List.of();
    List<Wanted> weights =
        wanted(model, commit, HubFiles.weights(model, listing.files(), shards), cache, attempts);
    requireSpace(cache, model, weights);
    listener.began(model, weights.size(), bytes(weights));
    for (Wanted w : weights) {
      blobs.fetch(commit, w.file(), w.facts());
    }
    cache.remember(commit);
    return cache.snapshot(commit);
  }

  private List<Wanted> wanted(
      ModelName model, String commit, List<String> files, HubCache cache, Attempts attempts) {
    List<Wanted> out = new ArrayList<>();
    for (String file : files) {
      if (!cache.linked(commit, file)) {
        out.add(
            new Wanted(
                file, attempts.of(file + " of " + model, () -> client.facts(model, commit, file))));
      }
    }
    return out;
  }

  private static long bytes(List<Wanted> files) {
    return files.stream().mapToLong(w -> w.facts().size().orElse(0)).sum();
  }

  private void requireSpace(HubCache cache, ModelName model, List<Wanted> files)
      throws IOException {
    long needed = 0;
    for (Wanted w : files) {
      if (!Files.exists(cache.blob(w.facts().etag()))) {
        Path incomplete = cache.incomplete(w.facts().etag());
        long held = Files.exists(incomplete) ? Files.size(incomplete) : 0;
        needed += Math.max(0, w.facts().size().orElse(0) - held);
      }
    }
    FileStore store = Files.getFileStore(settings.cache());
    if (needed > store.getUsableSpace()) {
      throw new HubException(
          model
              + " needs "
              + (needed >> 20)
              + " MiB more in "
              + settings.cache()
              + ", which has "
              + (store.getUsableSpace() >> 20)
              + " MiB left",
          "make room, or set HF_HUB_CACHE to another folder");
    }
  }
}

package io.amalgam.policy.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The folders of one model in a Hugging Face cache, laid out as the Python library {@code
 * huggingface_hub} does: {@code blobs/} holds contents by their hash, {@code snapshots/COMMIT/}
 * relative links to them by file name, {@code refs/} the commit of each branch and tag.
 *
 * @param root the cache's folder
 * @param model whose folder is meant; the revision plays no part in the paths of blobs
 */
record HubCache(Path root, ModelName model) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final String CONFIG = "config.json";
  private static final String TOKENIZER = "tokenizer.json";

  private String folder() {
    return "models--" + model.organisation() + "--" + model.name();
  }

  private Path directory() {
    return root.resolve(folder());
  }

  Path blob(String etag) {
    return directory().resolve("blobs").resolve(etag);
  }

  /** What of a blob has been fetched so far. */
  Path incomplete(String etag) {
    return directory().resolve("blobs").resolve(etag + ".incomplete");
  }

  Path lock(String etag) {
    return root.resolve(".locks").resolve(folder()).resolve(etag + ".lock");
  }

  Path snapshot(String commit) {
    return directory().resolve("snapshots").resolve(commit);
  }

  private Path ref(String revision) {
    return directory().resolve("refs").resolve(revision);
  }

  /** The commit that the revision meant when it was last asked for. */
  Optional<String> commit() {
    if (model.atCommit()) {
      return Optional.of(model.revision());
    }
    Path ref = ref(model.revision());
    if (!Files.isRegularFile(ref)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(ref).strip()).filter(c -> COMMIT.matcher(c).matches());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The snapshot of the revision if everything that a policy needs is in it. */
  Optional<Path> whole() {
    return commit()
        .filter(c -> has(c, TOKENIZER) || has(c, "adapter_config.json"))
        .flatMap(c -> usable());
  }

  /** The snapshot if it has configuration and weights, though a tokenizer may be missing. */
  Optional<Path> usable() {
    return commit().map(this::snapshot).filter(HubCache::holdsModel);
  }

  /** Whether the file is in the snapshot, or the hub was seen not to have it. */
  private boolean has(String commit, String file) {
    return Files.exists(snapshot(commit).resolve(file))
        || Files.exists(directory().resolve(".no_exist").resolve(commit).resolve(file));
  }

  private static boolean holdsModel(Path snapshot) {
    if (Files.isRegularFile(snapshot.resolve("adapter_config.json"))
        && Files.isRegularFile(snapshot.resolve("adapter_model.safetensors"))) {
      return true;
    }
    if (!Files.isRegularFile(snapshot.resolve(CONFIG))) {
      return false;
    }
    if (Files.isRegularFile(snapshot.resolve(HubFiles.SINGLE))) {
      return true;
    }
    Path index = snapshot.resolve(HubFiles.INDEX);
    if (!Files.isRegularFile(index)) {
      return false;
    }
    try {
      List<String> shards = shards(Files.readAllBytes(index));
      return !shards.isEmpty()
          && shards.stream().allMatch(s -> Files.isRegularFile(snapshot.resolve(s)));
    } catch (IOException e) {
      return false;
    }
  }

  /** The files that a {@code model.safetensors.index.json} names. */
  static List<String> shards(byte[] index) throws IOException {
    List<String> out = new ArrayList<>();
    for (JsonNode file : JSON.readTree(index).path("weight_map")) {
      if (!out.contains(file.asText())) {
        out.add(file.asText());
      }
    }
    return out;
  }

  /** Makes a blob visible under its name; the blob must be whole. */
  void link(String commit, String file, String etag) throws IOException {
    Path link = snapshot(commit).resolve(file);
    Path blob = blob(etag);
    Files.createDirectories(snapshot(commit));
    Path target = snapshot(commit).relativize(blob);
    if (Files.isSymbolicLink(link)
        && Files.readSymbolicLink(link).equals(target)
        && Files.exists(link)) {
      return;
    }
    Files.deleteIfExists(link);
    try {
      Files.createSymbolicLink(link, target);
    } catch (FileAlreadyExistsException e) {
      // another process made the same link in between
      if (!Files.exists(link)) {
        throw e;
      }
    } catch (UnsupportedOperationException | FileSystemException e) {
      // file systems without links hold a copy, as in the Python library
      Path copy = blob.resolveSibling(etag + "." + UUID.randomUUID() + ".copy");
      Files.copy(blob, copy);
      Files.move(copy, link, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Whether the file is there under its name, whole. */
  boolean linked(String commit, String file) {
    Path link = snapshot(commit).resolve(file);
    return Files.isRegularFile(link) && Files.exists(link, LinkOption.NOFOLLOW_LINKS);
  }

  /** Remembers which commit the revision means; done last, when the snapshot is whole. */
  void remember(String commit) throws IOException {
    if (model.revision().equals(commit)) {
      return;
    }
    Path ref = ref(model.revision()).normalize();
    Path folder = Optional.ofNullable(ref.getParent()).orElse(ref);
    Files.createDirectories(folder);
    Path written = folder.resolve(ref.getFileName() + "." + UUID.randomUUID() + ".tmp");
    Files.writeString(written, commit);
    Files.move(written, ref, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Tells backup programs that the folder can be made again (bford.info/cachedir). */
  void tag() throws IOException {
    Path tag = root.resolve("CACHEDIR.TAG");
    Files.createDirectories(root);
    if (!Files.exists(tag)) {
      Files.writeString(tag, "Signature: 8a477f597d28d172789f06886806bc55\n");
    }
  }
}

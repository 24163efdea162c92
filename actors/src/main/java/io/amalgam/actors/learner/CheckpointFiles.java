package io.amalgam.actors.learner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.amalgam.actors.wire.MemberCodec;
import io.amalgam.policy.kernel.OptimiserState;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.Safetensors;
import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.proto.CheckpointFile;
import io.amalgam.proto.CheckpointManifest;
import io.amalgam.proto.FinishedGroupData;
import io.amalgam.verifiers.curriculum.CurriculumState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files inside one checkpoint directory. */
final class CheckpointFiles {
  private static final int FORMAT = 1;
  private static final String MASTERS = "masters.safetensors";
  private static final String ADAPTER = "adapter.safetensors";
  private static final String FIRST = "adamw-first.safetensors";
  private static final String SECOND = "adamw-second.safetensors";
  private static final String GROUPS = "finished-groups.pb";
  private static final String MANIFEST = "manifest.pb";
  private static final String MANIFEST_SUM = "manifest.sha256";
  private static final String OPTIMISER_STEPS = "optimiser_steps";
  private static final String LOSS_STATE = "loss_state";
  private static final ObjectMapper JSON = new ObjectMapper();

  private CheckpointFiles() {}

  /** Writes everything, the manifest last, each file forced to the disk; the total size. */
  static long write(Path directory, Checkpoint c) throws IOException {
    TrainedState trained = c.trained();
    String values = values(trained.lora());
    Safetensors.write(directory.resolve(values), trained.masters().tensors());
    Safetensors.write(directory.resolve(FIRST), trained.firstMoments().tensors());
    Safetensors.write(directory.resolve(SECOND), trained.secondMoments().tensors());
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(directory.resolve(GROUPS)))) {
      for (FinishedGroup group : c.finished()) {
        MemberCodec.toData(group).writeDelimitedTo(out);
      }
    }
    Checkpoint.Position p = c.position();
    ObjectNode curriculum = p.curriculum().toJson();
    curriculum.put(OPTIMISER_STEPS, trained.steps());
    LoraJson.write(curriculum, trained.lora());
    ObjectNode lossState = curriculum.putObject(LOSS_STATE);
    c.lossState().forEach(lossState::put);
    CheckpointManifest.Builder manifest =
        CheckpointManifest.newBuilder()
            .setFormat(FORMAT)
            .setRun(p.run())
            .setLife(p.life())
            .setVersion(p.version())
            .setStep(p.step())
            .setSeed(p.seed())
            .setLedgerSequence(p.ledgerSequence())
            .setElapsedNanos(p.elapsed().toNanos())
            .setCurriculumJson(curriculum.toString())
            .setViolations(p.violations());
    long bytes = 0;
    for (String name : List.of(values, FIRST, SECOND, GROUPS)) {
      Path file = directory.resolve(name);
      Checkpoints.force(file);
      bytes += Files.size(file);
      manifest.addFiles(
          CheckpointFile.newBuilder()
              .setName(name)
              .setBytes(Files.size(file))
              .setSha256(ByteString.copyFrom(digest(file))));
    }
    Files.write(directory.resolve(MANIFEST), manifest.build().toByteArray());
    Files.write(directory.resolve(MANIFEST_SUM), digest(directory.resolve(MANIFEST)));
    Checkpoints.force(directory.resolve(MANIFEST));
    Checkpoints.force(directory.resolve(MANIFEST_SUM));
    Checkpoints.force(directory);
    return bytes + Files.size(directory.resolve(MANIFEST));
  }

  /** Reads and checks everything. */
  static Checkpoint read(Path directory) throws IOException {
    Path manifestFile = directory.resolve(MANIFEST);
    if (!Files.exists(manifestFile) || !Files.exists(directory.resolve(MANIFEST_SUM))) {
      throw new IOException("the manifest is missing");
    }
    if (!Arrays.equals(digest(manifestFile), Files.readAllBytes(directory.resolve(MANIFEST_SUM)))) {
      throw new IOException("the manifest is damaged");
    }
    CheckpointManifest m = CheckpointManifest.parseFrom(Files.readAllBytes(manifestFile));
    if (m.getFormat() != FORMAT) {
      throw new IOException("format " + m.getFormat() + " is not known here");
    }
    for (CheckpointFile file : m.getFilesList()) {
      check(directory.resolve(file.getName()), file);
    }
    ObjectNode curriculum = JSON.readValue(m.getCurriculumJson(), ObjectNode.class);
    long optimiserSteps = curriculum.path(OPTIMISER_STEPS).asLong();
    Optional<LoraSpec> lora = LoraJson.read(curriculum);
    SortedMap<String, Double> lossState = new TreeMap<>();
    curriculum
        .path(LOSS_STATE)
        .fields()
        .forEachRemaining(e -> lossState.put(e.getKey(), e.getValue().asDouble()));
    Checkpoint.Position position =
        new Checkpoint.Position(
            m.getRun(),
            m.getLife(),
            m.getVersion(),
            m.getStep(),
            m.getSeed(),
            m.getLedgerSequence(),
            Duration.ofNanos(m.getElapsedNanos()),
            CurriculumState.fromJson(curriculum),
            m.getViolations());
    return new Checkpoint(
        position,
        TrainedState.of(
            weights(directory, values(lora)),
            new OptimiserState(
                optimiserSteps, weights(directory, FIRST), weights(directory, SECOND)),
            lora),
        lossState,
        groups(directory.resolve(GROUPS)));
  }

  private static String values(Optional<LoraSpec> lora) {
    return lora.isPresent() ? ADAPTER : MASTERS;
  }

  private static void check(Path path, CheckpointFile expected) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException(expected.getName() + " is missing");
    }
    if (Files.size(path) != expected.getBytes()
        || !Arrays.equals(digest(path), expected.getSha256().toByteArray())) {
      throw new IOException(expected.getName() + " is damaged: its checksum does not hold");
    }
  }

  private static ModelWeights weights(Path directory, String name) {
    return new ModelWeights(Safetensors.read(directory.resolve(name)));
  }

  private static List<FinishedGroup> groups(Path file) throws IOException {
    List<FinishedGroup> groups = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      FinishedGroupData next = FinishedGroupData.parseDelimitedFrom(in);
      while (next != null) {
        groups.add(MemberCodec.group(next));
        next = FinishedGroupData.parseDelimitedFrom(in);
      }
    }
    return groups;
  }

  private static byte[] digest(Path file) throws IOException {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return sha.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.mixture.PhaseSettings;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelFormatException;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.lora.AdaptedModel;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.text.ChatTemplate;
import io.amalgam.policy.text.Conversation;
import io.amalgam.policy.text.Preamble;
import io.amalgam.policy.text.PromptFormat;
import io.amalgam.policy.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A policy read from a model directory: weights, tokenizer, and the form of its prompts.
 *
 * <p>It turns questions into prompts, trajectories into text, and knows what ends thinking and what
 * ends a completion. Thread-safe. Holds the tokenizer's native memory until {@link #close()}.
 */
public final class LoadedPolicy implements AutoCloseable {
  /** What ends the thinking phase. */
  public static final String END_OF_THINKING = "</think>";

  private final AdaptedModel model;
  private final HuggingFaceDirectory directory;
  private final Tokenizer tokenizer;
  private final PromptFormat prompts;
  private final SortedSet<Integer> endIds;

  private LoadedPolicy(AdaptedModel model, Tokenizer tokenizer, PromptFormat prompts) {
    this(model, model.merged(), tokenizer, prompts);
  }

  private LoadedPolicy(
      AdaptedModel model,
      HuggingFaceDirectory directory,
      Tokenizer tokenizer,
      PromptFormat prompts) {
    this.model = model;
    this.directory = directory;
    this.tokenizer = tokenizer;
    this.prompts = prompts;
    this.endIds = new TreeSet<>(directory.endTokens());
    tokenizer
        .eosToken()
        .flatMap(token -> Optional.ofNullable(tokenizer.specialTokens().get(token)))
        .ifPresent(endIds::add);
  }

  /**
   * Reads a Hugging Face directory with weights and tokenizer.
   *
   * @throws ModelFormatException if config or weights cannot be used, or the tokenizer has more
   *     tokens than the model has embeddings
   * @throws io.amalgam.policy.text.TokenizerException if the tokenizer cannot be used
   */
  public static LoadedPolicy open(Path path) {
    return open(path, Preamble.none());
  }

  /** The same with instructions and solved questions above every question. */
  public static LoadedPolicy open(Path path, Preamble preamble) {
    return open(path, preamble, Optional.empty());
  }

  /**
   * The same with an adapter, as peft writes it, merged into the weights; {@code path} may itself
   * be a directory of peft that names the model's directory.
   */
  public static LoadedPolicy open(Path path, Preamble preamble, Optional<Path> adapter) {
    AdaptedModel model = AdaptedModel.open(path, adapter);
    Tokenizer tokenizer = Tokenizer.open(model.base().path());
    int rows = model.base().config().vocabSize();
    if (tokenizer.vocabularySize() > rows) {
      int tokens = tokenizer.vocabularySize();
      tokenizer.close();
      throw new ModelFormatException(
          path + ": the tokenizer has " + tokens + " tokens, the embedding only " + rows + " rows");
    }
    return new LoadedPolicy(model, tokenizer, PromptFormat.of(tokenizer, preamble));
  }

  /**
   * The same policy for sequences of at most {@code positions} positions, 0 for the model's own
   * context; see {@link ModelConfig#forContext}. Shares the tokenizer: close one of the two.
   */
  public LoadedPolicy forContext(int positions) {
    return new LoadedPolicy(
        model,
        new HuggingFaceDirectory(
            directory.path(),
            config().forContext(positions),
            directory.weights(),
            directory.endTokens()),
        tokenizer,
        prompts);
  }

  /** The directory that the model was read from; not the adapter's. */
  public Path path() {
    return directory.path();
  }

  /** The shape of the model. */
  public ModelConfig config() {
    return directory.config();
  }

  /** The weights; as stored, but with the adapter merged if there is one, those matrices in f32. */
  public ModelWeights weights() {
    return directory.weights();
  }

  /** The weights as stored, without adapter. */
  public ModelWeights base() {
    return model.base().weights();
  }

  /** The adapter that is merged into {@link #weights}. */
  public Optional<LoraAdapter> adapter() {
    return model.adapter();
  }

  /** The tokenizer. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Ids that end a completion, in ascending order. */
  public List<Integer> endIds() {
    return List.copyOf(endIds);
  }

  /** The prompt of a question, up to and with the start of the thinking. */
  public int[] prompt(String question) {
    return prompts.encode(question);
  }

  /** When a sequence of this policy stops mixing; the end marker is {@code </think>}. */
  public PhasePolicy phases(PhaseSettings chosen) {
    return chosen.policy(END_OF_THINKING, tokenizer.encode(END_OF_THINKING), tokenizer::bytes);
  }

  /** What a {@link DecodeBatch} needs to decode with this policy. */
  public DecodeSettings decodeSettings(
      MethodSpec method, int slots, int context, PhaseSettings phases, boolean rebuildCache) {
    int[] ends = endIds.stream().mapToInt(Integer::intValue).toArray();
    return new DecodeSettings(slots, context, method, phases(phases), ends, rebuildCache);
  }

  /** Texts that end a sequence of this policy. */
  public StopStrings stops(List<String> texts) {
    return new StopStrings(texts, tokenizer::bytes);
  }

  /**
   * The recorded text of a trajectory up to the first of some stop strings, without the end token.
   */
  public String completion(Trajectory trajectory, List<String> stops) {
    return StopStrings.cut(completion(trajectory), stops);
  }

  /** The recorded text of a trajectory, without the end token. */
  public String completion(Trajectory trajectory) {
    int[] ids = trajectory.representatives();
    int length = ids.length;
    if (length > 0 && endIds.contains(ids[length - 1])) {
      length--;
    }
    return tokenizer.decode(java.util.Arrays.copyOf(ids, length));
  }

  /**
   * Samples one rollout. Loads the weights onto the device for it; for more than one take a {@link
   * #sampler}.
   *
   * @param seed equal seeds give equal rollouts
   */
  public Trajectory sample(
      String question, MethodSpec method, int maxNewTokens, long seed, ComputeSettings compute) {
    try (PolicySampler sampler = sampler(compute)) {
      return sampler.group(prompt(question), method, 1, maxNewTokens, seed).get(0);
    }
  }

  /** Loads the weights onto the device, ready for sampling and scoring; the caller closes it. */
  public PolicySampler sampler(ComputeSettings compute) {
    return new PolicySampler(this, GenerationModel.load(config(), weights(), compute));
  }

  /** The prompt of a conversation as the chat template writes it, up to the model's turn. */
  public int[] chatPrompt(List<Conversation.Message> messages) {
    return tokenizer.encode(
        ChatTemplate.of(tokenizer).render(Conversation.toAnswer(messages)).text());
  }

  /**
   * Writes a model directory with this policy's shape, end tokens and tokenizer, as Hugging Face
   * libraries load it; complete or not at all.
   *
   * @param target the directory, which must not exist
   * @param weights F32 or BF16, stored as they are
   */
  public void save(Path target, ModelWeights weights) {
    HuggingFaceDirectory.save(target, config(), weights, endIds(), Optional.of(path()));
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}

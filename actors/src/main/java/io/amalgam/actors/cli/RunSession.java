package io.amalgam.actors.cli;

import io.amalgam.actors.cluster.Roles;
import io.amalgam.actors.cluster.RunHandle;
import io.amalgam.actors.cluster.RunLauncher;
import io.amalgam.actors.cluster.RunOutcome;
import io.amalgam.actors.evaluation.EvaluationResult;
import io.amalgam.actors.learner.AdapterStart;
import io.amalgam.actors.learner.Checkpoints;
import io.amalgam.actors.learner.KlReference;
import io.amalgam.actors.metrics.MetricsFile;
import io.amalgam.actors.metrics.Progress;
import io.amalgam.actors.metrics.RecordedRun;
import io.amalgam.actors.metrics.RunCollectors;
import io.amalgam.actors.metrics.RunHistory;
import io.amalgam.actors.metrics.StatusServer;
import io.amalgam.actors.settings.ModelLocation;
import io.amalgam.actors.settings.ResolvedSettings;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.PublishedValues;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;

/**
 * One launch of a run from this JVM: everything is checked first, then the run directory is made,
 * the policy read out, trained, and read out again.
 */
final class RunSession {
  private final ResolvedSettings resolved;
  private final RunSettings settings;
  private final Set<String> roles;
  private final boolean json;
  private final PrintWriter out;
  private final PrintWriter err;
  private final RunHistory history = new RunHistory();
  private final RunCollectors collectors = new RunCollectors();

  /**
   * @param roles the roles of this JVM; empty for all of them without a cluster
   */
  RunSession(CommandLine command, ResolvedSettings resolved, Set<String> roles, boolean json) {
    this.resolved = resolved;
    this.settings = resolved.settings();
    this.roles = roles;
    this.json = json;
    this.out = command.getOut();
    this.err = command.getErr();
  }

  /** A new run in {@code chosen}, or in a dated directory. */
  int start(Optional<Path> chosen) throws IOException, InterruptedException {
    RunDirectory.requireNew(chosen);
    requirePorts();
    Path model = ModelPath.require(settings.model().path(), err);
    try (LoadedPolicy policy =
            LoadedPolicy.open(model, settings.preamble(), settings.model().adapter())
                .forContext(settings.model().maxContext());
        Optionally<StatusServer> server = server();
        Interruption interruption = new Interruption()) {
      requireReference(policy);
      RunLauncher.check(settings, policy);
      AdapterStart.of(settings, policy);
      Path runDir = RunDirectory.create(chosen, resolved);
      return run(policy, server, interruption, runDir, false);
    }
  }

  /** Goes on in a directory that has a checkpoint. */
  int resume(Path runDir) throws IOException, InterruptedException {
    requirePorts();
    Path model = ModelPath.require(settings.model().path(), err);
    try (LoadedPolicy policy =
            LoadedPolicy.open(model, settings.preamble(), settings.model().adapter())
                .forContext(settings.model().maxContext());
        Optionally<StatusServer> server = server();
        Interruption interruption = new Interruption()) {
      requireReference(policy);
      RunLauncher.check(settings, policy);
      AdapterStart.of(settings, policy);
      return run(policy, server, interruption, runDir, true);
    }
  }

  private void requirePorts() {
    RunSettings.Weights w = settings.weights();
    if (!w.channel().equals("local")) {
      Ports.requireFree("weights", w.host(), w.port());
    }
  }

  /** Only the learner needs the reference model. */
  private void requireReference(LoadedPolicy policy) {
    if (roles.isEmpty() || roles.contains(Roles.LEARNER)) {
      RunSettings.Kl kl = settings.learner().kl();
      if (kl.coefficient() != 0 && ModelLocation.name(kl.reference()).isPresent()) {
        ModelPath.require(kl.reference(), err);
      }
      KlReference.require(settings, policy.config());
    }
  }

  private int run(
      LoadedPolicy policy,
      Optionally<StatusServer> server,
      Interruption interruption,
      Path runDir,
      boolean resume)
      throws IOException, InterruptedException {
    RunLog.to(runDir);
    err.println("run directory " + runDir);
    RunSettings.Generator g = settings.generator();
    err.printf(
        "key-value memory granted to a generator: %d MiB (taken as needed; logs/ says how much)%n",
        g.kvCache().on(g.devices().get(0)) >> 20);
    if (server.value().isPresent()) {
      err.println("metrics and status at " + server.value().get().url());
    }
    ReadOut readOut = new ReadOut(settings, policy);
    try (MetricsFile metrics = MetricsFile.open(runDir)) {
      List<EvaluationResult> before =
          resume ? RecordedRun.read(runDir).before() : before(readOut, policy.weights(), metrics);
      Progress progress = new Progress(err, Console.isTerminal(), Console.width(), settings.run());
      Listeners listeners = new Listeners(List.of(metrics, history, collectors, progress));
      RunHandle handle =
          roles.isEmpty()
              ? RunLauncher.startLocal(settings, runDir, listeners, resume)
              : RunLauncher.startRoles(settings, runDir, roles, listeners, resume);
      interruption.stops(handle);
      if (server.value().isPresent()) {
        server.value().get().attach(runDir, handle::waits);
      }
      RunOutcome outcome = handle.await();
      interruption.stopsWorker();
      List<EvaluationResult> after =
          outcome.ending() == RunOutcome.Ending.DONE
              ? after(readOut, policy, runDir, outcome, metrics)
              : List.of();
      new RunSummary(runDir, outcome, before, after, history).print(out, err, json);
      return outcome.ending().exitCode();
    } catch (CancellationException e) {
      err.println("interrupted; the run directory is " + runDir);
      return ExitCode.INTERRUPTED.code();
    }
  }

  private List<EvaluationResult> before(
      ReadOut readOut, ModelWeights weights, MetricsFile metrics) {
    return readOut.of(
        PublishedValues.of(weights),
        0,
        result -> {
          metrics.evaluated(result, 0, Duration.ZERO);
          say("before", result);
        });
  }

  private List<EvaluationResult> after(
      ReadOut readOut, LoadedPolicy policy, Path runDir, RunOutcome outcome, MetricsFile metrics) {
    Optional<Checkpoints.Found> last = new Checkpoints(runDir, 1).newest();
    if (last.isEmpty()) {
      return List.of();
    }
    Duration time =
        history.finished().map(f -> f.time()).orElse(last.get().checkpoint().position().elapsed());
    List<EvaluationResult> results = new ArrayList<>();
    results.addAll(
        readOut.of(
            last.get().checkpoint().published(policy),
            outcome.version(),
            result -> {
              metrics.evaluated(result, outcome.steps(), time);
              say("after", result);
            }));
    return results;
  }

  private void say(String when, EvaluationResult r) {
    err.printf(
        Locale.ROOT,
        "%s training, held-out accuracy (%s): %.3f ± %.3f over %d problems in %.0f s%n",
        when,
        r.mode(),
        r.overall().value(),
        r.overall().stderr(),
        r.overall().problems(),
        r.took().toMillis() / 1000.0);
  }

  private Optionally<StatusServer> server() {
    RunSettings.Metrics m = settings.metrics();
    if (m.port() < 0) {
      return new Optionally<>(Optional.empty());
    }
    try {
      return new Optionally<>(
          Optional.of(StatusServer.start(m.host(), m.port(), history, collectors.registry())));
    } catch (IOException e) {
      throw UserError.usage(
          "cannot listen on " + m.host() + ":" + m.port() + " (" + ErrorLine.oneLine(e) + ")",
          "set metrics.port to a free port, 0 for any, or -1 for none");
    }
  }

  /** A closeable thing that may be absent. */
  private record Optionally<T extends AutoCloseable>(Optional<T> value) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try {
        if (value.isPresent()) {
          value.get().close();
        }
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
